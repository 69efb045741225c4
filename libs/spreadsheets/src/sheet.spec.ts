import fc from 'fast-check';
import { csvRows } from './csv';
import { chosenColumns, guardedCell, plainCell, Sheet, sheetBytes, SheetFormat } from './sheet';
import { openTable } from './table-file';

type Row = { readonly text: string; readonly number: string };

const SHEET: Sheet<Row> = {
  title: { zh: '表', en: 'table' },
  columns: [
    { key: 'text', heading: { zh: '产品名称', en: 'product' }, kind: 'text', value: ({ text }) => text },
    { key: 'number', heading: { zh: '数量', en: 'quantity' }, kind: 'number', value: ({ number }) => number },
  ],
};
const COLUMNS = [
  { field: 'text', headings: ['产品名称', 'product'] },
  { field: 'number', headings: ['数量', 'quantity'] },
];

async function written(rows: readonly Row[], format: SheetFormat, language: 'zh' | 'en' = 'zh'): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of sheetBytes(SHEET, rows, { format, language })) all.push(chunk as Buffer);
  return Buffer.concat(all);
}

async function readBack(file: Buffer) {
  const bytes = (async function* () {
    yield file;
  })();
  const table = await openTable(bytes, { columns: COLUMNS, mostRows: 1_000, mostBytes: 1 << 24 });
  const rows: (readonly string[])[] = [];
  for await (const { cells } of table.rows) rows.push([cells[0] ?? '', cells[1] ?? '']);
  await table.close();
  return { headings: table.headings, rows };
}

const FORMULAS = ['=1+1', '+1', '-2+3', '@SUM(A1)', '\tx', '\rx', "'=1", "=cmd|' /C calc'!A0", '＝1+1', '"=1"', ';=1'];
/** What people and attackers write, as far as a cell can hold it: line ends come back as they were. */
const text = fc
  .oneof(
    fc.constantFrom(...FORMULAS),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('_x000D_', '鞋底 42码', 'a,b;c\td'),
  )

  .map((one) => one.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/\r(?!\n)/g, ''))
  .filter((one) => one.trim() !== '' && one.isWellFormed());
const number = fc
  .tuple(fc.integer({ min: 1, max: 999_999_999 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([whole, part]) => `${whole}${part === 0 ? '' : `.${String(part).padStart(6, '0').replace(/0+$/, '')}`}`);

describe('what is exported', () => {
  it.each(['xlsx', 'csv'] as const)('as %s is read back as it was', async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ text, number }), { minLength: 1, maxLength: 20 }), async (rows) => {
        const back = await readBack(await written(rows, format));
        expect(back.headings).toEqual(['产品名称', '数量']);
        expect(back.rows).toEqual(rows.map((row) => [row.text, row.number]));
      }),
      { numRuns: format === 'csv' ? 200 : 10 },
    );
  });

  it('holds no cell that a spreadsheet reckons with', async () => {
    const csv = (
      await written(
        FORMULAS.map((one) => ({ text: one, number: '-5' })),
        'csv',
      )
    ).toString('utf8');
    const { rows } = await csvRows(
      (async function* () {
        // As a spreadsheet reads it, which knows nothing of our marks.
        yield Buffer.from(csv.replaceAll("'", "''"));
      })(),
    );
    const cells: string[] = [];
    for await (const row of rows) cells.push(row.cells[0]!);
    expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
    // A true number is a number, also a negative one.
    expect(csv).toMatch(/,-5\r\n/);
    const sheet = (await readBack(await written([{ text: '=1+1', number: '-5' }], 'xlsx'))).rows;
    expect(sheet).toEqual([['=1+1', '-5']]);
  });

  it('is guarded in a way that can be undone, whatever it is', () => {
    fc.assert(fc.property(fc.string(), (one) => expect(plainCell(guardedCell(one, 'text'))).toBe(one)));
    expect(guardedCell('=1', 'text')).toBe("'=1");
    expect(guardedCell('-1.5', 'number')).toBe('-1.5');
    expect(guardedCell('-1+A1', 'number')).toBe("'-1+A1");
  });

  it('has a mark of UTF-8, and English headings for those who ask', async () => {
    expect((await written([], 'csv', 'en')).toString('utf8')).toBe('\ufeffproduct,quantity\r\n');
    expect((await readBack(await written([{ text: 'a', number: '1' }], 'xlsx', 'en'))).headings).toEqual([
      'product',
      'quantity',
    ]);
  });

  it('has the columns that were chosen, in their order, and no others', () => {
    expect(chosenColumns(SHEET, ['number', 'text', 'number']).map(({ key }) => key)).toEqual(['number', 'text']);
    expect(() => chosenColumns(SHEET, ['price'])).toThrow(expect.objectContaining({ code: 'export-column-unknown' }));
  });
});
