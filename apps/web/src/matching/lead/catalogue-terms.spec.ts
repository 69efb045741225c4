import { afterwards, cleaned, constantsOf, deliversTooSoon, missingOf, USUAL } from './catalogue-terms';

it('says what a line lacks', () => {
  expect(missingOf({ ...USUAL, quantity: '5', unit: { code: 'PR', name: '双' } })).toEqual([
    'deliveryPlace',
    'deliverBy',
    'quotingDeadline',
  ]);
  const nobody = { ...USUAL, visibility: { class: 'invited' as const, invited: [] } };
  expect(missingOf(nobody)).toContain('visibility');
});

it('compares the day of delivery with the end of quoting in Shanghai', () => {
  const quotingDeadline = '2020-03-10T16:30:00Z';
  expect(deliversTooSoon({ quotingDeadline, deliverBy: '2020-03-10' })).toBe(true);
  expect(deliversTooSoon({ quotingDeadline, deliverBy: '2020-03-11' })).toBe(false);
  expect(deliversTooSoon({ quotingDeadline })).toBe(false);
});

it('writes terms as the cells of an import', () => {
  const terms = { ...USUAL, deliveryPlace: { area: '350582', text: '1 号仓库' }, deliverBy: '2020-04-30' };
  expect(constantsOf(terms)).toEqual([
    { field: 'deliverBy', text: '2020-04-30' },
    { field: 'deliveryArea', text: '350582' },
    { field: 'deliveryPlace', text: '1 号仓库' },
    { field: 'supplyMode', text: 'goods' },
    { field: 'freightIncluded', text: '是' },
    { field: 'invoiceType', text: 'special' },
    { field: 'paymentTermDays', text: '30' },
    { field: 'acceptanceHours', text: '48' },
    { field: 'partsAccepted', text: '是' },
    { field: 'earlyCloseAllowed', text: '否' },
    { field: 'visibility', text: 'public' },
  ]);
});

it('keeps for afterwards what has no cell', () => {
  const visibility = { class: 'invited' as const, invited: ['91350100M000100Y43'] };
  expect(constantsOf({ visibility })).toEqual([]);
  expect(afterwards({ ...USUAL, visibility })).toEqual({ visibility });
  expect(afterwards(USUAL)).toBeUndefined();
});

it('leaves out what a form left empty', () => {
  const terms = {
    note: '',
    deliveryPlace: { area: '' },
    visibility: { class: 'public' as const, pledgeText: 'x', invited: [] },
  };
  expect(cleaned(terms)).toEqual({ visibility: { class: 'public' } });
});
