import {
  baseSum,
  countedSum,
  namedLine,
  orderNumbers,
  sumLines,
  tradeRows,
  type DerivationLine,
} from './derivation-rows';

const line = (code: string, values: Record<string, string>, amount?: string): DerivationLine => ({
  code,
  values,
  events: [],
  ...(amount !== undefined && { amount }),
});
const firms = { lead: 'LEAD', supplier: 'SME' };
const first = { order: 'o-1', ...firms, kind: 'goods', contractDate: '2020-03-01' };
const old = { order: 'o-2', ...firms, kind: 'goods', contractDate: '2019-03-01' };

const lines = [
  line('policy', { scheme: 'cluster-sme', version: '2020' }),
  line('order-outside-window', { ...old, from: '2020-01-23', to: '2020-12-31' }),
  line('left-out', { invoice: '9', order: 'o-2', date: '2020-03-02', reason: 'outside-window' }),
  line('order', first),
  line('invoice', { invoice: '1', order: 'o-1', date: '2020-04-01', stated: '6000000' }, '5900000'),
  line('red-invoice', { invoice: '2', redOf: '1', order: 'o-1', date: '2020-04-09', stated: '-100000' }, '-100000'),
  line('counted-as-invoiced', { invoice: '1', order: 'o-1', date: '2020-04-01', kind: 'goods' }, '5900000'),
  line('base-output', {}, '5900000'),
  line('path-output', { lead: '', base: '5900000', rate: '0.01' }, '59000'),
];

describe('the trades of a claim', () => {
  const rows = tradeRows({ lines, leftOut: [{ order: 'o-3', reason: 'match-untrue' }] });

  it('lists what counts first and adds up to the base', () => {
    expect(rows.map(({ invoice, counted }) => [invoice, counted])).toEqual([
      ['1', '5900000'],
      ['9', undefined],
      [undefined, undefined],
    ]);
    expect(countedSum(rows)).toBe(baseSum({ output: '5900000', fee: '0' }));
  });

  it('says why the others do not count', () => {
    expect(rows.map(({ reason, leftOut }) => reason ?? leftOut)).toEqual([undefined, 'outside-window', 'match-untrue']);
  });

  it('keeps a red invoice with the one that it reverses', () => {
    expect(rows[0]?.lines.map(({ code }) => code)).toEqual(['order', 'invoice', 'red-invoice', 'counted-as-invoiced']);
  });

  it('names the firms and the contract of each', () => {
    expect(rows[1]).toMatchObject({ lead: 'LEAD', supplier: 'SME', contractDate: '2019-03-01', date: '2020-03-02' });
  });

  it('shows an order that came without an invoice', () => {
    const [row] = tradeRows({ lines: [line('order-related', { ...first, related: 'any-equity' })], leftOut: [] });
    expect(row).toMatchObject({ order: 'o-1', reason: 'order-related', contractDate: '2020-03-01' });
  });

  it('leaves the steps of the sum to themselves', () => {
    expect(sumLines({ lines }).map(({ code }) => code)).toEqual(['base-output', 'path-output']);
  });

  it('calls orders by their place and firms by their names', () => {
    const names = {
      numbers: orderNumbers(rows),
      firmName: (code: string) => `name of ${code}`,
      areaName: (code: string) => code,
      roundName: (id: string) => `round ${id}`,
      grouped: (amount: string) => `¥${amount}`,
    };
    expect(namedLine(lines[4]!, names)).toMatchObject({
      amount: '¥5900000',
      values: { order: '1', invoice: '1', stated: '¥6000000' },
    });
    expect(namedLine(lines[8]!, names).values).toEqual({ lead: '', base: '¥5900000', rate: '1%' });
    expect(namedLine(line('cap-used-by-round', { round: 'r' }), names).values).toEqual({ round: 'round r' });
    expect(namedLine(lines[1]!, names).values.lead).toBe('name of LEAD');
  });
});
