import { Refused } from '@app/kernel';
import { CsvRow, readCsv } from '@app/spreadsheets';

const file = (bytes: Uint8Array, chunk = 7) =>
  (async function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  })();

async function all(
  bytes: Uint8Array | string,
  chunk?: number,
): Promise<{ encoding: string; headings: readonly string[]; rows: CsvRow[] }> {
  const { rows, ...head } = await readCsv(file(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, chunk));
  const read: CsvRow[] = [];
  for await (const row of rows) read.push(row);
  return { ...head, rows: read };
}

// 产品,数量 / 鞋底,5 in GB18030
const gb = Buffer.from([
  0xb2, 0xfa, 0xc6, 0xb7, 0x2c, 0xca, 0xfd, 0xc1, 0xbf, 0x0a, 0xd0, 0xac, 0xb5, 0xd7, 0x2c, 0x35, 0x0a,
]);

describe('a CSV file', () => {
  it.each<[string, Uint8Array, string]>([
    ['UTF-8', Buffer.from('产品,数量\n鞋底,5\n'), 'utf-8'],
    ['UTF-8 with BOM', Buffer.from('\ufeff产品,数量\r\n鞋底,5\r\n'), 'utf-8'],
    ['GB18030', gb, 'gb18030'],
  ])('in %s is read, whatever way its bytes are cut', async (_name, bytes, encoding) => {
    for (const chunk of [1, 2, 3, 7, 1000]) {
      expect(await all(bytes, chunk)).toEqual({
        encoding,
        headings: ['产品', '数量'],
        rows: [{ row: 2, cells: ['鞋底', '5'] }],
      });
    }
  });

  it('may begin with pages of plain ASCII before its first Chinese character', async () => {
    const plain = Buffer.from(`a,b\n${'sole,5\n'.repeat(5000)}`);
    const read = await all(Buffer.concat([plain, gb]), 4096);
    expect(read.encoding).toBe('gb18030');
    expect(read.rows.at(-1)).toEqual({ row: 5003, cells: ['鞋底', '5'] });
  });

  it('keeps commas and line breaks inside quotes, and passes over blank rows', async () => {
    const { rows } = await all('产品,说明\n"鞋底, 橡胶","一\n二"\n,\n\n鞋面,x\n');
    expect(rows).toEqual([
      { row: 2, cells: ['鞋底, 橡胶', '一\n二'] },
      { row: 4, cells: ['鞋面', 'x'] },
    ]);
  });

  it.each(['产品;数量\n鞋底;5\n', '产品\t数量\n鞋底\t5\n'])('may be parted by other marks: %j', async (text) => {
    expect((await all(text)).rows).toEqual([{ row: 2, cells: ['鞋底', '5'] }]);
  });

  it.each<[string, string[]]>([
    ['产品,规格,单位\n鞋底 5" 钢,EVA,双\n', ['鞋底 5" 钢', 'EVA', '双']],
    ['产品\t规格\t单位\n钢管 5"\t"A"级\t双\n', ['钢管 5"', '"A"级', '双']],
    ['产品,规格,单位\n"鞋底 5"" 钢","""A"" 级\n二级",双\n', ['鞋底 5" 钢', '"A" 级\n二级', '双']],
  ])('may hold inch marks and other quotes of its own: %j', async (text, cells) => {
    expect((await all(text)).rows).toEqual([{ row: 2, cells }]);
  });

  it.each<[string, string, Uint8Array]>([
    ['csv-empty', 'nothing', Buffer.from('')],
    ['csv-broken', 'a quote that never ends', Buffer.from('产品,数量\n"鞋底,5\n')],
    ['csv-broken', 'a quote that ends in a later row', Buffer.from('产品,数量\n"鞋底,5\n"鞋面",6\n')],
    ['csv-row-too-large', 'a row that never ends', Buffer.from(`产品\n${'x'.repeat(70_000)}\n`)],
    [
      'csv-bytes-broken',
      'bytes that are no text',
      Buffer.concat([Buffer.from('产品\n'), Buffer.alloc(200_000, 'a\n'), Buffer.from([0xff, 0xff, 0x0a])]),
    ],
    ['csv-too-many-columns', 'a heading without end', Buffer.from(`产品${','.repeat(300)}\n`)],
  ])('is refused as %s: %s', async (code, _name, bytes) => {
    const refusal: unknown = await all(bytes, 65_536).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refused);
    expect((refusal as Refused).code).toBe(code);
  });
});
