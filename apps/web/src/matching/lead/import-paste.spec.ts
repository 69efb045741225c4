import { cellsOf, tableText } from './import-paste';

it('takes cells apart as Excel puts them on the clipboard', () => {
  expect(cellsOf('品名\t数量\r\n鞋底\t1,000\r\n')).toEqual([
    ['品名', '数量'],
    ['鞋底', '1,000'],
  ]);
  expect(cellsOf('"两行\n规格"\t"带""引号"""\n甲\t')).toEqual([
    ['两行\n规格', '带"引号"'],
    ['甲', ''],
  ]);
  expect(cellsOf('品名,数量\n"鞋,底",5')).toEqual([
    ['品名', '数量'],
    ['鞋,底', '5'],
  ]);
  // An inch is no quotation.
  expect(cellsOf('管\t"12 寸\n阀\t2')).toEqual([
    ['管', '"12 寸'],
    ['阀', '2'],
  ]);
});

it('writes text that reads back as the same cells, each row as wide as the widest', () => {
  expect(cellsOf(tableText('鞋,底\t"带""引号"""\n"两行\n规格"\t5\t双')!)).toEqual([
    ['鞋,底', '带"引号"', ''],
    ['两行\n规格', '5', '双'],
  ]);
  // A quotation mark that is no quotation is made one that stands.
  expect(tableText('管\t"12 寸')).toBe('管\t"""12 寸"');
});

it('knows a single column for a table', () => {
  expect(tableText('产品\n鞋底\n')).toBe('产品\t\r\n鞋底\t');
});

it.each(['', '\n\n', ' \t \n'])('finds no row in %j', (text) => {
  expect(tableText(text)).toBeUndefined();
});
