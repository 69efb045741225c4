import { Refused } from '@app/kernel';
import { openTable, TableOptions } from './table-file';
import { bookBytes } from './workbook';
import { ZipPart, zipStream } from './zip-stream';

const COLUMNS = [
  { field: 'product', headings: ['产品名称', '品名', 'product'], required: true },
  { field: 'quantity', headings: ['数量', 'quantity'], isNumber: true },
  { field: 'unit', headings: ['单位', 'unit'] },
];
const OPTIONS = { columns: COLUMNS, mostRows: 1_000, mostBytes: 32 << 20 };

const gathered = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
};
const once = async function* (bytes: Buffer) {
  yield bytes;
};

async function read(file: Buffer, options: Partial<TableOptions> = {}) {
  const table = await openTable(once(file), { ...OPTIONS, ...options });
  const rows: (readonly [number, ...string[]])[] = [];
  try {
    for await (const { row, cells } of table.rows) rows.push([row, ...cells]);
  } finally {
    await table.close();
  }
  return { form: table.form, isHeaded: table.isHeaded, headings: table.headings, rows };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'read',
    (error: unknown) => (error instanceof Refused ? error.code : error),
  );

type Part = ZipPart['text'];
const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const rels = (...targets: [string, string][]) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets
    .map(([kind, target], i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** A workbook with these sheets, as XML of their rows. */
function workbook(sheets: readonly Part[], more: readonly ZipPart[] = []): Promise<Buffer> {
  const names = sheets.map((_, i) => `<sheet name="S${i + 1}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('');
  const parts: ZipPart[] = [
    { name: '[Content_Types].xml', text: [TYPES] },
    { name: '_rels/.rels', text: [rels(['officeDocument', 'xl/workbook.xml'])] },
    { name: 'xl/workbook.xml', text: [`<workbook xmlns:r="${OFFICE}"><sheets>${names}</sheets></workbook>`] },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: [rels(...sheets.map((_, i): [string, string] => ['worksheet', `worksheets/sheet${i + 1}.xml`]))],
    },
    ...sheets.map((text, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, text })),
  ];
  return gathered(zipStream([...parts, ...more]));
}

const sheet = (...rows: readonly (readonly string[])[]): string[] => [
  `<worksheet><sheetData>${rows
    .map((cells, r) => {
      const texts = cells.map((cell, c) =>
        cell === '' ? '' : textCell(`${String.fromCharCode(65 + c)}${r + 1}`, cell),
      );
      return `<row r="${r + 1}">${texts.join('')}</row>`;
    })
    .join('')}</sheetData></worksheet>`,
];
const textCell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
const HEADING = ['产品名称', '数量', '单位'];

describe('a workbook', () => {
  it('is read from the first sheet with a known heading, whatever stands above it', async () => {
    const cover = sheet(['填表说明'], ['请填写下一页']);
    const table = sheet(['2020年3月需求目录'], [], HEADING, ['鞋底', '1200', '双'], [], ['鞋面', '5', '双']);
    expect(await read(await workbook([cover, table]))).toEqual({
      ...{ form: 'xlsx', isHeaded: true, headings: HEADING },
      rows: [
        [4, '鞋底', '1200', '双'],
        [6, '鞋面', '5', '双'],
      ],
    });
  });

  it('may have a heading of two rows with merged cells', async () => {
    const table = sheet(['产品名称', '需求', ''], ['', '数量', '单位'], ['鞋底', '5', '双']);
    const { headings, rows } = await read(await workbook([table]));
    expect([headings, rows]).toEqual([HEADING, [[3, '鞋底', '5', '双']]]);
  });

  it('gives numbers, days and minutes as people write them', async () => {
    const columns = (['text', 'number', 'money', 'day', 'minute'] as const).map((kind, i) => {
      return { heading: [...HEADING, '日期', '时间'][i]!, kind };
    });
    const cells = ['鞋底', '1234.5', '0.1', '2020-03-05', '2020-02-20T10:00:00Z'];
    const file = await gathered(bookBytes({ name: '表', columns }, [cells, ['', '0.000001', '123456789012345']]));
    expect((await read(file)).rows).toEqual([
      [2, '鞋底', '1234.5', '0.1', '2020-03-05', '2020-02-20 18:00'],
      [3, '', '0.000001', '123456789012345'],
    ]);
  });

  it('keeps digits that Excel would lose, as text', async () => {
    const columns = [{ heading: '数量', kind: 'number' as const }];
    const file = await gathered(bookBytes({ name: '表', columns }, [['123456789012.123456']]));
    expect((await read(file)).rows).toEqual([[2, '123456789012.123456']]);
  });
});

describe('what was pasted', () => {
  it('is read with its heading, or without one under the letters of its columns', async () => {
    const headed = await read(Buffer.from('品名\t数量\n鞋底\t1200\n'), { isPasted: true });
    expect(headed).toMatchObject({ isHeaded: true, headings: ['品名', '数量'], rows: [[2, '鞋底', '1200']] });
    const bare = await read(Buffer.from('鞋底\t1200\t双\n鞋面\t5\t双\n'), { isPasted: true });
    expect(bare).toMatchObject({
      isHeaded: false,
      headings: ['A', 'B', 'C'],
      rows: [
        [1, '鞋底', '1200', '双'],
        [2, '鞋面', '5', '双'],
      ],
    });
  });

  it('is known by its tabs also when it is said to be CSV', async () => {
    expect(await read(Buffer.from('鞋底\t1200\n'))).toMatchObject({ isHeaded: false, rows: [[1, '鞋底', '1200']] });
  });
});

const filling = function* (times: number, text: string) {
  yield '<worksheet><sheetData>';
  for (let i = 0; i < times; i++) yield text;
  yield '</sheetData></worksheet>';
};

describe('a file that is none, or was made to harm, is refused by its own name', () => {
  it.each([
    ['a PDF', Buffer.from('%PDF-1.7\n...'), 'sheet-is-pdf'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'sheet-is-picture'],
    ['a web page that ERP systems call .xls', Buffer.from('<html><table><tr><td>品名'), 'sheet-is-markup'],
    ['UTF-16', Buffer.from('\ufeff品名,数量', 'utf16le'), 'sheet-is-utf16'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex'), 'sheet-old-workbook'],
    [
      'one behind a password',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'sheet-encrypted',
    ],
    ['half an archive', Buffer.from('PK\u0003\u0004 and no end', 'latin1'), 'sheet-broken'],
    ['nothing', Buffer.alloc(0), 'csv-empty'],
  ])('%s', async (_, file, code) => expect(await codeOf(read(file))).toBe(code));

  it('another archive', async () => {
    const file = await gathered(zipStream([{ name: 'word/document.xml', text: ['<w/>'] }]));
    expect(await codeOf(read(file))).toBe('sheet-not-workbook');
  });

  it('one with macros, under whatever name', async () => {
    const table = sheet(HEADING, ['鞋底', '5', '双']);
    const file = await workbook([table], [{ name: 'xl/vbaProject.bin', text: ['x'] }]);
    expect(await codeOf(read(file))).toBe('sheet-has-macros');
  });

  it('entities that grow a billionfold', async () => {
    const laughs =
      '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' +
      '<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>';
    expect(await codeOf(read(await workbook([[laughs]])))).toBe('sheet-has-entities');
    // Also where the declaration lies over two chunks of the unpacked text.
    const late = [' '.repeat(65_530), laughs];
    expect(await codeOf(read(await workbook([late])))).toBe('sheet-has-entities');
  });

  it('a bomb: small, and large once it is unpacked', async () => {
    const file = await workbook([filling(3_000, `<row><c><v>1</v></c></row>${' '.repeat(10_000)}`)]);
    expect(file.length).toBeLessThan(200_000);
    expect(await codeOf(read(file))).toBe('sheet-packed-too-well');
  });

  it('one that lies about its size', async () => {
    const file = await workbook([filling(3_000, `<row><c><v>1</v></c></row>${' '.repeat(10_000)}`)]);
    // The directory says one byte; what is unpacked says otherwise.
    const at = file.lastIndexOf('xl/worksheets/sheet1.xml') - 46 + 24;
    file.writeUInt32LE(1, at);
    expect(await codeOf(read(file))).toBe('sheet-broken');
  });

  it('thousands of parts', async () => {
    const parts = Array.from({ length: 2_100 }, (_, i) => ({ name: `xl/media/${i}.txt`, text: ['x'] }));
    expect(await codeOf(read(await workbook([sheet(HEADING)], parts)))).toBe('sheet-too-many-parts');
  });

  it('a million columns, and a cell far away', async () => {
    const wide = function* () {
      yield '<worksheet><sheetData><row r="1">';
      for (let i = 0; i < 1_000_000; i++) yield `<c><v>${i}</v></c>`;
      yield '</row></sheetData></worksheet>';
    };
    expect(['csv-too-many-columns', 'sheet-broken']).toContain(await codeOf(read(await workbook([wide()]))));
    const far = `<worksheet><sheetData><row r="1">${textCell('XFD1', 'x')}</row></sheetData></worksheet>`;
    expect(await codeOf(read(await workbook([[far]])))).toBe('csv-too-many-columns');
    const outside = `<worksheet><sheetData><row r="1">${textCell('ZZZZZZ1', 'x')}</row></sheetData></worksheet>`;
    expect(['csv-too-many-columns', 'sheet-broken']).toContain(await codeOf(read(await workbook([[outside]]))));
  });

  it('more bytes than are taken', async () => {
    const file = await workbook([sheet(HEADING, ['鞋底', '5', '双'])]);
    expect(await codeOf(read(file, { mostBytes: 100 }))).toBe('import-too-large');
  });
});
