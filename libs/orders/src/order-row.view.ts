import { Conditions, rowFold } from '@app/projections';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { contractDay } from './order-dues.rules';
import { OrderFigures, orderFigures } from './order-figures.rules';
import type { OrderHolder, OrderState } from './order-figures.rules';
import { evolve } from './order-fold.rules';
import type { LineNow, OpenedOrder, OrderFact } from './order-state.rules';
import type { OrderEvent, OrderFile, OrderSide } from './order-story.rules';

/** An order as its events fold it, without maps: what the page shows and what dues are reckoned from. */
export type PackedOrder = Omit<OpenedOrder, 'lines' | 'facts'> & {
  readonly lines: readonly LineNow[];
  readonly facts: readonly OrderFact[];
};

export const unpacked = ({ lines, facts, ...rest }: PackedOrder): OpenedOrder => ({
  ...rest,
  lines: new Map(lines.map((line) => [line.line, line])),
  facts: new Map(facts.map((fact) => [fact.fact, fact])),
});

const packed = ({ lines, facts, ...rest }: OpenedOrder): PackedOrder => ({
  ...rest,
  lines: [...lines.values()],
  facts: [...facts.values()],
});

@Entity('trade_order')
@Index(['leadRegistration', 'openedAt', 'order'])
@Index(['supplierRegistration', 'openedAt', 'order'])
export class OrderRow {
  @PrimaryColumn('text') order: string;
  @Index() @Column('text') lead: string;
  @Column('text') leadRegistration: string;
  @Index() @Column('text') supplier: string;
  @Column('text') supplierRegistration: string;
  @Column('text') origin: 'award' | 'recorded';
  @Column('text', { nullable: true }) award: string | null;
  @Column('text') supplyMode: 'goods' | 'processing';
  @Column('text') vatRate: string;
  @Column('text', { array: true }) products: string[];
  @Column('text', { array: true }) listings: string[];
  @Column('text') contractDate: string;
  @Column('boolean') contractMissing: boolean;
  @Column('text') state: OrderState;
  /** Yuan; `Gross` with VAT. */
  @Column('numeric') ordered: string;
  @Column('numeric') orderedGross: string;
  @Column('numeric') delivered: string;
  @Column('numeric') deliveredGross: string;
  @Column('numeric') invoiced: string;
  @Column('numeric') invoicedGross: string;
  @Column('numeric') paid: string;
  /** The first day on which something open is due; with `owed`, what is open of all dues, set where dues are reckoned. */
  @Column('text', { nullable: true }) nextDueOn: string | null;
  @Column('numeric') owed: string;
  /** How many facts wait for whom. */
  @Column('jsonb') waits: OrderFigures['waits'];
  @Column('integer') disputed: number;
  @Column('text', { array: true }) holders: OrderHolder[];
  /** Attachments that its facts name. */
  @Column('text', { array: true }) files: string[];
  @Column('text') openedAt: string;
  @Column('text') changedAt: string;
  @Column('jsonb') folded: PackedOrder;
}

export const foldOrders = rowFold<OrderEvent, OrderRow>({
  entity: OrderRow,
  keyColumn: 'order',
  keyOf: ({ stream }) => (stream.startsWith('order-') ? stream.slice('order-'.length) : undefined),
  fold(row, event, order) {
    const after = evolve(row && unpacked(row.folded), event);
    return after && { ...orderRow(order, after, event.data.at), ...duesBefore(row) };
  },
});

type Owed = Pick<OrderRow, 'nextDueOn' | 'owed'>;

const duesBefore = (row: OrderRow | undefined): Owed => ({
  nextDueOn: row?.nextDueOn ?? null,
  owed: row?.owed ?? '0.00',
});

function orderRow(order: string, opened: OpenedOrder, changedAt: string): Omit<OrderRow, keyof Owed> {
  const { lead, supplier, origin, supplyMode, vatRate, lines, openedAt } = opened;
  const { holders, ...figures } = orderFigures(opened);
  const all = [...lines.values()];
  return {
    order,
    lead: lead.enterprise,
    leadRegistration: lead.registration,
    supplier: supplier.enterprise,
    supplierRegistration: supplier.registration,
    origin: origin.kind,
    award: origin.kind === 'award' ? origin.award : null,
    supplyMode,
    vatRate,
    products: [...new Set(all.map(({ product }) => product))],
    listings: [...new Set(all.flatMap(({ listing }) => listing ?? []))],
    contractDate: contractDay(opened),
    ...figures,
    holders: [...holders],
    files: filesOf(opened),
    openedAt,
    changedAt,
    folded: packed(opened),
  };
}

function filesOf({ facts }: OpenedOrder): string[] {
  const files = [...facts.values()].flatMap((fact): readonly OrderFile[] => {
    const parts = fact.kind === 'delivery' ? fact.acceptances.flatMap((part) => part.files) : [];
    return [...fact.files, ...parts, ...(fact.answer?.files ?? [])];
  });
  return [...new Set(files.map(({ id }) => id))];
}

/** Whose orders: an office's (of the whole city, or with a firm among these), or those of one firm on either side. */
export type OrdersOf = { readonly among?: readonly string[] } | { readonly registration: string };

/** The row rule of every list of orders; `as`: only where the firm is on that side. */
export function ordersOf(where: Conditions, whose: OrdersOf, as?: OrderSide): Conditions {
  if ('registration' in whose) {
    const own = where.parameter(whose.registration);
    if (as !== undefined) return where.and(`"${as}Registration" = ${own}`);
    return where.and(`("leadRegistration" = ${own} OR "supplierRegistration" = ${own})`);
  }
  if (whose.among === undefined) return where;
  const codes = where.parameter(whose.among);
  return where.and(`(lead = ANY(${codes}::text[]) OR supplier = ANY(${codes}::text[]))`);
}

/** Rows whose products hold the words, or one of whose firms is among those named so. */
export function holdsWords(where: Conditions, { text, firms }: { text: string; firms: readonly string[] }): string {
  const codes = where.parameter(firms);
  const pattern = where.parameter(`%${text.replace(/[\\%_]/g, '\\$&')}%`);
  return `array_to_string(products, ' ') ILIKE ${pattern} OR lead = ANY(${codes}::text[]) OR supplier = ANY(${codes}::text[])`;
}
