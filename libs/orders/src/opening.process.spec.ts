import { Streams } from '@app/event-store';
import { derivedId } from '@app/kernel';
import { listing } from '@app/matching';
import type { ListingEvent, PublishedListing } from '@app/matching';
import { commandContext, memoryStreams } from '@testing/event-store';
import { awarded, closed, EVENING, firm, lead, offered, published, share, supplier } from '@testing/matching';
import { recorded } from '@testing/projections';
import { OpeningProcess, takingsOf } from './opening.process';
import { order } from './order.decider';
import { orderStream } from './order.handlers';
import type { OrderEvent } from './order-story.rules';

/** It plans by the event alone: nothing is looked up. */
const nothing = undefined as never;
const accepted = (...shares: string[]): ListingEvent => ({ type: 'SharesAccepted', data: { shares, at: EVENING } });
const stateAfter = (...events: ListingEvent[]) =>
  events.reduce(listing.evolve, listing.initial) as unknown as PublishedListing;
const history = [...published(), offered(1), offered(2), closed(1, 2)];
const orderId = (n: number, vatRate = '0.13', award = 'A1') =>
  derivedId('order', lead.registration, award, firm(n).registration, 'goods', vatRate);

it('answers each acceptance once', () => {
  const process = new OpeningProcess(nothing, nothing);
  const [event] = recorded(['listing-L1', accepted('S1', 'S2')] as const);
  expect(process.react(event!)).toEqual([
    { do: event!.id, task: { listing: 'L1', shares: ['S1', 'S2'], at: EVENING } },
  ]);
});

describe('orders of accepted shares', () => {
  const split = [
    share('S1', 1, '30'),
    { ...share('S2', 1, '10'), vatRate: '0.03' },
    share('S3', 2, '40'),
    share('S4', 1, '5'),
  ];
  const state = stateAfter(...history, awarded(...split), accepted('S1', 'S2', 'S3'));

  it('are one for each SME and VAT rate, at the terms of the listing and the frozen price', () => {
    const takings = takingsOf(state, ['S1', 'S2', 'S3', 'S4'], EVENING);
    expect(takings.map((one) => [one.order, one.lines.map(({ line }) => line)])).toEqual([
      [orderId(1), ['S1']],
      [orderId(1, '0.03'), ['S2']],
      [orderId(2), ['S3']],
    ]);
    expect(takings[0]).toMatchObject({
      award: 'A1',
      lead,
      supplier: firm(1),
      supplyMode: 'goods',
      lines: [{ listing: 'L1', product: '鞋底', quantity: '30', unitPrice: '2.5', paymentTermDays: 30 }],
    });
  });

  it('hold what was awarded, whatever they gave back since', () => {
    const data = { share: 'S1', order: orderId(1), fact: 'E1', quantity: '25', left: '5', at: EVENING };
    const after = listing.evolve(state, { type: 'ShareRestReturned', data });
    expect(takingsOf(after as unknown as PublishedListing, ['S1'], EVENING)[0]?.lines[0]?.quantity).toBe('30');
  });

  it('of a shared factory are one for each member, and together its share', () => {
    const members = [1, 2, 3].map((n) => ({ ...firm(n), quantity: '10' }));
    const factory = { kind: 'factory', factory: 'G1', shares: members } as const;
    const of = stateAfter(...history, awarded({ ...share('S1', 1, '100'), supplier: factory }), accepted('S1'));
    const quantities = takingsOf(of, ['S1'], EVENING).map(({ lines }) => lines[0]!.quantity);
    expect(quantities).toEqual(['33.333333', '33.333333', '33.333334']);
  });

  it('differ between leads who name their awards alike', () => {
    const stranger = { ...state, lead: supplier(9) };
    expect(takingsOf(stranger, ['S1'], EVENING)[0]?.order).not.toBe(orderId(1));
  });
});

it('makes one order of thirty shares that are taken at once by several processes, some of them twice', async () => {
  const { store, clock, catalogue } = memoryStreams();
  const processes = [1, 2, 3].map(() => new Streams(store, clock, catalogue));
  const takings = Array.from({ length: 30 }, (_, n) => {
    const [taking] = takingsOf(
      { ...stateAfter(...history, awarded(share(`S${n}`, 1, '1')), accepted(`S${n}`)), listing: `L${n}` },
      [`S${n}`],
      EVENING,
    );
    return { taking: taking!, context: commandContext() };
  });
  const told = [...takings, ...takings.slice(0, 10)].map(({ taking, context }, n) =>
    processes[n % 3]!.decide(order, orderStream(taking.order), taking, context),
  );
  await Promise.all(told);
  const events: OrderEvent[] = [];
  for await (const event of store.read(orderStream(orderId(1)))) events.push(event as unknown as OrderEvent);
  expect(events.filter(({ type }) => type === 'OrderOpened')).toHaveLength(1);
  const state = events.reduce(order.evolve, order.initial);
  expect([...state!.lines.keys()].sort()).toEqual(takings.map(({ taking }) => taking.lines[0]!.line).sort());
  expect(events).toHaveLength(30);
});
