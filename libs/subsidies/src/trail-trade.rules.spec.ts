import type { DerivationLine } from './derivation.rules';
import { bundleOf, streamsNamedIn } from './trail-bundle.rules';
import type { BundleContent } from './trail-bundle.rules';
import { namedInvoices, valueOf, whyByOrder } from './trail-trade.rules';

const line = (code: string, order?: string) =>
  ({ code, values: order === undefined ? {} : { order }, events: [] }) as unknown as DerivationLine;

it('tells of each order why it counts or not, without its amounts', () => {
  const lines = [
    line('policy'),
    line('order', 'O1'),
    line('order-related', 'O2'),
    line('delivery', 'O1'),
    line('not-related', 'O1'),
  ];
  expect([...whyByOrder(lines)]).toEqual([
    ['O1', [lines[1], lines[4]]],
    ['O2', [lines[2]]],
  ]);
});

it('knows an invoice as it is, or as the part of an order', () => {
  expect(valueOf({ I1: '5' }, 'I1', 'O1')).toBe('5');
  expect(valueOf({ 'I1#O1': '2', 'I1#O2': '3' }, 'I1', 'O2')).toBe('3');
  expect(valueOf({ I2: '5' }, 'I1', 'O1')).toBeUndefined();
  expect([...namedInvoices({ 'I1#O1': '2', 'I1#O2': '3', I2: '4' })]).toEqual([
    ['I1', ['2', '3']],
    ['I2', ['4']],
  ]);
});

it('finds every stream that facts rest on, once', () => {
  const rests = (stream: string) => [{ event: 'E1', stream }];
  const facts = {
    loans: [{ rests: rests('loan-1'), rates: [{ rests: rests('loan-1') }] }],
    rests: { sales: { 2019: rests('enterprise-1') } },
  };
  expect(streamsNamedIn(facts)).toEqual(['enterprise-1', 'loan-1']);
});

it('has a hash over all of it', () => {
  const content = { format: 'peitao-claim-bundle/1', events: [] } as unknown as BundleContent;
  const { sha256 } = bundleOf(content);
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(bundleOf({ ...content, knownAt: '2021-01-01T00:00:00.000Z' }).sha256).not.toBe(sha256);
});
