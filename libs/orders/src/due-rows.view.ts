import type { Recorded } from '@app/event-store';
import { rowFold } from '@app/projections';
import { enterprise as decider, sizeAsOf, statementsOf } from '@app/registry';
import type { Enterprise, EnterpriseEvent, Registration, SizeClass } from '@app/registry';
import { Column, Entity, EntityManager, Index, PrimaryColumn } from 'typeorm';
import { dueAccruals } from './dues-as-of.rules';
import { contractDay, duesOf, paymentsOf } from './order-dues.rules';
import { OrderRow, unpacked } from './order-row.view';
import type { ClockRow, DueReason, InterestReason } from './payment-clock.rules';

/** The sizes of a firm by the day from which they hold, as they are known now; the clock asks for the contract date. */
@Entity('firm_sizes')
export class FirmSizesRow {
  @PrimaryColumn('text') enterprise: string;
  @Column('jsonb') sizes: readonly {
    readonly registration: string;
    readonly from: string;
    readonly size?: SizeClass;
  }[];
  @Column('jsonb') folded: FoldedFirm;
}

type FoldedFirm = Pick<Enterprise, 'code' | 'imported'> & {
  readonly registrations: readonly (readonly [registration: string, known: Registration])[];
};

/** The events that move a firm's facts. */
export const SIZE_TYPES = ['RegistrationApplied', 'FactsRecorded', 'FactWithdrawn'] as const;

export type ClockEvent = Recorded<Extract<EnterpriseEvent, { type: (typeof SIZE_TYPES)[number] }>>;

export const foldSizes = rowFold<EnterpriseEvent, FirmSizesRow>({
  entity: FirmSizesRow,
  keyColumn: 'enterprise',
  keyOf: ({ stream }) => (stream.startsWith('enterprise-') ? stream.slice('enterprise-'.length) : undefined),
  fold(row, event, enterprise) {
    const { folded = { code: '', imported: [], registrations: [] } } = row ?? {};
    const before = { ...decider.initial, ...folded, registrations: new Map(folded.registrations) };
    const { code, imported, registrations } = decider.evolve(before, event);
    const after: Enterprise = { ...decider.initial, code, imported, registrations };
    const sizes = [...registrations.keys()].flatMap((registration) => {
      const statements = statementsOf(after, registration);
      const days = [...new Set(statements.map(({ from }) => from))].sort();
      return days.map((from) => ({ registration, from, size: sizeAsOf(statements, from) }));
    });
    return { enterprise, sizes, folded: { code, imported, registrations: [...registrations] } };
  },
});

/** What was accepted at one time, and when its price is due: of each order one row for each acceptance. */
@Entity('due')
@Index(['leadRegistration', 'dueOn'])
@Index(['supplierRegistration', 'dueOn'])
export class DueRow {
  /** Order and acceptance. */
  @PrimaryColumn('text') key: string;
  @Index() @Column('text') order: string;
  @Column('text') lead: string;
  @Column('text') leadRegistration: string;
  @Column('text') supplier: string;
  @Column('text') supplierRegistration: string;
  @Column('text') fact: string;
  @Column('text') acceptance: string;
  @Column('text') deliveredOn: string;
  @Column('text') acceptedOn: string;
  /** Yuan with VAT, less what was returned. */
  @Column('numeric') amount: string;
  @Column('text', { nullable: true }) dueOn: string | null;
  @Column('text') reason: DueReason;
  @Column('text') row: ClockRow;
  @Column('boolean', { nullable: true }) holds: boolean | null;
  @Column('text') interestReason: InterestReason;
  @Column('numeric', { nullable: true }) dailyRate: string | null;
  @Column('numeric') paid: string;
  @Column('numeric') open: string;
  @Column('numeric') openDays: string;
  @Column('text') since: string;
}

const IN_ONE_GO = 500;

/** Reckons the dues of these orders anew, and of those of firms whose sizes changed. Returns all orders it touched. */
export async function setDues(
  rows: EntityManager,
  changed: Iterable<string>,
  firms: Iterable<string>,
): Promise<string[]> {
  const codes = [...firms];
  const found = codes.length > 0 ? await rows.query<{ order: string }[]>(OF_FIRMS, [codes]) : [];
  const all = [...new Set([...changed, ...found.map(({ order }) => order)])];
  for (let from = 0; from < all.length; from += IN_ONE_GO) {
    const some = all.slice(from, from + IN_ONE_GO);
    const stand = await rows.query<OrderRow[]>('SELECT * FROM trade_order WHERE "order" = ANY($1)', [some]);
    const parties = [...new Set(stand.flatMap(({ lead, supplier }) => [lead, supplier]))];
    const known = await rows.query<FirmSizesRow[]>('SELECT * FROM firm_sizes WHERE enterprise = ANY($1)', [parties]);
    const sizes = new Map(known.map((firm) => [firm.enterprise, firm]));
    await rows.query('DELETE FROM due WHERE "order" = ANY($1)', [some]);
    const dues = stand.flatMap((order) => dueRows(order, sizes));
    for (let at = 0; at < dues.length; at += IN_ONE_GO) await rows.insert(DueRow, dues.slice(at, at + IN_ONE_GO));
    await rows.query(SET_OWED, [some]);
  }
  return all;
}

const SET_OWED = `UPDATE trade_order SET "nextDueOn" = found.next, owed = found.owed
  FROM (SELECT id, min("dueOn") FILTER (WHERE open > 0) AS next, coalesce(sum(open), 0.00) AS owed
    FROM unnest($1::text[]) AS id LEFT JOIN due ON due."order" = id GROUP BY id) AS found
  WHERE "order" = found.id`;
const OF_FIRMS = 'SELECT "order" FROM trade_order WHERE lead = ANY($1) OR supplier = ANY($1)';

function dueRows(row: OrderRow, firms: ReadonlyMap<string, FirmSizesRow>): DueRow[] {
  const { order, lead, leadRegistration, supplier, supplierRegistration } = row;
  const opened = unpacked(row.folded);
  const day = contractDay(opened);
  const dues = duesOf(opened, {
    lead: sizeOn(firms.get(lead), leadRegistration, day),
    supplier: sizeOn(firms.get(supplier), supplierRegistration, day),
  });
  const { row: clockRow, holds, interest, dailyRate } = dues.rates;
  return dueAccruals(dues, paymentsOf(opened)).map((due) => ({
    ...{ order, lead, leadRegistration, supplier, supplierRegistration },
    ...due,
    key: `${order}/${due.acceptance}`,
    dueOn: due.dueOn ?? null,
    row: clockRow,
    holds: holds ?? null,
    interestReason: interest,
    dailyRate: dailyRate ?? null,
  }));
}

/** As of a day; what a firm says of itself only later was not so at the contract date. */
export const sizeOn = (firm: FirmSizesRow | undefined, registration: string, day: string): SizeClass | undefined =>
  firm?.sizes.findLast((one) => one.registration === registration && one.from <= day)?.size;
