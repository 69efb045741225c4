import { nextAct } from './order-next';
import type { FactView, OrderView } from './order-view';

type Line = OrderView['lines'][number];
const LINE = { quantity: '600', accepted: '0', waiting: '0', returned: '0' } as Line;
const order = (given: Partial<OrderView> = {}) =>
  ({
    side: 'supplier',
    next: ['contract', 'delivery', 'invoice', 'payment', 'change', 'ending'],
    facts: [],
    lines: [LINE],
    contractMissing: false,
    deliveredGross: '0.00',
    invoicedGross: '0.00',
    owed: '0.00',
    ...given,
  }) as unknown as OrderView;
const fact = (given: Partial<FactView>) => ({ acts: [], waitsFor: [], ...given }) as unknown as FactView;
const delivered = { lines: [{ ...LINE, accepted: '600' }], deliveredGross: '1130.00', owed: '1130.00' };

describe('the next step of an order', () => {
  it('is to answer the other side before anything else', () => {
    const waiting = fact({ fact: 'a', kind: 'delivery', acts: ['acceptance', 'dispute'] });
    expect(nextAct(order({ facts: [waiting], contractMissing: true }))).toMatchObject({ kind: 'acceptance' });
    const paid = fact({ fact: 'b', kind: 'payment', acts: ['confirmation', 'dispute'] });
    expect(nextAct(order({ facts: [paid] }))).toMatchObject({ kind: 'confirmation', fact: { fact: 'b' } });
  });

  it('is not to confirm what was disputed, which an office decides', () => {
    const disputed = fact({ kind: 'payment', state: 'disputed', acts: ['confirmation'] });
    expect(nextAct(order({ facts: [disputed] }))).toEqual({ kind: 'enter', act: 'delivery' });
    const forOffice = fact({ kind: 'payment', state: 'disputed', acts: ['decision'] });
    expect(nextAct(order({ next: [], facts: [forOffice] }))).toMatchObject({ kind: 'decision' });
  });

  it('is the contract while there is none, unless one waits for the other side', () => {
    expect(nextAct(order({ contractMissing: true }))).toEqual({ kind: 'enter', act: 'contract' });
    const entered = fact({ kind: 'contract', waitsFor: ['lead'] });
    expect(nextAct(order({ contractMissing: true, facts: [entered] }))).toEqual({ kind: 'enter', act: 'delivery' });
  });

  it('is to deliver, then to invoice what was accepted, then to wait', () => {
    expect(nextAct(order())).toEqual({ kind: 'enter', act: 'delivery' });
    expect(nextAct(order(delivered))).toEqual({ kind: 'enter', act: 'invoice' });
    const invoice = fact({ kind: 'invoice', waitsFor: ['lead'], gross: '1130.00' });
    expect(nextAct(order({ ...delivered, facts: [invoice] }))).toBeUndefined();
  });

  it('is for the lead to pay what it owes, once', () => {
    const lead = { ...delivered, side: 'lead' as const, next: ['payment'] as OrderView['next'] };
    expect(nextAct(order(lead))).toEqual({ kind: 'enter', act: 'payment' });
    expect(nextAct(order({ ...lead, facts: [fact({ kind: 'payment', waitsFor: ['supplier'] })] }))).toBeUndefined();
  });

  it('is for an office to decide, and nothing for whoever only reads', () => {
    const silent = fact({ kind: 'delivery', acts: ['decision'] });
    expect(nextAct(order({ side: undefined, next: [], facts: [silent] }))).toMatchObject({ kind: 'decision' });
    expect(nextAct(order({ side: undefined, next: [] }))).toBeUndefined();
  });
});
