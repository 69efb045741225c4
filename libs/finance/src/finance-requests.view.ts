import type { Recorded } from '@app/event-store';
import { sum } from '@app/kernel';
import { Conditions, Listed, listed, ListWanted, OrderOf, Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { BankStanding } from './finance-answer.rules';
import type {
  BankAnswer,
  Commitment,
  ConsentedBanks,
  FinancePurpose,
  FinanceRequestEvent,
  NotGrantedReason,
} from './finance-request-story.rules';
import type { FinanceRequestState } from './finance-request.decider';

type Answered = {
  readonly answer: string;
  readonly terms: BankAnswer;
  readonly text?: Commitment;
  readonly at: string;
};
type Advice = { readonly advice: string; readonly text: Commitment; readonly by: string; readonly at: string };
type Grant = {
  readonly bank: string;
  readonly amount: string;
  readonly rate: string;
  readonly termMonths: number;
  readonly at: string;
};

@Entity('finance_request')
@Index(['requestedAt', 'request'])
export class FinanceRequestRow {
  @PrimaryColumn('text') request: string;
  @Column('text') order: string;
  @Column('text') borrower: string;
  @Index() @Column('text') borrowerRegistration: string;
  @Column('text') lead: string;
  @Column('numeric') amount: string;
  @Column('text') purpose: FinancePurpose;
  @Column('integer') termMonths: number;
  @Column('text') state: FinanceRequestState;
  @Index() @Column('text', { nullable: true }) adviser: string | null;
  @Column('jsonb') consented: ConsentedBanks;
  /** Accounts that were shown it, in the order in which they were. */
  @Column('text', { array: true }) banks: string[];
  /** The last answer of each bank, by its account. */
  @Column('jsonb') answers: Readonly<Record<string, Answered>>;
  @Column('text', { nullable: true }) chosenBank: string | null;
  @Column('jsonb') advice: readonly Advice[];
  @Column('jsonb', { nullable: true }) grant: Grant | null;
  /** Amounts drawn on the grant, by loan. */
  @Column('jsonb') drawn: Readonly<Record<string, string>>;
  @Column('jsonb', { nullable: true }) text: Commitment | null;
  @Column('jsonb', { nullable: true }) refusal: { reason: NotGrantedReason; text?: Commitment } | null;
  @Column('text') requestedAt: string;
  @Column('text') changedAt: string;
}

/** Requests for finance: one row each, whole. What a reader may know of it is for whoever shows it. */
export const financeRequests: Projection<FinanceRequestEvent> = {
  name: 'finance-requests',
  version: 1,
  filter: { categories: ['finance'] },
  entities: [FinanceRequestRow],
  ddl: ['CREATE INDEX finance_request_banks ON finance_request USING gin (banks)'],
  apply: rowFold<FinanceRequestEvent, FinanceRequestRow>({
    entity: FinanceRequestRow,
    keyColumn: 'request',
    keyOf: ({ stream }) => stream.slice('finance-request-'.length),
    fold: (row, event) => {
      const after = requestRow(row, event);
      return after && after !== row ? { ...after, changedAt: event.data.at } : after;
    },
  }),
};

function requestRow(
  row: FinanceRequestRow | undefined,
  event: Recorded<FinanceRequestEvent>,
): FinanceRequestRow | undefined {
  if (event.type === 'FinanceRequested') {
    const { request, order, borrower, lead, amount, purpose, termMonths, consent, text = null, at } = event.data;
    return {
      ...{ request, order, amount, purpose, termMonths, text },
      borrower: borrower.enterprise,
      borrowerRegistration: borrower.registration,
      lead: lead.enterprise,
      consented: consent.banks,
      state: 'asked',
      adviser: null,
      banks: [],
      answers: {},
      chosenBank: null,
      advice: [],
      grant: null,
      drawn: {},
      refusal: null,
      requestedAt: at,
      changedAt: at,
    };
  }
  if (!row) return row;
  switch (event.type) {
    case 'BanksConsented':
      return { ...row, consented: event.data.banks };
    case 'AdviserAssigned':
      return { ...row, adviser: event.data.adviser, state: row.state === 'asked' ? 'advised' : row.state };
    case 'FinanceAdvised':
      return { ...row, advice: [...row.advice, event.data] };
    case 'RequestPassedToBanks': {
      const fresh = event.data.banks.filter((bank) => !row.banks.includes(bank));
      return { ...row, banks: [...row.banks, ...fresh], state: row.chosenBank === null ? 'with-banks' : 'chosen' };
    }
    case 'BankAnswered': {
      const { bank, ...answered } = event.data;
      const answers = { ...row.answers, [bank]: answered };
      return row.chosenBank === bank ? { ...row, answers, chosenBank: null, state: 'with-banks' } : { ...row, answers };
    }
    case 'BankOfferChosen':
      return { ...row, chosenBank: event.data.bank, state: 'chosen' };
    case 'FinanceGranted': {
      const { bank, amount, rate, termMonths, at } = event.data;
      return { ...row, grant: { bank, amount, rate, termMonths, at }, state: 'granted' };
    }
    case 'GrantDrawn':
      return { ...row, drawn: { ...row.drawn, [event.data.loan]: event.data.amount } };
    case 'FinanceRefused': {
      const { reason, text } = event.data;
      return { ...row, refusal: { reason, ...(text && { text }) }, state: 'not-granted' };
    }
    case 'FinanceRequestWithdrawn':
      return { ...row, state: 'withdrawn' };
  }
}

/** Yuan drawn on a grant by loans that stand. */
export const drawnOf = ({ drawn }: Pick<FinanceRequestRow, 'drawn'>): string => sum(Object.values(drawn)).toFixed(2);

/**
 * Whose requests: all (the bureau's and the auditor's), a firm's own, those of an adviser with those that nobody has taken,
 * or those that a bank was shown.
 */
export type RequestsOf =
  | { readonly all: true }
  | { readonly registration: string }
  | { readonly adviser: string }
  | { readonly bank: string };

/** With how it stands for the bank that asks. */
export type FoundRequest = FinanceRequestRow & { readonly standing: BankStanding | null };

export const FINANCE_REQUEST_ORDERS = {
  requested: '"requestedAt"',
  changed: '"changedAt"',
  amount: 'amount',
} as const;
export type FinanceRequestOrder = OrderOf<typeof FINANCE_REQUEST_ORDERS>;

export type RequestsAsked = {
  readonly state?: string;
  /** For banks. */
  readonly standing?: string;
  readonly order?: string;
};

export class FinanceRequests extends Query<Listed<FoundRequest>> {
  constructor(
    readonly whose: RequestsOf,
    readonly asked: RequestsAsked,
    readonly wanted: ListWanted<FinanceRequestOrder>,
  ) {
    super();
  }
}

@QueryHandler(FinanceRequests)
export class FinanceRequestsHandler implements IQueryHandler<FinanceRequests> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ whose, asked, wanted }: FinanceRequests): Promise<Listed<FoundRequest>> {
    const { where, standing } = visible(whose);
    where.equal('"order"', asked.order);
    // To a bank the state of the request itself would tell what others answered.
    const tab = 'bank' in whose ? { column: standing, value: asked.standing } : { column: 'state', value: asked.state };
    const list = {
      from: 'finance_request',
      shown: `*, ${standing} AS standing`,
      key: 'request',
      orders: FINANCE_REQUEST_ORDERS,
      where,
      tab,
    };
    return this.readModels.read(financeRequests, (rows) => listed<FoundRequest>(rows, list, wanted));
  }
}

export class FinanceRequestById extends Query<FoundRequest | undefined> {
  constructor(
    readonly whose: RequestsOf,
    readonly request: string,
  ) {
    super();
  }
}

@QueryHandler(FinanceRequestById)
export class FinanceRequestByIdHandler implements IQueryHandler<FinanceRequestById> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ whose, request }: FinanceRequestById): Promise<FoundRequest | undefined> {
    const { where, standing } = visible(whose);
    where.equal('request', request);
    const [found] = await this.readModels.read(financeRequests, (rows) =>
      rows.query<FoundRequest[]>(
        `SELECT *, ${standing} AS standing FROM finance_request WHERE ${where.sql}`,
        where.values,
      ),
    );
    return found;
  }
}

function visible(whose: RequestsOf): { where: Conditions; standing: string } {
  const where = new Conditions();
  const none = { where, standing: 'NULL::text' };
  if ('registration' in whose) where.equal('"borrowerRegistration"', whose.registration);
  if ('adviser' in whose)
    where.and(`(adviser IS NULL AND state = 'asked' OR adviser = ${where.parameter(whose.adviser)})`);
  if (!('bank' in whose)) return none;
  const bank = `${where.parameter(whose.bank)}::text`;
  where.and(`banks @> ARRAY[${bank}]`);
  return { where, standing: standingOf(bank) };
}

const standingOf = (bank: string): string => `CASE
  WHEN state IN ('withdrawn', 'not-granted') THEN state
  WHEN state = 'granted' AND "chosenBank" IS DISTINCT FROM ${bank} THEN 'not-chosen'
  WHEN "chosenBank" = ${bank} THEN state
  ELSE CASE answers->${bank}->'terms'->>'kind' WHEN 'offer' THEN 'offered' WHEN 'refusal' THEN 'refused' ELSE 'to-answer' END
END`;
