import type { Recorded } from '@app/event-store';
import { Conditions, Listed, listed, ListWanted, OrderOf, Projection, ReadModels, rowFold } from '@app/projections';
import { sameJson } from '@app/kernel';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { countingCheck } from './evidence.decider';
import type {
  CheckedBy,
  Claimant,
  EvidenceEvent,
  EvidencePart,
  InvoiceSource,
  InvoiceState,
} from './evidence-story.rules';
import { ordersOf } from './order-row.view';
import type { OrdersOf } from './order-row.view';
import type { Commitment, OrderFile } from './order-story.rules';

export type InvoiceCheckEntry = {
  readonly check: string;
  readonly state: InvoiceState;
  readonly checkedOn: string;
  readonly by: CheckedBy;
  readonly text?: Commitment;
  readonly files: readonly OrderFile[];
  readonly at: string;
};
export type InvoiceReversal = {
  readonly red: string;
  readonly claimant: Claimant;
  readonly parts: readonly EvidencePart[];
};

@Entity('invoice')
@Index(['invoicedOn', 'number'])
export class InvoiceRow {
  @PrimaryColumn('text') number: string;
  /** The buyer. */
  @Index() @Column('text') lead: string;
  @Index() @Column('text') leadRegistration: string;
  /** The seller. */
  @Index() @Column('text') supplier: string;
  @Index() @Column('text') supplierRegistration: string;
  @Column('text') invoicedOn: string;
  /** Yuan; below zero of a red one. */
  @Column('numeric') net: string;
  @Column('numeric') gross: string;
  @Column('text', { nullable: true }) vatRate: string | null;
  @Column('text', { nullable: true }) redOf: string | null;
  /** Released ones stand here for what was reversed and looked up of them; nobody is shown them. */
  @Column('boolean') held: boolean;
  @Column('jsonb') claimant: Claimant;
  @Column('jsonb') parts: readonly EvidencePart[];
  @Column('text', { array: true }) orders: string[];
  @Column('text') source: InvoiceSource;
  @Column('jsonb') reversals: readonly InvoiceReversal[];
  @Column('jsonb') checks: readonly InvoiceCheckEntry[];
  /** What an office saw last: the one that claims count. */
  @Column('text') checkState: InvoiceState | 'unchecked';
  @Column('jsonb') files: readonly OrderFile[];
  @Column('text') claimedAt: string;
}

/** Invoices as evidence: one row a number, with who holds it, what reverses it, and what the tax office's page said. */
export const invoices: Projection<EvidenceEvent> = {
  name: 'invoices',
  version: 1,
  filter: { categories: ['evidence'] },
  entities: [InvoiceRow],
  ddl: ['CREATE INDEX ON invoice USING gin (orders)'],
  apply: rowFold<EvidenceEvent, InvoiceRow>({
    entity: InvoiceRow,
    keyColumn: 'number',
    keyOf: ({ stream }) => stream.slice('evidence-'.length),
    fold: invoiceRow,
  }),
};

function invoiceRow(row: InvoiceRow | undefined, event: Recorded<EvidenceEvent>): InvoiceRow | undefined {
  if (event.type === 'InvoiceClaimed') return claimedRow(row, event.data);
  if (!row) return row;
  switch (event.type) {
    case 'InvoicePartsReleased':
      return withParts(
        row,
        row.parts.filter(({ fact }) => !event.data.facts.includes(fact)),
      );
    case 'InvoiceRestClaimed':
      return withParts(row, [...row.parts, ...event.data.parts]);
    case 'InvoiceReleased':
      return { ...row, held: false };
    case 'InvoiceReversed': {
      const { red, claimant, parts } = event.data;
      return { ...row, reversals: [...row.reversals.filter((one) => one.red !== red), { red, claimant, parts }] };
    }
    case 'InvoiceReversalReleased':
      return { ...row, reversals: row.reversals.filter(({ red }) => red !== event.data.red) };
    case 'InvoiceChecked':
      return checkedRow(row, [...row.checks, event.data]);
  }
}

const withParts = (row: InvoiceRow, parts: InvoiceRow['parts']): InvoiceRow => ({
  ...row,
  ...{ parts, held: parts.length > 0, orders: parts.map(({ order }) => order) },
});

function claimedRow(
  row: InvoiceRow | undefined,
  data: Extract<EvidenceEvent, { type: 'InvoiceClaimed' }>['data'],
): InvoiceRow {
  const { number, seller, buyer, figures, redOf, claimant, parts, source, files, at } = data;
  const { invoicedOn, net, gross, vatRate } = figures;
  const own = {
    lead: buyer.enterprise,
    leadRegistration: buyer.registration,
    supplier: seller.enterprise,
    supplierRegistration: seller.registration,
    ...{ invoicedOn, net, gross },
    vatRate: vatRate ?? null,
  };
  // What was looked up, and what reversed it, belong to the invoice as it was claimed: to these firms and figures.
  const isSame = row && sameJson(identityOf(row), identityOf(own));
  return checkedRow(
    {
      ...{ number, ...own, redOf: redOf ?? null, held: true, claimant, parts },
      ...{
        orders: parts.map(({ order }) => order),
        source,
        reversals: isSame ? row.reversals : [],
        files,
        claimedAt: at,
      },
      ...{ checks: [], checkState: 'unchecked' },
    },
    isSame ? row.checks : [],
  );
}

type Identity = Pick<
  InvoiceRow,
  'leadRegistration' | 'supplierRegistration' | 'invoicedOn' | 'net' | 'gross' | 'vatRate'
>;

const identityOf = ({ leadRegistration, supplierRegistration, invoicedOn, net, gross, vatRate }: Identity) => [
  ...[leadRegistration, supplierRegistration, invoicedOn],
  ...[net, gross, vatRate],
];

const checkedRow = (row: InvoiceRow, checks: readonly InvoiceCheckEntry[]): InvoiceRow => ({
  ...row,
  checks,
  checkState: countingCheck(checks)?.state ?? 'unchecked',
});

export const INVOICE_ORDERS = {
  invoiced: '"invoicedOn"',
  registered: '"claimedAt"',
  gross: 'gross',
  number: 'number',
} as const;
export type InvoiceOrder = OrderOf<typeof INVOICE_ORDERS>;

export type InvoicesAsked = {
  /** A part of the number. */
  readonly number?: string;
  readonly state?: InvoiceRow['checkState'];
  readonly order?: string;
  readonly statement?: string;
  /** One of the two firms. */
  readonly partner?: string;
  readonly red?: boolean;
  /** Days of the invoice, both included. */
  readonly from?: string;
  readonly to?: string;
};

export class Invoices extends Query<Listed<InvoiceRow>> {
  constructor(
    readonly whose: OrdersOf,
    readonly asked: InvoicesAsked,
    readonly wanted: ListWanted<InvoiceOrder>,
  ) {
    super();
  }
}

@QueryHandler(Invoices)
export class InvoicesHandler implements IQueryHandler<Invoices> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ whose, asked, wanted }: Invoices): Promise<Listed<InvoiceRow>> {
    const { number, state, order, statement, partner, red, from, to } = asked;
    const where = visible(whose).holding(['number'], number).equal(`claimant->>'statement'`, statement);
    if (order !== undefined) where.and(`orders @> ARRAY[${where.parameter(order)}]`);
    if (partner !== undefined) where.and(`${where.parameter(partner)} IN (lead, supplier)`);
    if (red !== undefined) where.and(`"redOf" IS ${red ? 'NOT NULL' : 'NULL'}`);
    if (from !== undefined) where.and(`"invoicedOn" >= ${where.parameter(from)}`);
    if (to !== undefined) where.and(`"invoicedOn" <= ${where.parameter(to)}`);
    const tab = { column: '"checkState"', value: state };
    const list = { from: 'invoice', key: 'number', orders: INVOICE_ORDERS, where, tab };
    return this.readModels.read(invoices, (rows) => listed<InvoiceRow>(rows, list, wanted));
  }
}

export class InvoiceByNumber extends Query<InvoiceRow | undefined> {
  constructor(
    readonly whose: OrdersOf,
    readonly number: string,
  ) {
    super();
  }
}

@QueryHandler(InvoiceByNumber)
export class InvoiceByNumberHandler implements IQueryHandler<InvoiceByNumber> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ whose, number }: InvoiceByNumber): Promise<InvoiceRow | undefined> {
    const { sql, values } = visible(whose).equal('number', number);
    const [found] = await this.readModels.read(invoices, (rows) =>
      rows.query<InvoiceRow[]>(`SELECT * FROM invoice WHERE ${sql}`, values),
    );
    return found;
  }
}

/** Whether a file stands with an invoice, or with what was looked up of it. */
export class SeesInvoiceFile extends Query<boolean> {
  constructor(
    readonly whose: OrdersOf,
    readonly attachment: string,
  ) {
    super();
  }
}

@QueryHandler(SeesInvoiceFile)
export class SeesInvoiceFileHandler implements IQueryHandler<SeesInvoiceFile> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ whose, attachment }: SeesInvoiceFile): Promise<boolean> {
    const where = visible(whose);
    const file = where.parameter(JSON.stringify([{ id: attachment }]));
    const ofCheck = where.parameter(JSON.stringify([{ files: [{ id: attachment }] }]));
    where.and(`(files @> ${file}::jsonb OR checks @> ${ofCheck}::jsonb)`);
    const found = await this.readModels.read(invoices, (rows) =>
      rows.query<object[]>(`SELECT FROM invoice WHERE ${where.sql} LIMIT 1`, where.values),
    );
    return found.length > 0;
  }
}

const visible = (whose: OrdersOf): Conditions => ordersOf(new Conditions(), whose).and('held');
