import 'reflect-metadata';
import { beginTestRun } from '../support/test-server';
import { Campaign, LogPlace } from './campaign';

// npm run test:faults -- [rounds] [seed] [postgres|eventstoredb]: the campaigns of faults.spec.ts, ten times as long unless
// told, on both stores unless one is named.

const LOGS: readonly LogPlace[] = ['postgres', 'eventstoredb'];

async function main(): Promise<boolean> {
  const rounds = Number(process.argv[2] ?? 50);
  const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 31));
  const logs = LOGS.filter((log) => (process.argv[4] ?? log) === log);
  const run = await beginTestRun(process.env.PEITAO_TEST_POSTGRES_URL || undefined);
  process.env.PEITAO_TEST_POSTGRES_URL = run.url;
  process.env.PEITAO_TEST_PREFIX = run.prefix;
  try {
    let whole = logs.length > 0;
    for (const log of logs) whole = (await campaignOn(log, rounds, seed)) && whole;
    return whole;
  } finally {
    await run.finish();
  }
}

async function campaignOn(log: LogPlace, rounds: number, seed: number): Promise<boolean> {
  console.log(`the log in ${log}: ${rounds} rounds, seed ${seed}`);
  const campaign = await Campaign.open({ log });
  try {
    const findings = await campaign.run({ rounds, seed, say: (line) => console.log(line) });
    console.log(JSON.stringify(findings, undefined, 2));
    const { lost, doubled, closedBadly, agendas, views } = findings;
    return [lost, doubled, closedBadly, agendas, views].every(({ length }) => length === 0);
  } finally {
    await campaign.close();
  }
}

main().then(
  (whole) => {
    console.log(whole ? 'nothing lost, nothing doubled, views as rebuilt' : 'FAILED');
    process.exit(whole ? 0 : 1);
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
