import { recorded } from '@testing/projections';
import type { OrderEvent } from './order-story.rules';
import { ReturningProcess } from './returning.process';
import { endProposed, LATER } from './testing';

/** It plans by the event alone: nothing is looked up. */
const process = new ReturningProcess(undefined as never);
const planned = (event: OrderEvent) => process.react(recorded(['order-O1', event] as const)[0]!);
const rest = [
  { line: 'S1', listing: 'L1', quantity: '20' },
  { line: 'X2', listing: 'L2', share: 'S1', quantity: '5' },
  { line: 'S3', quantity: '7' },
];

it.each<OrderEvent>([
  { type: 'OrderEnded', data: { fact: 'E1', kind: 'default', rest, at: LATER } },
  { type: 'OrderChanged', data: { fact: 'E1', lines: [], rest, at: LATER } },
])('gives back to each listing what $type leaves, and nothing of a trade that was not matched here', (event) => {
  const head = { order: 'O1', fact: 'E1', at: LATER };
  expect(planned(event)).toEqual([
    { do: 'O1 E1 S1', task: { ...head, listing: 'L1', share: 'S1', quantity: '20' } },
    { do: 'O1 E1 X2', task: { ...head, listing: 'L2', share: 'S1', quantity: '5' } },
  ]);
});

it('waits until an end is confirmed', () => expect(planned(endProposed('E1'))).toEqual([]));
