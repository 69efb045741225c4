import type { CheckName } from './claim-checks';
import { checksOf, pairsOf } from './claim-checks';

type Claim = Parameters<typeof checksOf>[0];
const line = (code: string, values: Record<string, string>) => ({ code, values, events: [] });
const order = { order: 'o-1', lead: 'LEAD', supplier: 'SME', contractDate: '2020-03-01' };
const claim = (change: Partial<Claim> = {}): Claim => ({
  relations: [],
  findings: [],
  derivation: {
    grounds: {} as never,
    counted: {},
    excluded: {},
    leftOut: [],
    supplemented: [],
    lines: [
      line('order', { ...order, kind: 'goods' }),
      line('lead-on-list', order),
      line('pair-new', order),
      { ...line('counted', { invoice: '1', order: 'o-1', date: '2020-04-01', kind: 'goods' }), amount: '10' },
      line('left-out', { invoice: '2', order: 'o-1', date: '2020-04-02', reason: 'invoice-used' }),
    ],
  },
  ...change,
});
const of = (name: CheckName, given: Claim) => checksOf(given).find((check) => check.name === name);

describe('the checks of a claim', () => {
  it('tell what passed and what was left out', () => {
    expect(of('lead-list', claim())).toMatchObject({ result: 'passed', count: 1, left: 0 });
    expect(of('used', claim())).toMatchObject({ result: 'passed', count: 1, left: 1 });
    expect(of('size', claim())).toMatchObject({ result: 'not-asked' });
  });

  it('leave newness open until an officer has checked it', () => {
    const pair = 'LEAD/SME';
    expect(pairsOf(claim())).toEqual([pair]);
    expect(of('new', claim())?.result).toBe('open');
    const looked = (result: 'none-in-system' | 'checked-none' | 'trade-found') =>
      of('new', claim({ relations: [{ pair, pledges: [], result }] }))?.result;
    expect(looked('none-in-system')).toBe('open');
    expect(looked('checked-none')).toBe('passed');
    expect(looked('trade-found')).toBe('failed');
  });

  it('fail on an account in doubt, and leave one open that nobody looked at', () => {
    const payee = { payee: 'p', checked: true, frozen: false, doubts: [], confirmedBy: [] };
    expect(of('payee', claim())?.result).toBe('open');
    expect(of('payee', claim({ payee }))?.result).toBe('passed');
    expect(of('payee', claim({ payee: { ...payee, doubts: ['name-differs'] } }))?.result).toBe('failed');
  });

  it('tell nothing of registers that nobody has looked at', () => {
    expect(of('findings', claim({ findings: undefined }))?.result).toBe('open');
    expect(of('findings', claim())?.result).toBe('passed');
  });
});
