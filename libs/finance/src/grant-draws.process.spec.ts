import { SetClock } from '@app/kernel';
import { commandContext, memoryStreams } from '@testing/event-store';
import { agendaAfter } from '@testing/matching';
import { financeRequest, FinanceRequestCommand } from './finance-request.decider';
import { GrantDrawsProcess, LOOKED_AT_AFTER } from './grant-draws.process';
import { loan } from './loan.decider';
import { asking, borrower, evidencing, LOAN, offer, person } from './testing';

const START = Date.parse('2020-03-02T02:00:00.000Z');
const REQUEST = 'finance-request-R1';
const at = '2020-03-02T02:00:00.000Z';

/** Granted 400,000 by the bank b1. */
async function granted() {
  const clock = new SetClock(START);
  const { store, streams } = memoryStreams(clock);
  const tell = (command: FinanceRequestCommand) => streams.decide(financeRequest, REQUEST, command, commandContext());
  await tell({ type: 'RequestFinance', ...asking() });
  await tell({ type: 'AssignAdviser', adviser: 'adam', by: 'adam', isOffice: false, at });
  await tell({ type: 'PassToBanks', banks: ['b1'], by: 'adam', at });
  await tell({ type: 'AnswerRequest', answer: 'A1', bank: 'b1', terms: offer(), at });
  await tell({ type: 'ChooseOffer', answer: 'A1', by: person, at });
  await tell({ type: 'GrantFinance', bank: 'b1', at });
  const drawn = async () => Object.fromEntries((await streams.load(financeRequest, REQUEST)).state!.drawn);
  const process = new GrantDrawsProcess(streams, clock);
  /** What the process does by everything that has happened, once all of it is due. */
  const settle = async () => {
    clock.advance(LOOKED_AT_AFTER + 1);
    const events: never[] = [];
    for await (const event of store.readAll({ filter: process.filter })) events.push(event as never);
    for (const { task } of Object.values(agendaAfter(process, events))) {
      await process.perform(task as never, commandContext());
    }
  };
  const draw = () => tell({ type: 'DrawOnGrant', bank: 'b1', loan: LOAN, amount: '300000', at });
  const evidence = (given: object = {}) =>
    streams.decide(loan, `loan-${LOAN}`, { type: 'EvidenceLoan', ...evidencing(given) }, commandContext());
  return { streams, draw, evidence, drawn, settle };
}

describe('a draw on a grant', () => {
  it('is given back where no loan came of it', async () => {
    const { draw, drawn, settle } = await granted();
    await draw();
    expect(await drawn()).toEqual({ [LOAN]: '300000' });
    await settle();
    expect(await drawn()).toEqual({ [LOAN]: '0' });
  });
  it('is given back where the loan stands on another request', async () => {
    const { draw, evidence, drawn, settle } = await granted();
    await draw();
    await evidence({ borrower });
    await settle();
    expect(await drawn()).toEqual({ [LOAN]: '0' });
  });
  it('stands with its loan, and once it was struck no more', async () => {
    const { streams, draw, evidence, drawn, settle } = await granted();
    await draw();
    await evidence({ request: 'R1', order: 'O1' });
    await settle();
    expect(await drawn()).toEqual({ [LOAN]: '300000' });
    const strike = { type: 'StrikeLoan', reason: 'not-drawn', by: 'b1', at } as const;
    await streams.decide(loan, `loan-${LOAN}`, strike, commandContext());
    await settle();
    expect(await drawn()).toEqual({ [LOAN]: '0' });
  });
});
