import { instantText, SetClock } from '@app/kernel';
import type { QueryBus } from '@nestjs/cqrs';
import { commandContext, memoryStreams } from '@testing/event-store';
import { LoanClaimFacts } from './loan-claims.handlers';
import { LoansOf, LoansOfHandler } from './loan-facts.handlers';
import { loan, LoanCommand, loanOf } from './loan.decider';
import type { LoanTerms } from './loan-story.rules';
import { loanStream } from './loan.handlers';
import * as story from './testing';

const DAY = 24 * 3_600_000;
const { borrower, LOAN, person } = story;
type Taken = { id: string; kind: string; rates: { rate: string }[]; repayments: { principal: string }[] };

/** Loans told a command a day, and what a claim takes of them; the list of a firm's loans is what was told. */
function city() {
  const clock = new SetClock(Date.parse(story.AT));
  const { streams, store } = memoryStreams(clock);
  const ids: string[] = [];
  const tell = async (id: string, command: LoanCommand): Promise<string> => {
    clock.advance(DAY);
    if (!ids.includes(id)) ids.push(id);
    await streams.decide(loan, loanStream(id), command, commandContext());
    return instantText(clock.now());
  };
  const bus: Pick<QueryBus, 'execute'> = {
    execute: async (query: object) => (query instanceof LoansOf ? (loans.execute(query) as never) : (ids as never)),
  };
  const loans = new LoansOfHandler(store, bus as QueryBus);
  const facts = new LoanClaimFacts(bus as QueryBus);
  const evidenced = async (terms: Partial<LoanTerms> = {}) => {
    const own = story.loanTerms(terms);
    const id = loanOf(borrower, own);
    await tell(id, { type: 'EvidenceLoan', ...story.evidencing({ loan: id, terms: own }) });
    return tell(id, { type: 'ConfirmLoan', by: person, at: story.AT });
  };
  const taken = async (knownAt = instantText(clock.now()), firm = borrower) =>
    (await facts.loansOf(firm, knownAt)).map((one) => ({ ...one, loan: one.loan as Taken }));
  return { tell, evidenced, taken };
}
const entry = (id: string) => ({ entry: id, by: 'b1', files: [], at: story.LATER });

it('says of each loan whether it is a preferential one, and whether it takes the place of an older one', async () => {
  const { evidenced, taken } = city();
  await evidenced();
  await evidenced({ contractNumber: 'usual', preferential: false });
  await evidenced({ contractNumber: 'renewing', renews: true });
  const found = await taken();
  expect(found.map(({ loan: { kind } }) => kind).sort()).toEqual(['ordinary', 'preferential', 'renewal']);
  expect(found.find(({ loan: { id } }) => id === LOAN)).toMatchObject({
    loan: { kind: 'preferential' },
    enteredBy: ['b1', person.account],
  });
});

it('takes none of another registration on the same code', async () => {
  const { evidenced, taken } = city();
  await evidenced();
  expect(await taken(undefined, { ...borrower, registration: 'another' })).toEqual([]);
});

it('takes a loan as it was known: from its confirmation, with the rates and repayments until then', async () => {
  const { tell, evidenced, taken } = city();
  const confirmedAt = await evidenced();
  const changedAt = await tell(LOAN, {
    type: 'ChangeLoanRate',
    ...{ ...entry('E1'), from: '2020-04-01', rate: { rate: '0.04' } },
  });
  const repay = { type: 'EnterRepayment', ...entry('E2'), paidOn: '2020-04-01', principal: '100' } as const;
  const repaidAt = await tell(LOAN, repay);
  const struckAt = await tell(LOAN, { type: 'StrikeLoan', reason: 'entered-twice', by: 'b1', at: story.LATER });
  const known = async (at: string) =>
    (await taken(at)).map(({ loan: { rates, repayments } }) => [rates.length, repayments.length]);
  expect(await known(instantText(Date.parse(confirmedAt) - 1))).toEqual([]);
  expect(await known(confirmedAt)).toEqual([[1, 0]]);
  expect(await known(changedAt)).toEqual([[2, 0]]);
  expect(await known(repaidAt)).toEqual([[2, 1]]);
  expect(await known(struckAt)).toEqual([]);
});

it('takes no loan that its firm disputes, nor one corrected since and not confirmed anew', async () => {
  const { tell, evidenced, taken } = city();
  await evidenced();
  await tell(LOAN, { type: 'DisputeLoan', dispute: 'D1', reason: 'wrong-amount', by: person, at: story.LATER });
  expect(await taken()).toEqual([]);
  const { lender, rate } = story.evidencing();
  const terms = story.loanTerms({ amount: '290000' });
  await tell(LOAN, { type: 'CorrectLoan', ...entry('K1'), lender, terms, rate, reason: 'typing-error' });
  expect(await taken()).toEqual([]);
  await tell(LOAN, { type: 'ConfirmLoan', correction: 'K1', by: person, at: story.LATER });
  expect(await taken()).toMatchObject([{ loan: { amount: '290000' } }]);
});
