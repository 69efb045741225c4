import { Decider, Exact, Party, Refused, shanghaiDay, sum } from '@app/kernel';
import type {
  BankAnswer,
  ByMember,
  Commitment,
  ConsentedBanks,
  FinanceRequestEvent,
  NotGrantedReason,
} from './finance-request-story.rules';

// One request for finance on one order: who may see it, what each bank answered, and how it ended. What a bank evidences of
// a loan stands in the loan's own stream; this one holds that no more is drawn than was granted.

type Data<T extends FinanceRequestEvent['type']> = Extract<FinanceRequestEvent, { type: T }>['data'];

export type FinanceRequestCommand =
  /** `borrower` and `lead` are folded from the order's stream by whoever asks. */
  | ({ type: 'RequestFinance' } & Data<'FinanceRequested'>)
  | { type: 'ConsentToBanks'; banks: ConsentedBanks; by: ByMember; at: string }
  /** `isOffice`: a city officer assigns, also in another's place; an adviser only takes what nobody has. */
  | { type: 'AssignAdviser'; adviser: string; by: string; isOffice: boolean; at: string }
  | { type: 'AdviseOnFinance'; advice: string; text: Commitment; by: string; at: string }
  | { type: 'PassToBanks'; banks: readonly string[]; by: string; at: string }
  | { type: 'AnswerRequest'; answer: string; bank: string; terms: BankAnswer; text?: Commitment; at: string }
  | { type: 'ChooseOffer'; answer: string; by: ByMember; at: string }
  | { type: 'GrantFinance'; bank: string; at: string }
  /** `bank`: of a new loan; left out where a loan that stands is corrected or struck. */
  | { type: 'DrawOnGrant'; bank?: string; loan: string; amount: string; at: string }
  | { type: 'RefuseFinance'; reason: NotGrantedReason; text?: Commitment; by: string; at: string }
  | { type: 'WithdrawRequest'; by: ByMember; at: string };

export const FINANCE_REQUEST_STATES = [
  'asked',
  'advised',
  'with-banks',
  'chosen',
  'granted',
  'not-granted',
  'withdrawn',
] as const;
export type FinanceRequestState = (typeof FINANCE_REQUEST_STATES)[number];

type Answered = { readonly answer: string; readonly terms: BankAnswer };

export type FinanceRequest =
  | {
      readonly request: string;
      readonly order: string;
      readonly borrower: Party;
      readonly lead: Party;
      readonly amount: string;
      readonly state: FinanceRequestState;
      readonly consented: ConsentedBanks;
      readonly adviser?: string;
      readonly advice: readonly string[];
      /** The last answer of each bank that it was passed to. */
      readonly banks: ReadonlyMap<string, Answered | undefined>;
      /** Every answer that was ever given, so that a command sent again is known. */
      readonly answers: readonly string[];
      readonly chosen?: { readonly bank: string; readonly answer: string };
      readonly granted?: string;
      readonly drawn: ReadonlyMap<string, string>;
    }
  | undefined;

type Asked = NonNullable<FinanceRequest>;

export const financeRequest: Decider<FinanceRequest, FinanceRequestCommand, FinanceRequestEvent> = {
  initial: undefined,

  decide(command, state) {
    if (command.type === 'RequestFinance') return requestFinance(command, state);
    if (!state) throw new Refused('finance-request-unknown');
    switch (command.type) {
      case 'ConsentToBanks': {
        const { banks, by, at } = command;
        checkBorrower(state, by);
        checkOpen(state);
        const shown = [...state.banks.keys()];
        // What a bank has been shown cannot be unseen.
        if (banks !== 'any' && shown.some((bank) => !banks.includes(bank))) {
          throw new Refused('bank-shown-already', {}, 'banks');
        }
        return sameBanks(banks, state.consented) ? [] : [{ type: 'BanksConsented', data: { banks, by, at } }];
      }
      case 'AssignAdviser': {
        const { adviser, by, isOffice, at } = command;
        if (state.adviser === adviser) return [];
        checkOpen(state);
        if (!isOffice && state.adviser !== undefined) throw new Refused('adviser-assigned');
        // He sees every bank's answer, and would answer knowing the others'.
        if (state.banks.has(adviser)) throw new Refused('adviser-is-bank', {}, 'adviser');
        return [{ type: 'AdviserAssigned', data: { adviser, by, at } }];
      }
      case 'AdviseOnFinance': {
        const { type: _, ...data } = command;
        checkAdviser(state, command.by);
        if (state.advice.includes(command.advice)) return [];
        checkOpen(state);
        return [{ type: 'FinanceAdvised', data }];
      }
      case 'PassToBanks':
        return passToBanks(command, state);
      case 'AnswerRequest':
        return answerRequest(command, state);
      case 'ChooseOffer':
        return chooseOffer(command, state);
      case 'GrantFinance': {
        const { bank, at } = command;
        checkBank(state, bank);
        if (state.state === 'granted' && state.chosen?.bank === bank) return [];
        checkOpen(state);
        if (state.chosen?.bank !== bank) throw new Refused('offer-not-chosen');
        const { amount, rate, termMonths } = offerOf(state, bank)!;
        const { answer } = state.chosen;
        return [{ type: 'FinanceGranted', data: { answer, bank, amount, rate, termMonths, at } }];
      }
      case 'DrawOnGrant':
        return drawOnGrant(command, state);
      case 'RefuseFinance': {
        const { reason, text, by, at } = command;
        checkAdviser(state, by);
        if (state.state === 'not-granted') return [];
        checkOpen(state);
        if (standingOffers(state, at).length > 0) throw new Refused('offer-stands');
        return [{ type: 'FinanceRefused', data: { reason, ...(text && { text }), by, at } }];
      }
      case 'WithdrawRequest': {
        const { by, at } = command;
        checkBorrower(state, by);
        if (state.state === 'withdrawn') return [];
        checkOpen(state);
        return [{ type: 'FinanceRequestWithdrawn', data: { by, at } }];
      }
    }
  },

  evolve(state, event) {
    if (event.type === 'FinanceRequested') {
      const { request, order, borrower, lead, amount, consent } = event.data;
      const nothing = { advice: [], banks: new Map(), answers: [], drawn: new Map() };
      return { request, order, borrower, lead, amount, state: 'asked', consented: consent.banks, ...nothing };
    }
    if (!state) return state;
    switch (event.type) {
      case 'BanksConsented':
        return { ...state, consented: event.data.banks };
      case 'AdviserAssigned':
        return { ...state, adviser: event.data.adviser, state: state.state === 'asked' ? 'advised' : state.state };
      case 'FinanceAdvised':
        return { ...state, advice: [...state.advice, event.data.advice] };
      case 'RequestPassedToBanks': {
        const banks = new Map(state.banks);
        for (const bank of event.data.banks) if (!banks.has(bank)) banks.set(bank, undefined);
        return { ...state, banks, state: state.state === 'chosen' ? 'chosen' : 'with-banks' };
      }
      case 'BankAnswered': {
        const { answer, bank, terms } = event.data;
        const banks = new Map(state.banks).set(bank, { answer, terms });
        const { chosen, ...rest } = { ...state, banks, answers: [...state.answers, answer] };
        return chosen === undefined || chosen.bank !== bank
          ? { ...rest, ...(chosen && { chosen }) }
          : { ...rest, state: 'with-banks' };
      }
      case 'BankOfferChosen': {
        const { answer, bank } = event.data;
        return { ...state, chosen: { answer, bank }, state: 'chosen' };
      }
      case 'FinanceGranted':
        return { ...state, granted: event.data.amount, state: 'granted' };
      case 'GrantDrawn':
        return { ...state, drawn: new Map(state.drawn).set(event.data.loan, event.data.amount) };
      case 'FinanceRefused':
        return { ...state, state: 'not-granted' };
      case 'FinanceRequestWithdrawn':
        return { ...state, state: 'withdrawn' };
    }
  },
};

type Told<T extends FinanceRequestCommand['type']> = Extract<FinanceRequestCommand, { type: T }>;

function requestFinance({ type: _, ...data }: Told<'RequestFinance'>, state: FinanceRequest): FinanceRequestEvent[] {
  if (state) throw new Refused('finance-request-id-taken', {}, 'request');
  checkAboveZero(data.amount);
  return [{ type: 'FinanceRequested', data }];
}

function passToBanks({ banks, by, at }: Told<'PassToBanks'>, state: Asked): FinanceRequestEvent[] {
  checkAdviser(state, by);
  checkOpen(state);
  const { consented, adviser } = state;
  banks.forEach((bank, index) => {
    const field = `banks/${index}`;
    if (bank === adviser) throw new Refused('adviser-is-bank', {}, field);
    if (consented !== 'any' && !consented.includes(bank)) throw new Refused('bank-not-consented', {}, field);
  });
  const fresh = banks.filter((bank) => !state.banks.has(bank));
  return fresh.length > 0 ? [{ type: 'RequestPassedToBanks', data: { banks: fresh, by, at } }] : [];
}

function answerRequest({ answer, bank, terms, text, at }: Told<'AnswerRequest'>, state: Asked): FinanceRequestEvent[] {
  checkBank(state, bank);
  if (state.answers.includes(answer)) return [];
  checkOpen(state);
  if (terms.kind === 'offer') {
    // The firm has taken this offer as it stands; other terms would be offered behind its back.
    if (state.chosen?.bank === bank) throw new Refused('offer-chosen');
    checkAboveZero(terms.amount);
    if (new Exact(terms.amount).gt(state.amount)) throw new Refused('offer-above-request', {}, 'amount');
    if (terms.validUntil < shanghaiDay(at)) throw new Refused('offer-validity-passed', {}, 'validUntil');
  }
  return [{ type: 'BankAnswered', data: { answer, bank, terms, ...(text && { text }), at } }];
}

/** Until the bank has granted, the firm may choose another: a bank that falls silent must not hold it. */
function chooseOffer({ answer, by, at }: Told<'ChooseOffer'>, state: Asked): FinanceRequestEvent[] {
  checkBorrower(state, by);
  if (state.chosen?.answer === answer) return [];
  checkOpen(state);
  const [bank, given] = [...state.banks].find(([, one]) => one?.answer === answer) ?? [];
  if (bank === undefined || given?.terms.kind !== 'offer') throw new Refused('bank-offer-unknown');
  if (given.terms.validUntil < shanghaiDay(at)) throw new Refused('bank-offer-expired');
  return [{ type: 'BankOfferChosen', data: { answer, bank, by, at } }];
}

function drawOnGrant({ bank, loan, amount, at }: Told<'DrawOnGrant'>, state: Asked): FinanceRequestEvent[] {
  if (bank !== undefined) checkBank(state, bank);
  const isOthers = bank !== undefined && state.chosen?.bank !== bank;
  if (state.granted === undefined || isOthers) throw new Refused('finance-not-granted');
  const before = state.drawn.get(loan);
  if (before !== undefined && new Exact(before).eq(amount)) return [];
  const others = [...state.drawn].flatMap(([one, drawn]) => (one === loan ? [] : [drawn]));
  const left = new Exact(state.granted).minus(sum(others));
  if (left.lt(amount)) throw new Refused('loan-above-grant', { left: left.toFixed(2) }, 'amount');
  return [{ type: 'GrantDrawn', data: { loan, amount, at } }];
}

function checkAboveZero(amount: string): void {
  if (new Exact(amount).isZero()) throw new Refused('finance-amount-zero', {}, 'amount');
}

function checkBorrower({ borrower }: Asked, by: Party): void {
  if (borrower.registration !== by.registration) throw new Refused('finance-request-unknown');
}

function checkAdviser({ adviser }: Asked, by: string): void {
  if (adviser !== by) throw new Refused('finance-request-unknown');
}

/** To a bank that it was not passed to there is no such request. */
function checkBank({ banks }: Asked, bank: string): void {
  if (!banks.has(bank)) throw new Refused('finance-request-unknown');
}

const OVER: readonly FinanceRequestState[] = ['granted', 'not-granted', 'withdrawn'];

function checkOpen({ state }: Asked): void {
  if (OVER.includes(state)) throw new Refused('finance-request-over');
}

function offerOf({ banks }: Asked, bank: string): Extract<BankAnswer, { kind: 'offer' }> | undefined {
  const terms = banks.get(bank)?.terms;
  return terms?.kind === 'offer' ? terms : undefined;
}

/** Offers that may still be chosen, and the one that was. */
const standingOffers = (state: Asked, at: string): string[] =>
  [...state.banks.keys()].filter((bank) => {
    const offer = offerOf(state, bank);
    return offer !== undefined && (state.chosen?.bank === bank || offer.validUntil >= shanghaiDay(at));
  });

const sameBanks = (one: ConsentedBanks, other: ConsentedBanks): boolean =>
  one === 'any' || other === 'any'
    ? one === other
    : one.length === other.length && one.every((bank) => other.includes(bank));
