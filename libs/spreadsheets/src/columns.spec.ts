import { guessMapping } from '@app/spreadsheets';

const columns = [
  { field: 'product', headings: ['产品名称', '产品', '物资', '品名', 'product'] },
  { field: 'quantity', headings: ['数量', '需求数量', 'quantity'] },
  { field: 'unit', headings: ['单位', 'unit'] },
  { field: 'firm', headings: ['需求单位', '单位名称'] },
];

describe('headings are recognised', () => {
  it('by name, in any order, width and case', () => {
    expect(guessMapping(['ＱＵＡＮＴＩＴＹ', ' 品 名 ', '单位'], columns)).toEqual({
      product: ' 品 名 ',
      quantity: 'ＱＵＡＮＴＩＴＹ',
      unit: '单位',
    });
  });
  it('without the unit in brackets', () => {
    expect(guessMapping(['产品', '数量（双）'], columns)).toEqual({ product: '产品', quantity: '数量（双）' });
  });
  it('by the longest name they hold, each once', () => {
    expect(guessMapping(['采购的产品名称及规格', '单位', '需求单位'], columns)).toEqual({
      product: '采购的产品名称及规格',
      unit: '单位',
      firm: '需求单位',
    });
  });
  it('and what is not known is left for the person to say', () => expect(guessMapping(['备注'], columns)).toEqual({}));
});
