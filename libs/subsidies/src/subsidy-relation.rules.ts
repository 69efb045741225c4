import type { TradePolicy } from './policy-door-policy.rules';
import type { Enterprise, Holders } from './policy-door-reading.rules';
import { together } from './derivation.rules';

// Related parties 关联方 by their direct shareholders of a day. An enterprise without known holders is nobody's by them.

type Reading = NonNullable<TradePolicy['related']>;
export type Relation = { readonly related: boolean; readonly events: readonly string[] };
type Firm = { readonly id: string; readonly holders: Holders | undefined };

/** Relations by the holders in force. Each pair of them is looked at once: orders are many, shareholders change seldom. */
export function relations(reading: Reading): (one: Enterprise, other: Enterprise, day: string) => Relation {
  const known = new Map<Holders | Enterprise, Map<Holders | Enterprise, Relation>>();
  return (one, other, day) => {
    const holders = [holdersOn(one, day), holdersOn(other, day)] as const;
    const keys = [holders[0] ?? one, holders[1] ?? other] as const;
    let row = known.get(keys[0]);
    if (!row) known.set(keys[0], (row = new Map<Holders | Enterprise, Relation>()));
    let relation = row.get(keys[1]);
    if (!relation) {
      const firms = [
        { id: one.id, holders: holders[0] },
        { id: other.id, holders: holders[1] },
      ] as const;
      relation = { related: TESTS[reading](...firms), events: together(holders[0]?.events, holders[1]?.events) };
      row.set(keys[1], relation);
    }
    return relation;
  };
}

/** The holders in force on a day: those of the latest entry that is not after it. */
const holdersOn = ({ holders }: Enterprise, day: string): Holders | undefined =>
  holders.find(({ from }) => from <= day);

const TESTS: Readonly<Record<Reading, (one: Firm, other: Firm) => boolean>> = {
  'same-largest-shareholder': (one, other) =>
    eitherHolds(one, other, ({ largest }, id) => largest.has(id)) ||
    someoneHolds(one, other, ({ largest }, id) => largest.has(id)),
  'holding-25': (one, other) => eitherHolds(one, other, holdsQuarter) || someoneHolds(one, other, holdsQuarter),
  'any-equity': (one, other) => eitherHolds(one, other, holdsAny) || someoneHolds(one, other, holdsAny),
};

type Holding = (holders: Holders, id: string) => boolean;

const holdsQuarter: Holding = ({ held }, id) => held.get(id)?.greaterThanOrEqualTo('0.25') ?? false;
const holdsAny: Holding = ({ held }, id) => held.get(id)?.greaterThan(0) ?? false;

const eitherHolds = (one: Firm, other: Firm, holds: Holding): boolean =>
  (one.holders !== undefined && holds(one.holders, other.id)) ||
  (other.holders !== undefined && holds(other.holders, one.id));

function someoneHolds({ holders: one }: Firm, { holders: other }: Firm, holds: Holding): boolean {
  if (!one || !other) return false;
  for (const id of one.held.keys()) if (holds(one, id) && holds(other, id)) return true;
  return false;
}
