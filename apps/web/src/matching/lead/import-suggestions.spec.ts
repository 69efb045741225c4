import { suggestionFor, type Known } from './import-suggestions';

const known: Known = {
  units: [
    { code: 'PR', zh: ['双', '对'], en: 'pair' },
    { code: 'MTR', zh: ['米'], en: 'metre' },
    { code: 'KGM', zh: ['千克', '公斤'], en: 'kilogram' },
    { code: 'MTK', zh: ['平方米'], en: 'square metre' },
  ],
  areas: [
    { value: '350582', label: '晋江市' },
    { value: '350581', label: '石狮市' },
  ],
  industries: [{ value: '1953', label: '1953 塑料鞋制造' }],
  year: '2020',
};

it.each([
  ['quantity', '约1,000双', '1000'],
  ['quantity', '１２００左右', '1200'],
  ['quantity', '1.5万', '15000'],
  ['quantity', '三百五十', '350'],
  ['quantity', '两千双', '2000'],
  ['quantity', '若干', undefined],
  ['quantity', '1000-1200', undefined],
  ['unit', 'pairs', '双'],
  ['unit', '（平方米）', '平方米'],
  ['unit', '箩', undefined],
  ['supplyMode', '来料', '来料加工'],
  ['invoiceType', '增值税专票13%', '专票'],
  ['freightIncluded', '不含运费', '否'],
  ['partsAccepted', '√', '是'],
  ['deliverBy', '3月31日', '2020-03-31'],
  ['deliverBy', '20200331', '2020-03-31'],
  ['deliverBy', '43921', '2020-03-31'],
  ['deliverBy', '2月30日', undefined],
  ['quotingDeadline', '2月20日下午5点', '2020-02-20 17:00'],
  ['quotingDeadline', '2020/2/20 18时30分', '2020-02-20 18:30'],
  ['paymentTermDays', '月结60天', '60'],
  ['paymentTermDays', '2个月', '60'],
  ['paymentTermDays', '货到付款', '0'],
  ['deliveryArea', '晋江', '350582'],
  ['deliveryArea', '市', undefined],
  ['industry', '塑料鞋制造', '1953'],
  ['product', '鞋底', undefined],
])('for %s %s it suggests %s', (field, text, value) => {
  expect(suggestionFor(field, text, known)?.value).toBe(value);
});

it('shows the name of what it would write as a code', () => {
  expect(suggestionFor('deliveryArea', '晋江', known)).toEqual({ value: '350582', shown: '晋江市' });
});
