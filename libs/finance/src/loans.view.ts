import type { Recorded } from '@app/event-store';
import { Exact, sum } from '@app/kernel';
import { Conditions, Listed, listed, ListWanted, OrderOf, Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { LOAN_STORY } from './finance-answer.rules';
import type { Commitment, FinanceFile } from './finance-request-story.rules';
import type { LoanDisputeReason, LoanEvent, LoanRate, LoanTerms } from './loan-story.rules';
import type { LoanState, RateEntry, RepaymentEntry } from './loan.decider';

type Told = {
  readonly what: (typeof LOAN_STORY)[number];
  readonly by: string;
  readonly reason?: string;
  readonly at: string;
};
type Dispute = {
  readonly reason: LoanDisputeReason;
  readonly entry?: string;
  readonly text?: Commitment;
  readonly at: string;
};

@Entity('loan')
@Index(['drawnOn', 'loan'])
export class LoanRow {
  @PrimaryColumn('text') loan: string;
  @Index() @Column('text') bank: string;
  @Column('text') lender: string;
  @Index() @Column('text') borrower: string;
  @Index() @Column('text') borrowerRegistration: string;
  @Column('text', { nullable: true }) request: string | null;
  @Column('text', { nullable: true }) order: string | null;
  @Column('jsonb') terms: LoanTerms;
  @Column('numeric') amount: string;
  @Column('numeric') outstanding: string;
  @Column('text') drawnOn: string;
  @Column('jsonb') rate: LoanRate;
  @Column('jsonb') changes: readonly RateEntry[];
  @Column('jsonb') repayments: readonly RepaymentEntry[];
  @Column('text') state: LoanState;
  @Column('text', { nullable: true }) correction: string | null;
  @Column('jsonb', { nullable: true }) dispute: Dispute | null;
  @Column('jsonb') files: readonly FinanceFile[];
  @Column('jsonb') story: readonly Told[];
  @Column('text') evidencedAt: string;
}

/** Loans as their banks evidence them: one row each. */
export const loans: Projection<LoanEvent> = {
  name: 'loans',
  version: 1,
  filter: { categories: ['loan'] },
  entities: [LoanRow],
  ddl: ['CREATE INDEX loan_files ON loan USING gin (files jsonb_path_ops)'],
  apply: rowFold<LoanEvent, LoanRow>({
    entity: LoanRow,
    keyColumn: 'loan',
    keyOf: ({ stream }) => stream.slice('loan-'.length),
    fold: loanRow,
  }),
};

function loanRow(row: LoanRow | undefined, event: Recorded<LoanEvent>): LoanRow | undefined {
  if (event.type === 'LoanEvidenced') {
    const { loan, bank, lender, borrower, request = null, order = null, terms, rate, files, at } = event.data;
    return {
      ...{ loan, bank, lender, request, order, terms, rate },
      borrower: borrower.enterprise,
      borrowerRegistration: borrower.registration,
      amount: terms.amount,
      outstanding: terms.amount,
      drawnOn: terms.drawnOn,
      changes: [],
      repayments: [],
      state: 'evidenced',
      correction: null,
      dispute: null,
      files: [...(row?.files ?? []), ...files],
      story: [...(row?.story ?? []), { what: 'evidenced', by: bank, at }],
      evidencedAt: at,
    };
  }
  if (!row) return row;
  const told = (what: Told['what'], by: string, reason?: string) => [
    ...row.story,
    { what, by, ...(reason !== undefined && { reason }), at: event.data.at },
  ];
  switch (event.type) {
    case 'LoanCorrected': {
      const { entry, lender, terms, rate, files, by, reason } = event.data;
      const { amount, drawnOn } = terms;
      const after = { ...row, lender, terms, rate, amount, drawnOn, correction: entry, dispute: null };
      const story = told('corrected', by, reason);
      return withRest({ ...after, state: 'evidenced', files: [...row.files, ...files], story });
    }
    case 'LoanRateChanged': {
      const { entry, from, rate, files, by } = event.data;
      const changes = [...row.changes, { entry, from, rate }];
      return { ...row, changes, files: [...row.files, ...files], story: told('rate-changed', by) };
    }
    case 'LoanRepaid': {
      const { entry, paidOn, principal, files, by } = event.data;
      const repayments = [...row.repayments, { entry, paidOn, principal }];
      return withRest({ ...row, repayments, files: [...row.files, ...files], story: told('repaid', by) });
    }
    case 'LoanEntryStruck': {
      const { entry, by, reason } = event.data;
      const changes = row.changes.filter((one) => one.entry !== entry);
      const repayments = row.repayments.filter((one) => one.entry !== entry);
      return withRest({ ...row, changes, repayments, story: told('entry-struck', by, reason) });
    }
    case 'LoanStruck':
      return { ...row, state: 'struck', story: told('struck', event.data.by, event.data.reason) };
    case 'LoanConfirmed':
      return { ...row, state: 'confirmed', dispute: null, story: told('confirmed', event.data.by.account) };
    case 'LoanDisputed': {
      const { dispute: _, by, ...dispute } = event.data;
      return { ...row, state: 'disputed', dispute, story: told('disputed', by.account, dispute.reason) };
    }
    case 'LoanHandedOver':
      return { ...row, bank: event.data.bank, story: told('handed-over', event.data.by) };
  }
}

const withRest = (row: LoanRow): LoanRow => ({
  ...row,
  outstanding: new Exact(row.terms.amount).minus(sum(row.repayments.map(({ principal }) => principal))).toFixed(),
});

/** Whose loans: all (the bureau's, the city's finance office's and the auditor's), a firm's own, or those a bank evidenced. */
export type LoansWhose = { readonly all: true } | { readonly registration: string } | { readonly bank: string };

export const LOAN_ORDERS = {
  drawn: '"drawnOn"',
  evidenced: '"evidencedAt"',
  amount: 'amount',
  outstanding: 'outstanding',
} as const;
export type LoanOrder = OrderOf<typeof LOAN_ORDERS>;

export type LoansAsked = {
  readonly state?: LoanState;
  readonly borrower?: string;
  readonly request?: string;
};

export class Loans extends Query<Listed<LoanRow>> {
  constructor(
    readonly whose: LoansWhose,
    readonly asked: LoansAsked,
    readonly wanted: ListWanted<LoanOrder>,
  ) {
    super();
  }
}

@QueryHandler(Loans)
export class LoansHandler implements IQueryHandler<Loans> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ whose, asked: { state, borrower, request }, wanted }: Loans): Promise<Listed<LoanRow>> {
    const where = visible(whose).equal('borrower', borrower).equal('request', request);
    const list = { from: 'loan', key: 'loan', orders: LOAN_ORDERS, where, tab: { column: 'state', value: state } };
    return this.readModels.read(loans, (rows) => listed<LoanRow>(rows, list, wanted));
  }
}

export class LoanById extends Query<LoanRow | undefined> {
  constructor(
    readonly whose: LoansWhose,
    readonly loan: string,
  ) {
    super();
  }
}

@QueryHandler(LoanById)
export class LoanByIdHandler implements IQueryHandler<LoanById> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ whose, loan }: LoanById): Promise<LoanRow | undefined> {
    const where = visible(whose).equal('loan', loan);
    const [found] = await this.readModels.read(loans, (rows) =>
      rows.query<LoanRow[]>(`SELECT * FROM loan WHERE ${where.sql}`, where.values),
    );
    return found;
  }
}

/** Ids of all loans of an enterprise, under whichever registration, struck ones included. */
export class LoanIdsOf extends Query<string[]> {
  constructor(readonly enterprise: string) {
    super();
  }
}

@QueryHandler(LoanIdsOf)
export class LoanIdsOfHandler implements IQueryHandler<LoanIdsOf> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ enterprise }: LoanIdsOf): Promise<string[]> {
    const found = await this.readModels.read(loans, (rows) =>
      rows.query<{ loan: string }[]>('SELECT loan FROM loan WHERE borrower = $1 ORDER BY loan', [enterprise]),
    );
    return found.map(({ loan }) => loan);
  }
}

/** Whether a file belongs to a loan that this reader sees. */
export class SeesLoanFile extends Query<boolean> {
  constructor(
    readonly whose: LoansWhose,
    readonly attachment: string,
  ) {
    super();
  }
}

@QueryHandler(SeesLoanFile)
export class SeesLoanFileHandler implements IQueryHandler<SeesLoanFile> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ whose, attachment }: SeesLoanFile): Promise<boolean> {
    const where = visible(whose);
    where.and(`files @> ${where.parameter(JSON.stringify([{ id: attachment }]))}::jsonb`);
    const found = await this.readModels.read(loans, (rows) =>
      rows.query<object[]>(`SELECT FROM loan WHERE ${where.sql} LIMIT 1`, where.values),
    );
    return found.length > 0;
  }
}

function visible(whose: LoansWhose): Conditions {
  const where = new Conditions();
  if ('registration' in whose) return where.equal('"borrowerRegistration"', whose.registration);
  return 'bank' in whose ? where.equal('bank', whose.bank) : where;
}
