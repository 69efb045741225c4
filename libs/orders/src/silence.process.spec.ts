import { agendaAfter } from '@testing/matching';
import { recorded } from '@testing/projections';
import type { OrderEvent } from './order-story.rules';
import { SilenceProcess } from './silence.process';
import {
  accepted,
  confirmed,
  contractEntered,
  decided,
  delivered,
  disputed,
  endProposed,
  invoiced,
  LATER,
  opened,
  paid,
  returned,
  takenBack,
} from './testing';

/** It plans by the event alone: nothing is looked up. */
const process = new SilenceProcess(undefined as never, undefined as never);
const after = (...events: OrderEvent[]) =>
  agendaAfter(process, recorded(...events.map((event) => ['order-O1', event] as const)));

const line = { line: 'S1', quantity: '60' };
const part = { line: 'S1', accepted: '20', rejected: '0' };
/** Entered on Monday 1 June 2020; the tenth working day after it is Monday 15 June. */
const waits = (fact: string, since = LATER) => ({
  [`O1 ${fact}`]: { at: '2020-06-15T16:00:00.000Z', task: { order: 'O1', fact, since } },
});

describe('the wait for an answer', () => {
  it.each([
    contractEntered('F1'),
    delivered('F1', line),
    returned('F1', 'D1', line),
    invoiced('F1'),
    paid('F1'),
    endProposed('F1'),
  ])('begins with $type', (event) => expect(after(opened(), event)).toEqual(waits('F1')));

  it('begins with an order that was not matched here, and with none that was', () => {
    expect(after(opened())).toEqual({});
    const { data } = opened() as Extract<OrderEvent, { type: 'OrderOpened' }>;
    const origin = { kind: 'recorded', fact: 'R1' } as const;
    expect(after({ type: 'OrderOpened', data: { ...data, origin, at: LATER } })).toEqual(waits('R1'));
  });

  it.each([
    confirmed('F1', 'supplier'),
    disputed('F1', 'supplier'),
    takenBack('F1', 'lead'),
    decided('F1', 'accepted'),
  ])('is over with $type, and another fact’s is not', (event) =>
    expect(after(paid('F1'), paid('F2'), event)).toEqual(waits('F2')),
  );

  it('begins anew with each part of a delivery that is answered', () => {
    const event = accepted('F1', 'K1', part) as Extract<OrderEvent, { type: 'DeliveryAccepted' }>;
    // The eve of the Dragon Boat Festival: two days off and a Sunday worked lie in between.
    const at = '2020-06-24T02:00:00.000Z';
    const again = after(delivered('F1', line), { ...event, data: { ...event.data, at } });
    expect(again).toEqual({
      'O1 F1': { at: '2020-07-09T16:00:00.000Z', task: { order: 'O1', fact: 'F1', since: at } },
    });
  });
});
