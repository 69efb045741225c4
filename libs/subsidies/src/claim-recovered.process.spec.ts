import { Streams } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { instantTime, SetClock } from '@app/kernel';
import { commandContext, memoryStreams } from '@testing/event-store';
import { ClaimRecoveredProcess } from './claim-recovered.process';
import { claim, ClaimCommand } from './claim.decider';
import type { ClaimEvent } from './claim-story.rules';
import { entitlement, netAward, usedInvoices } from './entitlement.decider';
import { act, clerk, countyFinance, grounds, MORNING, SME, text, WAY } from './testing';

const LATER = '2021-06-01T02:00:00.000Z';
const ENTITLEMENT = `entitlement-cluster-sme-${SME}`;
const officer = act(countyFinance('back-1'), { at: LATER, reason: '红字发票冲减' });

/** A recovery of what a claim is worth less, up to its decision. */
const recovery = (worthNow: string, due: string): ClaimCommand[] => [
  { type: 'OpenRecovery', recovery: 'X1', cause: 'red-invoice', worthNow, grounds: grounds(worthNow), at: LATER },
  { type: 'ConfirmRecovery', ...officer, recovery: 'X1', hearUntil: '2021-06-08' },
  { type: 'HearFirm', recovery: 'X1', text, files: [], by: clerk, at: LATER },
  { type: 'DecideRecovery', ...officer, recovery: 'X1', due, worthNow, way: 'at-once', instalments: [] },
];
const back = (part: string, amount: string): ClaimCommand => ({
  ...{ type: 'RecordRecoveryPayment', recovery: 'X1', part, amount, receipt: `IN-${part}`, paidOn: '2021-06-01' },
  ...{ by: countyFinance('back-1'), entered: [], at: LATER },
});

/** A paid claim whose invoice its entitlement holds, and what was told of it since. */
async function city(...since: readonly ClaimCommand[]) {
  const clock = new SetClock(instantTime(LATER));
  const { streams, store } = memoryStreams(clock);
  const award = { round: 'B1', year: 2020, invoices: ['I1'], award: '60000', at: MORNING };
  const reserve = { type: 'ReserveEntitlement', claim: 'C1', attempt: 'A1', ...award } as const;
  await streams.decide(entitlement, ENTITLEMENT, reserve, commandContext());
  for (const command of [...Object.values(WAY).flat(), ...since] as ClaimCommand[]) {
    await streams.decide(claim, 'claim-C1', command, commandContext());
  }
  const process = new ClaimRecoveredProcess(streams, clock);
  const contexts = new Map<string, ReturnType<typeof commandContext>>();
  /** Carries out what is planned; under the same ids again where it is told again. */
  const carryOut = async () => {
    for await (const event of store.readAll({ filter: process.filter })) {
      for (const planned of process.react(event as unknown as Recorded<ClaimEvent>)) {
        if (!('do' in planned)) continue;
        if (!contexts.has(planned.do)) contexts.set(planned.do, commandContext());
        await process.perform(planned.task, contexts.get(planned.do)!);
      }
    }
  };
  return { streams, carryOut };
}

async function standing(streams: Streams) {
  const { state } = await streams.load(entitlement, ENTITLEMENT);
  const [held] = [...state.reservations.values()];
  return { net: held && netAward(held), used: [...usedInvoices(state).keys()] };
}

it('an award of which a part came back is less by it, and keeps its invoices', async () => {
  const { streams, carryOut } = await city(...recovery('50000', '10000'), back('1', '4000'));
  await carryOut();
  expect(await standing(streams)).toEqual({ net: '56000.00', used: ['I1'] });
});

it('an award that came back whole, in parts, is none, and its invoices are free', async () => {
  const { streams, carryOut } = await city(...recovery('0', '60000'), back('1', '20000'), back('2', '40000'));
  await carryOut();
  expect(await standing(streams)).toEqual({ net: '0.00', used: [] });
});

it('each part is told once, however often the process begins anew', async () => {
  const { streams, carryOut } = await city(...recovery('50000', '10000'), back('1', '4000'), back('2', '6000'));
  for (let time = 0; time < 3; time++) await carryOut();
  expect(await standing(streams)).toEqual({ net: '50000.00', used: ['I1'] });
});

it('control: while nobody tells the entitlement, the firm’s cap is taken by what it gave back', async () => {
  const { streams } = await city(...recovery('0', '60000'), back('1', '60000'));
  expect(await standing(streams)).toEqual({ net: '60000.00', used: ['I1'] });
});
