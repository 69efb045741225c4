import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Exact } from '@app/kernel';
import { ReadModels } from '@app/projections';
import { fundLedger } from '@app/subsidies';
import type { INestApplicationContext } from '@nestjs/common';
import { Client } from 'pg';

// The ledger of the platform beside what SQL makes of the raw events.

export const RULES = [
  'once-only',
  'cap',
  'least',
  'window',
  'list',
  'related',
  'rounding',
  'red-invoice',
  'recovery',
  'budget',
] as const;
export type Rule = (typeof RULES)[number];

export type Comparison = {
  readonly claims: number;
  /** Yuan, as the ledger has them. */
  readonly paid: string;
  /** Kept back from awards for recoveries of other claims. */
  readonly offset: string;
  readonly recovered: string;
  readonly differences: number;
  readonly shown: readonly string[];
};

type Money = { readonly paid: string; readonly offset: string; readonly recovered: string };
type Expected = { claim: string | null; round: string; firm: string; granted: string; recovered: string };

const SQL = readFileSync(join(__dirname, 'recomputation.sql'), 'utf8');

/** Compares claim by claim; `broken` names a rule that the recomputation leaves out. */
export async function compare(app: INestApplicationContext, databaseUrl: string, broken?: Rule): Promise<Comparison> {
  const ledger = await ledgerOf(app);
  const expected = await recomputed(databaseUrl, broken);
  const shown: string[] = [];
  const seen = new Set<string>();
  for (const { claim, round, firm, granted, recovered } of expected) {
    const told = (claim === null ? undefined : ledger.get(claim)) ?? { paid: '0', offset: '0', recovered: '0' };
    if (claim !== null) seen.add(claim);
    if (!new Exact(told.paid).plus(told.offset).eq(granted)) {
      const money = `paid ${told.paid}, kept back ${told.offset}`;
      shown.push(`${claim ?? `no claim of ${firm} in ${round}`}: ${money}, recomputed ${granted}`);
    }
    if (!new Exact(told.recovered).eq(recovered)) {
      shown.push(`${claim}: recovered ${told.recovered}, recomputed ${recovered}`);
    }
  }
  for (const [claim, { paid }] of ledger) {
    if (!seen.has(claim)) shown.push(`${claim}: paid ${paid}, not recomputed at all`);
  }
  const total = (of: keyof Money) =>
    [...ledger.values()].reduce((sum, one) => sum.plus(one[of]), new Exact(0)).toFixed(2);
  const claims = [...ledger.values()].filter(({ paid }) => !new Exact(paid).isZero()).length;
  const totals = { paid: total('paid'), offset: total('offset'), recovered: total('recovered') };
  return { claims, ...totals, differences: shown.length, shown };
}

async function ledgerOf(app: INestApplicationContext): Promise<Map<string, Money>> {
  const rows = await app
    .get(ReadModels)
    .read(fundLedger, (source) =>
      source.query<(Money & { claim: string })[]>(
        'SELECT claim, paid::text, "offset"::text, recovered::text FROM fund_entry',
      ),
    );
  return new Map(rows.map(({ claim, ...money }) => [claim, money]));
}

async function recomputed(databaseUrl: string, broken: Rule | undefined): Promise<Expected[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`SELECT set_config('simulate.break', $1, false)`, [broken ?? '']);
    await client.query(SQL);
    const { rows } = await client.query<Expected>(
      'SELECT claim, round, firm, granted::text, recovered::text FROM expected ORDER BY place',
    );
    return rows;
  } finally {
    await client.end();
  }
}
