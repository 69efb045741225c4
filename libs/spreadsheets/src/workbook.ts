import { isCalendarDate, isInstant, shanghaiMinute } from '@app/kernel';
import { zipStream } from './zip-stream';

/**
 * How a cell is written. Text is text whatever it begins with; numbers are decimal strings that become true numbers as far
 * as Excel holds them exactly; a day is YYYY-MM-DD, an instant is shown as a minute in Shanghai.
 */
export type CellKind = 'text' | 'number' | 'money' | 'count' | 'day' | 'minute';

export type BookColumn = {
  readonly heading: string;
  readonly kind: CellKind;
  /** In characters of the standard font. */
  readonly width?: number;
  readonly isHidden?: boolean;
  /** In a protected sheet: people may write here. */
  readonly isOpen?: boolean;
  /** In a protected sheet: the only values that may be chosen. */
  readonly choices?: readonly string[];
};

export type Book = {
  readonly name: string;
  readonly columns: readonly BookColumn[];
  /** Locked but for columns that are open. */
  readonly isProtected?: boolean;
};

export type Cells = readonly (string | undefined)[];

// Cell formats, by their place in styles.xml: each kind once locked, once open.
const KINDS: readonly CellKind[] = ['text', 'number', 'money', 'count', 'day', 'minute'];
const FORMATS: Readonly<Record<CellKind, number>> = { text: 49, number: 0, money: 4, count: 3, day: 164, minute: 165 };
const HEADING_STYLE = 1;
const styleOf = ({ kind, isOpen = false }: BookColumn): number => 2 + KINDS.indexOf(kind) * 2 + (isOpen ? 1 : 0);

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** What one sheet of Excel can hold below its heading. */
const MOST_OPEN_ROWS = 1_048_576;

/** A workbook of one sheet with a heading that stays in sight, as it is written. */
export const bookBytes = (book: Book, rows: Iterable<Cells> | AsyncIterable<Cells>): AsyncGenerator<Buffer> =>
  zipStream([
    { name: '[Content_Types].xml', text: [CONTENT_TYPES] },
    { name: '_rels/.rels', text: [relations([['officeDocument', 'xl/workbook.xml']])] },
    { name: 'xl/workbook.xml', text: [workbook(book.name)] },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: [
        relations([
          ['worksheet', 'worksheets/sheet1.xml'],
          ['styles', 'styles.xml'],
        ]),
      ],
    },
    { name: 'xl/styles.xml', text: [STYLES] },
    { name: 'xl/worksheets/sheet1.xml', text: worksheet(book, rows) },
  ]);

const CONTENT_TYPES =
  `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/></Types>`;

const relations = (targets: readonly (readonly [kind: string, target: string])[]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${targets
    .map(([kind, target], i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** A sheet's name has at most 31 characters and none of those that stand in references. */
const workbook = (name: string): string =>
  `${HEAD}<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets>` +
  `<sheet name="${escaped(name.replace(/[\\/?*[\]:']/g, ' ').slice(0, 31))}" sheetId="1" r:id="rId1"/>` +
  '</sheets></workbook>';

const STYLES =
  `${HEAD}<styleSheet ${MAIN}><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>` +
  '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFE6F1F4"/><bgColor indexed="64"/></patternFill></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  `<cellXfs count="${2 + KINDS.length * 2}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
  '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>' +
  KINDS.flatMap((kind) => [1, 0].map((locked) => cellFormat(FORMATS[kind], locked))).join('') +
  '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

function cellFormat(format: number, locked: number): string {
  return (
    `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyProtection="1">` +
    `<protection locked="${locked}"/></xf>`
  );
}

async function* worksheet(book: Book, rows: Iterable<Cells> | AsyncIterable<Cells>): AsyncGenerator<string> {
  const { columns, isProtected = false } = book;
  const names = columns.map((_, i) => columnName(i));
  yield `${HEAD}<worksheet ${MAIN}><sheetViews><sheetView workbookViewId="0">`;
  yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>';
  for (const [i, column] of columns.entries()) {
    const { width = widthOf(column), isHidden } = column;
    const hidden = isHidden ? ' hidden="1"' : '';
    yield `<col min="${i + 1}" max="${i + 1}" width="${width}" style="${styleOf(column)}"${hidden} customWidth="1"/>`;
  }
  yield '</cols><sheetData><row r="1">';
  for (const [i, { heading }] of columns.entries()) yield textCell(`${names[i]}1`, heading, HEADING_STYLE);
  yield '</row>';
  let number = 1;
  for await (const cells of rows) {
    number += 1;
    let line = `<row r="${number}">`;
    for (const [i, column] of columns.entries()) line += cell(`${names[i]}${number}`, cells[i], column, isProtected);
    yield `${line}</row>`;
  }
  yield '</sheetData>';
  if (isProtected) {
    yield '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" sort="0" autoFilter="0"/>';
    yield validations(columns, names, number);
  }
  yield '</worksheet>';
}

function validations(columns: readonly BookColumn[], names: readonly string[], last: number): string {
  const listed = columns.flatMap(({ choices }, i) => {
    if (!choices) return [];
    const range = `${names[i]}2:${names[i]}${Math.min(Math.max(last, 2), MOST_OPEN_ROWS)}`;
    const formula = escaped(`"${choices.join(',')}"`);
    return `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${range}"><formula1>${formula}</formula1></dataValidation>`;
  });
  return listed.length === 0 ? '' : `<dataValidations count="${listed.length}">${listed.join('')}</dataValidations>`;
}

/** An empty cell of a protected sheet is written too: without its format it would be locked. */
function cell(at: string, text: string | undefined, column: BookColumn, isProtected: boolean): string {
  const style = styleOf(column);
  if (text === undefined || text === '') return isProtected ? `<c r="${at}" s="${style}"/>` : '';
  const number = numberOf(text, column.kind);
  return number === undefined ? textCell(at, text, style) : `<c r="${at}" s="${style}"><v>${number}</v></c>`;
}

const textCell = (at: string, text: string, style: number): string =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

const DAY = 86_400_000;
/** Day 1 of Excel's calendar is 1900-01-01; the 29 February 1900 that it counts lies before every day of ours. */
const EPOCH = Date.UTC(1899, 11, 30);

/** What Excel holds as a number, or undefined for what would lose digits or is none. */
function numberOf(text: string, kind: CellKind): string | undefined {
  if (kind === 'text') return undefined;
  if (kind === 'day') return isCalendarDate(text) ? String((Date.parse(`${text}T00:00Z`) - EPOCH) / DAY) : undefined;
  if (kind === 'minute') {
    const isWritten: boolean = isInstant(text);
    if (!isWritten) return undefined;
    return String((Date.parse(`${shanghaiMinute(text).replace(' ', 'T')}Z`) - EPOCH) / DAY);
  }
  return isExactNumber(text) ? text : undefined;
}

/** A decimal that a double gives back as it is: at most 15 digits. */
export const isExactNumber = (text: string): boolean =>
  /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && text.replace(/\D/g, '').replace(/^0+/, '').length <= 15;

const columnName = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + columnName(index % 26);

const WIDTHS: Readonly<Record<CellKind, number>> = { text: 20, number: 14, money: 16, count: 10, day: 12, minute: 18 };
/** A Chinese character is as wide as two of the standard font. */
const widthOf = ({ heading, kind }: BookColumn): number =>
  Math.max(
    WIDTHS[kind],
    [...heading].reduce((width, sign) => width + (sign > '\u2e7f' ? 2 : 1), 2),
  );

/** XML holds no other control characters, and reads `_x000D_` as the character of that number. */
const escaped = (text: string): string =>
  text
    .toWellFormed()

    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/[&<>"\r]/g, (sign) => ENTITIES[sign]!);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '_x000D_',
};
