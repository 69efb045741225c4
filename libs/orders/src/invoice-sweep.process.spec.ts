import { instantText, instantTime } from '@app/kernel';
import { recorded } from '@testing/projections';
import type { EvidenceEvent } from './evidence-story.rules';
import { SWEPT_AFTER } from './invoice-claims.handlers';
import { InvoiceSweepProcess } from './invoice-sweep.process';
import type { OrderEvent } from './order-story.rules';
import { confirmed, decided, takenBack } from './testing';

const at = '2020-03-10T02:00:00.000Z';
const process = new InvoiceSweepProcess(undefined as never, undefined as never);
const claimant = { kind: 'statement', statement: 'S2' } as const;

it('looks after the rest of a divided invoice as after the invoice: what no statement took is given back', () => {
  const event: EvidenceEvent = {
    type: 'InvoiceRestClaimed',
    data: { claimant, parts: [], by: { side: 'supplier', account: 'su' }, at },
  };
  const [told] = recorded<EvidenceEvent>(['evidence-3500201130-00000001', event]);
  expect(process.filter.types).toContain('InvoiceRestClaimed');
  expect(process.react(told!)).toEqual([
    {
      do: told!.id,
      at: instantText(instantTime(at) + SWEPT_AFTER),
      task: { do: 'sweep', number: '3500201130-00000001', claimant },
    },
  ]);
});

/** What it plans of an event that it hears. */
const planned = (stream: string, event: OrderEvent | EvidenceEvent) => {
  const isHeard =
    process.filter.types.includes(event.type) && process.filter.categories.includes(stream.split('-')[0]!);
  return isHeard ? process.react(recorded<OrderEvent | EvidenceEvent>([stream, event])[0]!) : [];
};
const release = [{ do: 'O1 V1', task: { do: 'release', order: 'O1', fact: 'V1' } }];

it.each<[string, OrderEvent, object[]]>([
  ['was taken back', takenBack('V1', 'supplier'), release],
  ['was found not to hold', decided('V1', 'not-held'), release],
  ['was accepted by an office', decided('V1', 'accepted'), []],
  ['was confirmed', confirmed('V1', 'lead'), []],
])('an invoice whose fact %s', (_, event, plan) => expect(planned('order-O1', event)).toEqual(plan));

it('a claim that no order follows is swept in time, unless it was released before', () => {
  const onOrder = { kind: 'order', order: 'O1', fact: 'V1' } as const;
  const firm = { enterprise: '91350527000000000F', registration: 'R1' };
  const claimed: EvidenceEvent = {
    type: 'InvoiceClaimed',
    data: {
      ...{ number: 'N1', claimant: onOrder, seller: firm, buyer: firm, parts: [], source: 'hand', files: [], at },
      ...{ by: { side: 'supplier', account: 'su' } },
      figures: { invoicedOn: '2020-03-10', net: '1', gross: '1', vatRate: '0' },
    },
  };
  const due = instantText(instantTime(at) + SWEPT_AFTER);
  expect(planned('evidence-N1', claimed)).toMatchObject([
    { do: 'evidence-N1', at: due, task: { do: 'sweep', number: 'N1', claimant: onOrder } },
  ]);
  const released: EvidenceEvent = { type: 'InvoiceReleased', data: { claimant: onOrder, reason: 'no-order', at } };
  expect(planned('evidence-N1', released)).toEqual([{ drop: 'evidence-N1' }]);
});
