import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instantText, instantTime, isCalendarDate, isInstant, newId } from '@app/kernel';
import { derivationSentence, type Language } from '@app/labels';
import {
  checkCases,
  ClaimFactsOf,
  derivationHash,
  doorSchemas,
  evaluateDoor,
  EVALUATOR_VERSION,
  PolicyVersionOf,
  recomputeBundle,
  Replays,
  shippedPolicies,
  shippedPolicy,
  StartReplay,
  type Evaluation,
  type ReplayAsked,
} from '@app/subsidies';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Option, type Command } from 'commander';
import { BadSetting, settingsFrom } from '../../api/src/settings';
import { withApp } from './platform';

/** The door for auditors and for tests: the evaluator of the claims on files; `facts` alone reads data of the platform. */
export function policyCommand(program: Command): void {
  const policy = program.command('policy').description('evaluate subsidy policies on facts in files');

  policy
    .command('evaluate')
    .description('print the award, what counted, and the derivation')
    .requiredOption(
      '--policy <file|id@version>',
      'a policy as JSON, or a shipped or published one such as cluster-sme@2020',
    )
    .requiredOption('--facts <file>', 'the facts of one claim as JSON')
    .addOption(new Option('--words <language>', 'the derivation as sentences instead of JSON').choices(['zh', 'en']))
    .action(async (given: { policy: string; facts: string; words?: Language }) => {
      const result = evaluateDoor(await policyOf(given.policy), readJson(given.facts));
      process.stdout.write(given.words === undefined ? printed(result) : told(result, given.words));
    });

  policy
    .command('check')
    .description('evaluate every case of a file and print each difference')
    .argument('<file>', 'a list of {name, policy, facts, expect}')
    .action((file: string) => {
      const cases = checkCases(readJson(file));
      for (const { name, differences } of cases) {
        for (const { path, expected, found } of differences) {
          console.log(`${name}: ${path}: expected ${expected || 'nothing'}, found ${found || 'nothing'}`);
        }
      }
      const failed = cases.filter(({ differences }) => differences.length > 0).length;
      console.log(`${cases.length - failed} passed, ${failed} failed`);
      if (failed > 0) process.exitCode = 1;
    });

  policy
    .command('facts')
    .description('print what the last decision on a claim rests on, as facts to evaluate')
    .argument('<claim>', 'its id')
    .option('--known-at <instant>', 'events recorded later do not exist, e.g. 2021-02-01T10:00:00Z')
    .option('--policy', 'print the policy that it stands under instead')
    .action((claim: string, given: { knownAt?: string; policy?: boolean }) =>
      withApp(async (app) => {
        const found = await app.get(QueryBus).execute(new ClaimFactsOf(claim, instantOf(given.knownAt)));
        console.log(JSON.stringify(given.policy ? found.policy : found.facts, null, 2));
      }),
    );

  policy
    .command('replay')
    .description('compare what two versions come to on the events of the log')
    .argument('<a>', 'a published or shipped version, as scheme@version')
    .argument('<b>', 'the version that is compared with it')
    .option('--as-of <day>', 'facts dated later do not count, e.g. 2021-02-18')
    .option('--known-at <instant>', 'events recorded later do not exist, e.g. 2021-02-01T10:00:00Z')
    .addOption(new Option('--covers <which>', 'claims of rounds, or every firm').choices(['claims', 'firms']))
    .action((a: string, b: string, given: { asOf?: string; knownAt?: string; covers?: ReplayAsked['covers'] }) =>
      withApp((app) => replay(app, versionOf(a), versionOf(b), given)),
    );

  policy
    .command('recompute')
    .description('compute a claim again from its bundle alone, and print whether it comes to the same')
    .argument('<file>', 'a bundle as GET /api/claims/<id>/bundle answers it')
    .action(async (file: string) => {
      const differences = await recomputeBundle(readJson(file));
      for (const { check, expected, found } of differences) {
        console.log(`${check}: expected ${expected || 'nothing'}, found ${found || 'nothing'}`);
      }
      console.log(differences.length === 0 ? 'equal 一致' : 'not equal 不一致');
      if (differences.length > 0) process.exitCode = 1;
    });

  policy
    .command('schema')
    .description('print the JSON Schemas of policies, facts and cases')
    .action(() => console.log(JSON.stringify(doorSchemas, null, 2)));
}

const printed = ({ derivation, ...result }: Evaluation): string =>
  `${JSON.stringify({ evaluator: EVALUATOR_VERSION, ...result, hash: derivationHash(derivation), derivation }, null, 2)}\n`;

/** Numbered, so that people can speak about a line. */
const told = ({ derivation }: Evaluation, language: Language): string =>
  derivation.map((line, at) => `${at + 1}. ${derivationSentence(line, language)}\n`).join('');

async function replay(
  app: INestApplicationContext,
  a: ReplayAsked['a'],
  b: ReplayAsked['b'],
  given: { readonly asOf?: string; readonly knownAt?: string; readonly covers?: ReplayAsked['covers'] },
): Promise<void> {
  const { asOf, covers } = given;
  if (asOf !== undefined && !isCalendarDate(asOf)) throw new BadSetting(`${asOf as string} is no day. 不是日期。`);
  const knownAt = instantOf(given.knownAt);
  const asked = {
    replay: newId(),
    a,
    b,
    ...(asOf && { asOf }),
    ...(knownAt && { knownAt }),
    ...(covers && { covers }),
  };
  const { replay: id, ended } = await app.get(CommandBus).execute(new StartReplay(asked, 'command-line'));
  await ended;
  const found = await app.get(Replays, { strict: false }).find(id);
  if (found?.state !== 'done')
    throw new BadSetting(
      `the replay ${id} ended as ${found?.state}. It was not carried out to its end 政策重算未完成。`,
    );
  const { knownAt: known, rounds, covers: covered, events, totals } = found;
  const shown = { replay: id, a, b, asOf: found.asOf, knownAt: known, rounds, covers: covered, events, totals };
  console.log(JSON.stringify(shown, null, 2));
}

function versionOf(given: string): ReplayAsked['a'] {
  const [scheme, version, ...rest] = given.split('@');
  if (!scheme || !version || rest.length > 0) {
    throw new BadSetting(`${given} is no version such as cluster-sme@2020. ${given} 不是政策版本。`);
  }
  return { scheme, version };
}

function instantOf(given: string | undefined): string | undefined {
  if (given === undefined || isInstant(given)) return given && instantText(instantTime(given));
  throw new BadSetting(`${given as string} is no instant such as 2021-02-01T10:00:00Z. ${given as string} 不是时刻。`);
}

/** A file, a shipped version, or, where there is data of a platform, one that was published there. */
async function policyOf(given: string): Promise<unknown> {
  const [scheme, version, ...rest] = given.split('@');
  if (existsSync(given) || !scheme || !version || rest.length > 0) return readJson(given);
  const shipped = shippedPolicy(scheme, version);
  if (shipped) return shipped.evaluation;
  const hasData = hasPlatformData();
  const published = hasData ? await withApp((app) => publishedPolicy(app, scheme, version)) : undefined;
  if (published) return published;
  const names = shippedPolicies().map((one) => `${one.scheme}@${one.version}`);
  throw new BadSetting(
    hasData
      ? `no file, no shipped and no published policy is called ${given}; shipped are ${names.join(', ')}. 没有名为 ${given} 的文件、内置政策或已发布政策，内置的有：${names.join('、')}。`
      : `there is no database to look in, and no file and no shipped policy is called ${given}; shipped are ${names.join(', ')}. 没有名为 ${given} 的文件或内置政策，也没有可查的数据库；内置的有：${names.join('、')}。`,
  );
}

/** Without it nothing is begun: an auditor evaluates files on a machine of his own. */
function hasPlatformData(): boolean {
  const { databaseUrl, dataFolder } = settingsFrom(process.env, false);
  return databaseUrl !== undefined || existsSync(join(dataFolder, 'postgres'));
}

async function publishedPolicy(
  app: INestApplicationContext,
  scheme: string,
  version: string,
): Promise<object | undefined> {
  const found = await app.get(QueryBus).execute(new PolicyVersionOf(scheme, version));
  return found?.state === 'published' ? found.evaluation : undefined;
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new BadSetting(`${file} cannot be read: ${(error as Error).message}. 无法读取 ${file}。`);
  }
  try {
    // A byte order mark is no part of the JSON that some editors put it before.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new BadSetting(`${file} is not JSON: ${(error as Error).message}. ${file} 不是 JSON 文件。`);
  }
}
