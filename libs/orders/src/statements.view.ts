import type { Recorded } from '@app/event-store';
import { sum } from '@app/kernel';
import { Conditions, Listed, listed, ListWanted, OrderOf, Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ordersOf } from './order-row.view';
import type { OrdersOf } from './order-row.view';
import type { ByPerson, Commitment, DisputeReason, OrderFile } from './order-story.rules';
import type { StatementState } from './statement.decider';
import type { StatementContent, StatementEvent } from './statement-story.rules';

export type StatementAnswered = {
  readonly by: ByPerson;
  readonly reason?: DisputeReason;
  readonly text?: Commitment;
  readonly at: string;
};
export type RefusedPart = { readonly order: string; readonly fact: string; readonly code: string };

@Entity('trade_statement')
@Index(['leadRegistration', 'drawnUpAt', 'statement'])
@Index(['supplierRegistration', 'drawnUpAt', 'statement'])
export class StatementRow {
  @PrimaryColumn('text') statement: string;
  @Column('text') lead: string;
  @Column('text') leadRegistration: string;
  @Column('text') supplier: string;
  @Column('text') supplierRegistration: string;
  /** `2020-03` */
  @Column('text') month: string;
  @Column('text') state: StatementState;
  @Column('jsonb') drawnUpBy: ByPerson;
  @Column('text') drawnUpAt: string;
  /** Yuan, over what stands in the orders and what the statement divides: without VAT, with it, with it. */
  @Column('numeric') delivered: string;
  @Column('numeric') invoiced: string;
  @Column('numeric') paid: string;
  @Column('jsonb') content: StatementContent;
  @Column('jsonb', { nullable: true }) answer: StatementAnswered | null;
  @Column('jsonb') refused: readonly RefusedPart[];
  @Column('jsonb') files: readonly OrderFile[];
}

/** 对账单: one row a statement. */
export const statements: Projection<StatementEvent> = {
  name: 'statements',
  version: 1,
  filter: { categories: ['statement'] },
  entities: [StatementRow],
  apply: rowFold<StatementEvent, StatementRow>({
    entity: StatementRow,
    keyColumn: 'statement',
    keyOf: ({ stream }) => stream.slice('statement-'.length),
    fold: statementRow,
  }),
};

function statementRow(row: StatementRow | undefined, event: Recorded<StatementEvent>): StatementRow | undefined {
  if (event.type === 'StatementDrawnUp') return drawnUpRow(event.data);
  if (!row) return row;
  switch (event.type) {
    case 'StatementConfirmed':
      return { ...row, state: 'confirmed', answer: event.data };
    case 'StatementDisputed':
      return { ...row, state: 'disputed', answer: event.data };
    case 'StatementWithdrawn':
      return { ...row, state: 'withdrawn', answer: event.data };
    case 'StatementPartRefused': {
      const { order, fact, code } = event.data;
      return { ...row, refused: [...row.refused, { order, fact, code }] };
    }
  }
}

function drawnUpRow(data: Extract<StatementEvent, { type: 'StatementDrawnUp' }>['data']): StatementRow {
  const { statement, lead, supplier, month, by, files, at, ...content } = data;
  const { deliveries, standingInvoices, standingPayments, invoices, payments } = content;
  const gross = (...lists: (readonly { readonly gross: string }[])[]) =>
    sum(lists.flat().map((one) => one.gross)).toFixed(2);
  return {
    statement,
    lead: lead.enterprise,
    leadRegistration: lead.registration,
    supplier: supplier.enterprise,
    supplierRegistration: supplier.registration,
    month,
    state: 'drawn-up',
    drawnUpBy: by,
    drawnUpAt: at,
    delivered: sum(deliveries.map(({ net }) => net)).toFixed(2),
    invoiced: gross(standingInvoices, ...invoices.map(({ parts }) => parts)),
    paid: gross(standingPayments, ...payments.map(({ parts }) => parts)),
    content,
    answer: null,
    refused: [],
    files,
  };
}

const SHOWN = [
  'statement, lead, "leadRegistration", supplier, "supplierRegistration", month, state, "drawnUpBy", "drawnUpAt"',
  'delivered, invoiced, paid, refused',
].join(', ');

export const STATEMENT_ORDERS = { 'drawn-up': '"drawnUpAt"', month: 'month', state: 'state' } as const;
export type StatementOrder = OrderOf<typeof STATEMENT_ORDERS>;

export type StatementsAsked = {
  readonly state?: StatementState;
  readonly month?: string;
  /** One of the two firms. */
  readonly partner?: string;
  /** Drawn up by the other side, and not answered. */
  readonly waiting?: boolean;
};

export type ListedStatement = Omit<StatementRow, 'content' | 'answer' | 'files'>;

export class Statements extends Query<Listed<ListedStatement>> {
  constructor(
    readonly whose: OrdersOf,
    readonly asked: StatementsAsked,
    readonly wanted: ListWanted<StatementOrder>,
  ) {
    super();
  }
}

@QueryHandler(Statements)
export class StatementsHandler implements IQueryHandler<Statements> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ whose, asked, wanted }: Statements): Promise<Listed<ListedStatement>> {
    const { state, month, partner, waiting } = asked;
    const where = ordersOf(new Conditions(), whose).equal('month', month);
    if (partner !== undefined) where.and(`${where.parameter(partner)} IN (lead, supplier)`);
    if (waiting && 'registration' in whose) {
      const own = where.parameter(whose.registration);
      const maker = `CASE "drawnUpBy"->>'side' WHEN 'lead' THEN "leadRegistration" ELSE "supplierRegistration" END`;
      where.and(`state = 'drawn-up' AND ${maker} <> ${own}`);
    }
    const tab = { column: 'state', value: state };
    const list = { shown: SHOWN, from: 'trade_statement', key: 'statement', orders: STATEMENT_ORDERS, where, tab };
    return this.readModels.read(statements, (rows) => listed<ListedStatement>(rows, list, wanted));
  }
}

export class StatementById extends Query<StatementRow | undefined> {
  constructor(
    readonly whose: OrdersOf,
    readonly statement: string,
  ) {
    super();
  }
}

@QueryHandler(StatementById)
export class StatementByIdHandler implements IQueryHandler<StatementById> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ whose, statement }: StatementById): Promise<StatementRow | undefined> {
    const { sql, values } = ordersOf(new Conditions(), whose).equal('statement', statement);
    const [found] = await this.readModels.read(statements, (rows) =>
      rows.query<StatementRow[]>(`SELECT * FROM trade_statement WHERE ${sql}`, values),
    );
    return found;
  }
}

/** Whether a file stands with a statement. */
export class SeesStatementFile extends Query<boolean> {
  constructor(
    readonly whose: OrdersOf,
    readonly attachment: string,
  ) {
    super();
  }
}

@QueryHandler(SeesStatementFile)
export class SeesStatementFileHandler implements IQueryHandler<SeesStatementFile> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ whose, attachment }: SeesStatementFile): Promise<boolean> {
    const where = ordersOf(new Conditions(), whose);
    where.and(`files @> ${where.parameter(JSON.stringify([{ id: attachment }]))}::jsonb`);
    const found = await this.readModels.read(statements, (rows) =>
      rows.query<object[]>(`SELECT FROM trade_statement WHERE ${where.sql} LIMIT 1`, where.values),
    );
    return found.length > 0;
  }
}
