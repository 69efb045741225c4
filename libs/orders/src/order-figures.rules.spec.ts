import * as story from '../test/traded-order';
import { factActs, nextActs, orderFigures } from './order-figures.rules';
import type { ActingReader } from './order-figures.rules';
import { evolve } from './order-fold.rules';
import type { OpenedOrder, Order } from './order-state.rules';
import type { OrderEvent } from './order-story.rules';

const after = (...events: readonly OrderEvent[]): OpenedOrder =>
  [story.opened('O1'), ...events].reduce<Order>(evolve, undefined)!;
const signed = story.contract('C1', '2025-06-12', 30);
const delivered = (quantity: string) => [
  story.delivery('D1', '2025-07-01', quantity),
  story.acceptance('D1', '2025-07-02', quantity),
];
const paid = (gross: string) => [
  story.payment('P1', '2025-07-20', gross),
  story.confirmed('P1', 'supplier', '2025-07-21'),
];
const ended = (kind: 'early-end' | 'default'): OrderEvent => ({
  type: 'OrderEnded',
  data: { fact: 'E1', kind, rest: [{ line: 'S1', quantity: '40' }], at: story.OPENED },
});

describe('where an order stands', () => {
  it.each([
    ['begins', [], 'performing', ['lead', 'supplier'], true],
    ['waits for a contract to be confirmed', [signed[0]!], 'performing', ['supplier'], true],
    ['has a contract', signed, 'performing', ['supplier'], false],
    ['has a delivery that waits', [...signed, story.delivery('D1', '2025-07-01', '60')], 'performing', ['lead'], false],
    ['was delivered in part', [...signed, ...delivered('60')], 'performing', ['supplier'], false],
    ['was delivered, and not paid', [...signed, ...delivered('100')], 'performing', ['lead'], false],
    ['was paid short by a fen', [...signed, ...delivered('100'), ...paid('1129.99')], 'performing', ['lead'], false],
    ['was delivered and paid', [...signed, ...delivered('100'), ...paid('1130.00')], 'performed', [], false],
    ['ended early, unpaid', [...signed, ...delivered('60'), ended('early-end')], 'early-end', ['lead'], false],
    [
      'ended by default, paid',
      [...signed, ...delivered('60'), ...paid('678.00'), ended('default')],
      'default',
      [],
      false,
    ],
  ] as const)('%s', (_what, events, state, holders, contractMissing) => {
    expect(orderFigures(after(...events))).toMatchObject({ state, holders, contractMissing });
  });

  it('is performed though short by the tolerance, and not by more', () => {
    const [entered, agreed] = signed as [Extract<OrderEvent, { type: 'ContractEntered' }>, OrderEvent];
    const contract = { ...entered.data.contract, tolerance: '0.05' };
    const tolerant = [{ ...entered, data: { ...entered.data, contract } }, agreed];
    expect(orderFigures(after(...tolerant, ...delivered('95'), ...paid('1073.50'))).state).toBe('performed');
    expect(orderFigures(after(...tolerant, ...delivered('94.9'), ...paid('1072.37'))).state).toBe('performing');
  });

  it('of a trade not matched here hangs on the other side’s word', () => {
    const recorded: OrderEvent = {
      type: 'OrderOpened',
      data: {
        ...(story.opened('O1') as Extract<OrderEvent, { type: 'OrderOpened' }>).data,
        origin: { kind: 'recorded', fact: 'F1' },
        by: { side: 'supplier', account: 'supplier-clerk' },
      },
    };
    const told = (...events: OrderEvent[]) => [recorded, ...events].reduce<Order>(evolve, undefined)!;
    expect(orderFigures(told())).toMatchObject({ state: 'to-confirm', holders: ['lead'], waits: { lead: 1 } });
    expect(nextActs(told(), 'supplier')).toEqual([]);
    expect(orderFigures(told(story.confirmed('F1', 'lead', '2025-06-20'))).state).toBe('performing');
    const back: OrderEvent = {
      type: 'OrderFactTakenBack',
      data: { fact: 'F1', by: { side: 'supplier', account: 'supplier-clerk' }, at: story.OPENED },
    };
    expect(orderFigures(told(back))).toMatchObject({ state: 'not-held', contractMissing: false, holders: [] });
  });

  it('is not performed while a fact waits for its answer', () => {
    const whole = [...signed, ...delivered('100'), ...paid('1130.00')];
    const more = after(...whole, story.payment('P2', '2025-07-22', '1.00'));
    expect(orderFigures(more)).toMatchObject({ state: 'performing', holders: ['supplier'] });
  });

  it('takes a return off at the price of its delivery, whatever was agreed since', () => {
    const cheaper: OrderEvent = {
      type: 'OrderChanged',
      data: { fact: 'H1', lines: [{ line: 'S1', unitPrice: '8' }], rest: [], at: story.OPENED },
    };
    const back = [story.returned('R1', 'D1', '2025-07-05', '10'), story.confirmed('R1', 'supplier', '2025-07-06')];
    const of = (...events: OrderEvent[]) => orderFigures(after(...signed, ...delivered('60'), cheaper, ...events));
    expect(of(...back)).toMatchObject({ delivered: '500.00', deliveredGross: '565.00' });
    // One that waits for the supplier's word takes nothing off yet.
    expect(of(back[0]!)).toMatchObject({ delivered: '600.00', deliveredGross: '678.00' });
  });

  it('counts nothing that one side alone says', () => {
    const alone = after(...signed, story.delivery('D1', '2025-07-01', '60'), story.payment('P1', '2025-07-20', '9.00'));
    expect(orderFigures(alone)).toMatchObject({ delivered: '0.00', paid: '0.00', waits: { lead: 1, supplier: 1 } });
  });
});

describe('what a reader may do', () => {
  const running = after(...signed, ...delivered('60'));

  it.each<[ActingReader, string[]]>([
    ['lead', ['contract', 'return', 'payment', 'change', 'ending']],
    ['supplier', ['contract', 'delivery', 'invoice', 'payment', 'change', 'ending']],
    ['office', []],
    ['reader', []],
  ])('%s on an order that runs', (reader, acts) => {
    expect(nextActs(running, reader)).toEqual(acts);
  });

  it('is no delivery once all is delivered or the order ended', () => {
    expect(nextActs(after(...signed, ...delivered('100')), 'supplier')).not.toContain('delivery');
    const over = after(...signed, ...delivered('60'), ended('early-end'));
    expect(nextActs(over, 'supplier')).toEqual(['contract', 'invoice', 'payment']);
  });

  const factAfter = (...events: OrderEvent[]) => after(...events).facts.get('P1')!;
  const entered = story.payment('P1', '2025-07-20', '9.00');
  const unanswered: OrderEvent = {
    type: 'OrderFactUnanswered',
    data: { fact: 'P1', since: story.OPENED, at: story.OPENED },
  };
  it.each<[string, OrderEvent[], Record<ActingReader, string[]>]>([
    ['entered', [entered], { lead: ['withdrawal'], supplier: ['confirmation', 'dispute'], office: [], reader: [] }],
    [
      'disputed',
      [entered, story.disputed('P1', 'supplier', '2025-07-21')],
      { lead: ['withdrawal'], supplier: ['confirmation'], office: ['decision'], reader: [] },
    ],
    [
      'unanswered',
      [entered, unanswered],
      { lead: ['withdrawal'], supplier: ['confirmation', 'dispute'], office: ['decision'], reader: [] },
    ],
    [
      'confirmed',
      [entered, story.confirmed('P1', 'supplier', '2025-07-21')],
      { lead: [], supplier: [], office: [], reader: [] },
    ],
  ])('about a fact that is %s', (_state, events, acts) => {
    for (const reader of ['lead', 'supplier', 'office', 'reader'] as const) {
      expect(factActs(factAfter(...events), reader)).toEqual(acts[reader]);
    }
  });

  it('about a delivery is to accept it, and to take it back only untouched', () => {
    const delivery = (...events: OrderEvent[]) => after(...signed, ...events).facts.get('D1')!;
    const sent = story.delivery('D1', '2025-07-01', '60');
    expect(factActs(delivery(sent), 'lead')).toEqual(['acceptance', 'dispute']);
    expect(factActs(delivery(sent), 'supplier')).toEqual(['withdrawal']);
    expect(factActs(delivery(sent, story.acceptance('D1', '2025-07-02', '10')), 'supplier')).toEqual([]);
  });
});
