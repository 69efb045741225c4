import { Streams } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { instantTime, SetClock } from '@app/kernel';
import { commandContext, memoryStreams } from '@testing/event-store';
import { ClaimOffsetProcess } from './claim-offset.process';
import { roomOf } from './claim-offset.rules';
import { claim, ClaimCommand } from './claim.decider';
import type { ClaimEvent } from './claim-story.rules';
import { FailingStore } from '../test/claim-approval.contract';
import { act, clerk, countyFinance, filing, grounds, head, text, WAY } from './testing';

const LATER = '2021-06-01T02:00:00.000Z';
const officer = act(countyFinance('back-1'), { at: LATER, reason: '红字发票冲减' });
const X1 = { recovery: 'X1' } as const;
const recovery: ClaimCommand[] = [
  { type: 'OpenRecovery', ...X1, cause: 'red-invoice', worthNow: '50000', grounds: grounds('50000'), at: LATER },
  { type: 'ConfirmRecovery', ...officer, ...X1, hearUntil: '2021-06-08' },
  { type: 'HearFirm', ...X1, text, files: [], by: clerk, at: LATER },
  {
    ...{ type: 'DecideRecovery', ...officer, ...X1, due: '10000', worthNow: '50000', way: 'offset', instalments: [] },
    ...{ against: 'C2', offset: { registration: 'R1', room: '60000.00' } },
  },
];
const second = { by: countyFinance('back-2'), entered: [], at: LATER };
const keep = (part: string, amount: string): ClaimCommand => ({
  ...{ type: 'OffsetAward', part, amount, worthNow: '60000' },
  ...{ of: { claim: 'C1', ...X1, registration: 'R1' }, ...second },
});
const cash = (part: string, amount: string): ClaimCommand => ({
  ...{ type: 'RecordRecoveryPayment', ...X1, part, amount, receipt: `IN-${part}`, paidOn: '2021-06-01' },
  ...second,
});

/** A recovery of C1 that is to be kept back from C2, which is approved. */
async function city() {
  const clock = new SetClock(instantTime(LATER));
  const { streams, store, catalogue } = memoryStreams(clock);
  const tell = (id: string, command: ClaimCommand) => streams.decide(claim, `claim-${id}`, command, commandContext());
  const way = Object.values(WAY).flat() as ClaimCommand[];
  for (const command of [...way, ...recovery]) await tell('C1', command);
  await tell('C2', { ...filing, head: { ...head, claim: 'C2' } });
  const approved = way.findIndex(({ type }) => type === 'ApproveClaim');
  for (const command of way.slice(1, approved + 1)) await tell('C2', command);
  const process = new ClaimOffsetProcess(streams, clock);
  const contexts = new Map<string, ReturnType<typeof commandContext>>();
  /** Carries out what is planned; under the same ids again where it is told again. */
  const carryOut = async (how: ClaimOffsetProcess = process) => {
    for await (const event of store.readAll({ filter: process.filter })) {
      for (const planned of process.react(event as unknown as Recorded<ClaimEvent>)) {
        if (!('do' in planned)) continue;
        if (!contexts.has(planned.do)) contexts.set(planned.do, commandContext());
        await how.perform(planned.task, contexts.get(planned.do)!);
      }
    }
  };
  const stands = async () => {
    const [{ state: one }, { state: other }] = await Promise.all([
      streams.load(claim, 'claim-C1'),
      streams.load(claim, 'claim-C2'),
    ]);
    const offsets = [...other!.offsets.values()].map(({ state }) => state);
    return { recovered: one!.recovered, offsets, room: roomOf(other!) };
  };
  /** A process whose log fails at its n-th append. */
  const dying = (at: number, when: 'before' | 'after') =>
    new ClaimOffsetProcess(new Streams(new FailingStore(store, at, when), clock, catalogue), clock);
  return { tell, carryOut, stands, dying, store };
}

it('what one award gives is recovered in the other claim, by the event that says so', async () => {
  const { tell, carryOut, stands, store } = await city();
  const { events } = await tell('C2', keep('T1', '10000'));
  expect(await stands()).toEqual({ recovered: '0', offsets: ['pending'], room: '50000.00' });
  for (let time = 0; time < 3; time++) await carryOut();
  expect(await stands()).toEqual({ recovered: '10000.00', offsets: ['settled'], room: '50000.00' });
  const paid: object[] = [];
  for await (const { type, data } of store.read('claim-C1')) if (type === 'RecoveryPaid') paid.push(data);
  expect(paid).toMatchObject([{ part: 'T1', amount: '10000.00', receipt: events[0]!.id, against: 'C2' }]);
});

it('what came back as money meanwhile is given back to the award', async () => {
  const { tell, carryOut, stands } = await city();
  await tell('C2', keep('T1', '10000'));
  await tell('C1', cash('K1', '10000'));
  for (let time = 0; time < 3; time++) await carryOut();
  expect(await stands()).toEqual({ recovered: '10000.00', offsets: ['returned'], room: '60000.00' });
});

it('of two offsets at once the recovery takes what it is due, and the other goes back', async () => {
  const { tell, carryOut, stands } = await city();
  await tell('C2', keep('T1', '6000'));
  await tell('C2', keep('T2', '6000'));
  await carryOut();
  expect(await stands()).toEqual({ recovered: '6000.00', offsets: ['settled', 'returned'], room: '54000.00' });
});

const TAKEN = { recovered: '10000.00', offsets: ['settled'], room: '50000.00' };
const REFUSED = { recovered: '1.00', offsets: ['returned'], room: '60000.00' };

describe.each(['before', 'after'] as const)('a crash %s', (when) => {
  it.each([
    ['the recovery takes it', [], 1, TAKEN],
    ['the award is told that it was taken', [], 2, TAKEN],
    ['the award has it back', [cash('K1', '1')], 1, REFUSED],
  ])('%s is healed', async (_, meanwhile, at, after) => {
    const { tell, carryOut, stands, dying } = await city();
    await tell('C2', keep('T1', '10000'));
    for (const command of meanwhile) await tell('C1', command);
    await expect(carryOut(dying(at, when))).rejects.toThrow('crashed');
    // Control: what stops before its end holds the award's payment until it is tried again.
    if (when === 'before') expect((await stands()).offsets).toEqual(['pending']);
    await carryOut();
    expect(await stands()).toEqual(after);
  });
});
