import type { Recorded } from '@app/event-store';
import { Conditions, Listed, listed, ListWanted, OrderOf, Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CheckCause, CheckFile, CheckResult, CheckSide, Commitment, MatchEvent, Officer } from './match.decider';

/** A statement of a firm or a finding of an officer; its words stand in the vault. */
export type CheckEntry = {
  readonly entry: string;
  readonly text: Commitment;
  readonly attachments: readonly CheckFile[];
  readonly at: string;
} & ({ readonly kind: 'statement'; readonly side: CheckSide } | { readonly kind: 'finding'; readonly by: Officer });

export type CheckAsking = {
  readonly sides: readonly CheckSide[];
  readonly text?: Commitment;
  readonly answerBy?: string;
  readonly by: Officer;
  readonly at: string;
};

@Entity('match_check')
@Index(['openedAt', 'key'])
export class CheckRow {
  /** Match and check. */
  @PrimaryColumn('text') key: string;
  @Column('text') check: string;
  @Index() @Column('text') match: string;
  @Column('text') listing: string;
  @Index() @Column('text') lead: string;
  @Index() @Column('text') leadRegistration: string;
  @Index() @Column('text') supplier: string;
  @Index() @Column('text') supplierRegistration: string;
  @Column('text') state: 'open' | CheckResult;
  @Column('jsonb') cause: CheckCause;
  @Column('jsonb') openedBy: Officer;
  @Column('text') openedAt: string;
  @Column('text', { array: true }) asked: CheckSide[];
  @Column('jsonb') askings: readonly CheckAsking[];
  @Column('jsonb') entries: readonly CheckEntry[];
  @Column('jsonb', { nullable: true }) conclusion: { text: Commitment; by: Officer; at: string } | null;
}

/** 核查: one row a check, with who was asked what and what was found. */
export const checks: Projection<MatchEvent> = {
  name: 'checks',
  version: 1,
  filter: { categories: ['match'] },
  entities: [CheckRow],
  apply: rowFold<MatchEvent, CheckRow>({
    entity: CheckRow,
    keyColumn: 'key',
    keyOf: ({ stream, data }) => `${stream.slice('match-'.length)}/${data.check}`,
    fold: checkRow,
  }),
};

function checkRow(row: CheckRow | undefined, event: Recorded<MatchEvent>, key: string): CheckRow | undefined {
  if (event.type === 'CheckOpened') {
    const { check, match, listing, lead, supplier, cause, by, at } = event.data;
    return {
      key,
      check,
      match,
      listing,
      lead: lead.enterprise,
      leadRegistration: lead.registration,
      supplier: supplier.enterprise,
      supplierRegistration: supplier.registration,
      state: 'open',
      cause,
      openedBy: by,
      openedAt: at,
      asked: [],
      askings: [],
      entries: [],
      conclusion: null,
    };
  }
  if (!row) return row;
  switch (event.type) {
    case 'StatementsAsked': {
      const { sides, text, answerBy, by, at } = event.data;
      return { ...row, asked: [...row.asked, ...sides], askings: [...row.askings, { sides, text, answerBy, by, at }] };
    }
    case 'StatementGiven': {
      const { statement, side, text, attachments, at } = event.data;
      return {
        ...row,
        entries: [...row.entries, { kind: 'statement', entry: statement, side, text, attachments, at }],
      };
    }
    case 'FindingAttached': {
      const { finding, by, text, attachments, at } = event.data;
      return { ...row, entries: [...row.entries, { kind: 'finding', entry: finding, by, text, attachments, at }] };
    }
    case 'CheckConcluded': {
      const { result, text, by, at } = event.data;
      return { ...row, state: result, conclusion: { text, by, at } };
    }
  }
}

/** Whose checks: an office's (of the whole city, or with a firm among these), or those that one firm was asked about. */
export type ChecksOf = { readonly among?: readonly string[] } | { readonly registration: string };

/** The last day to answer, of those who were asked; the highest text for a check in which nobody was. */
const ANSWER_BY = `coalesce((SELECT max(a->>'answerBy') FROM jsonb_array_elements(askings) a), '9999')`;

export const CHECK_ORDERS = { opened: '"openedAt"', 'answer-by': ANSWER_BY, state: 'state' } as const;
export type CheckOrder = OrderOf<typeof CHECK_ORDERS>;

export type ChecksAsked = {
  readonly match?: string;
  readonly state?: CheckRow['state'];
  /** One of the two firms. */
  readonly enterprise?: string;
};

export class Checks extends Query<Listed<CheckRow>> {
  constructor(
    readonly whose: ChecksOf,
    readonly asked: ChecksAsked,
    readonly wanted: ListWanted<CheckOrder>,
  ) {
    super();
  }
}

@QueryHandler(Checks)
export class ChecksHandler implements IQueryHandler<Checks> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ whose, asked: { match, state, enterprise }, wanted }: Checks): Promise<Listed<CheckRow>> {
    const where = visible(whose).equal('match', match);
    if (enterprise !== undefined) where.and(`${where.parameter(enterprise)} IN (lead, supplier)`);
    const tab = { column: 'state', value: state };
    const list = { from: 'match_check', key: 'key', orders: CHECK_ORDERS, where, tab };
    return this.readModels.read(checks, (rows) => listed<CheckRow>(rows, list, wanted));
  }
}

export class CheckById extends Query<CheckRow | undefined> {
  constructor(
    readonly whose: ChecksOf,
    readonly match: string,
    readonly check: string,
  ) {
    super();
  }
}

@QueryHandler(CheckById)
export class CheckByIdHandler implements IQueryHandler<CheckById> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ whose, match, check }: CheckById): Promise<CheckRow | undefined> {
    const { sql, values } = visible(whose).equal('key', `${match}/${check}`);
    const [found] = await this.readModels.read(checks, (rows) =>
      rows.query<CheckRow[]>(`SELECT * FROM match_check WHERE ${sql}`, values),
    );
    return found;
  }
}

/** Whether a file belongs to a statement or finding of a check that this office supervises. */
export class SeesCheckFile extends Query<boolean> {
  constructor(
    readonly whose: Exclude<ChecksOf, { registration: string }>,
    readonly attachment: string,
  ) {
    super();
  }
}

@QueryHandler(SeesCheckFile)
export class SeesCheckFileHandler implements IQueryHandler<SeesCheckFile> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ whose, attachment }: SeesCheckFile): Promise<boolean> {
    const where = visible(whose);
    where.and(`entries @> ${where.parameter(JSON.stringify([{ attachments: [{ id: attachment }] }]))}::jsonb`);
    const found = await this.readModels.read(checks, (rows) =>
      rows.query<object[]>(`SELECT FROM match_check WHERE ${where.sql} LIMIT 1`, where.values),
    );
    return found.length > 0;
  }
}

/** A firm learns of a check when it is asked, and of nothing that the office asks the other side. */
function visible(whose: ChecksOf): Conditions {
  const where = new Conditions();
  if ('registration' in whose) {
    const own = where.parameter(whose.registration);
    return where.and(
      `(("leadRegistration" = ${own} AND 'lead' = ANY(asked)) OR ("supplierRegistration" = ${own} AND 'supplier' = ANY(asked)))`,
    );
  }
  const { among } = whose;
  if (among === undefined) return where;
  const codes = where.parameter(among);
  return where.and(`(lead = ANY(${codes}::text[]) OR supplier = ANY(${codes}::text[]))`);
}
