import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { freshDatabase } from '../support/database';
import { beginTestRun } from '../support/test-server';
import { Rule, RULES } from './recompute';
import { withSimulated } from './simulated-city';

// npm run simulate -- --enterprises 300 --orders 5000 --seed 1 [--break <rule>]
//
// A year through the real commands on a set clock, on a database of its own. The last line is the outcome in JSON. Ends with 0
// when the ledger equals the recomputation; with --break, when it does not.

const SHOWN = 20;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      enterprises: { type: 'string', default: '300' },
      orders: { type: 'string', default: '5000' },
      seed: { type: 'string', default: '1' },
      break: { type: 'string' },
    },
  });
  const [enterprises, orders, seed] = [values.enterprises, values.orders, values.seed].map(Number) as [
    number,
    number,
    number,
  ];
  if (![enterprises, orders, seed].every(Number.isSafeInteger) || enterprises < 20 || orders < 50 || seed < 0) {
    throw new RangeError('at least 20 enterprises, 50 orders, and a whole number as seed');
  }
  const broken = values.break as Rule | undefined;
  if (broken !== undefined && !RULES.includes(broken)) throw new RangeError(`rules to break: ${RULES.join(', ')}`);
  const run = await beginTestRun(process.env.PEITAO_TEST_POSTGRES_URL || undefined);
  process.env.PEITAO_TEST_POSTGRES_URL = run.url;
  process.env.PEITAO_TEST_PREFIX = run.prefix;
  try {
    const database = await freshDatabase();
    const say = (line: string) => console.log(line);
    return await withSimulated(database.url, { enterprises, orders, seed }, say, async (simulated) => {
      for (const [code, times] of simulated.refused) say(`refused ${times} times: ${code}`);
      const { shown, ...outcome } = await simulated.compare(broken);
      for (const line of shown.slice(0, SHOWN)) say(line);
      say(JSON.stringify(outcome));
      return outcome.differences > 0 === (broken !== undefined);
    });
  } finally {
    await run.finish();
  }
}

main().then(
  (isAsExpected) => process.exit(isAsExpected ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
