import { checkFileName, mediaTypeOf } from './file-kinds';

const zip = (...parts: string[]) => Buffer.from(`PK\u0003\u0004${parts.join(' ')}`);
const PDF = Buffer.from('%PDF-1.7');

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

describe('a file', () => {
  it.each<[string, Buffer, string]>([
    ['a.pdf', PDF, 'application/pdf'],
    ['a.PDF', PDF, 'application/pdf'],
    ['a.png', Buffer.from('89504e470d0a1a0a', 'hex'), 'image/png'],
    ['a.jpeg', Buffer.from('ffd8ffe0', 'hex'), 'image/jpeg'],
    ['a.dwg', Buffer.from('AC1032'), 'image/vnd.dwg'],
    [
      'a.xlsx',
      zip('[Content_Types].xml', 'xl/workbook.xml'),
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    ['a.ofd', zip('OFD.xml'), 'application/ofd'],
  ])('is what its bytes say: %s', (name, bytes, type) => expect(mediaTypeOf(name, bytes)).toBe(type));

  it.each<[string, Buffer]>([
    ['a.exe', Buffer.from('MZ')],
    ['a.zip', zip('a.txt')],
    ['a.xlsx', zip('[Content_Types].xml', 'xl/workbook.xml', 'xl/vbaProject.bin')],
    ['a.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a.html', Buffer.from('<!doctype html>')],
    ['a.pdf', Buffer.from(' %PDF-1.7')],
  ])('of another kind is not taken: %s', (name, bytes) =>
    expect(refusal(() => mediaTypeOf(name, bytes))).toBe('file-kind-not-taken'),
  );

  it('is called by what it is', () => {
    expect(refusal(() => mediaTypeOf('a.docx', zip('[Content_Types].xml', 'xl/workbook.xml')))).toBe(
      'file-name-differs',
    );
    expect(refusal(() => mediaTypeOf('pdf', Buffer.from('AC1032')))).toBe('file-name-differs');
  });
});

describe('a file’s name', () => {
  it.each(['营业执照（副本） 1.pdf', 'a.pdf'])('may be %s', (name) =>
    expect(refusal(() => checkFileName(name))).toBe('none'),
  );
  it.each([
    '',
    '../a.pdf',
    'a\\b.pdf',
    '.htaccess',
    'a\u202efdp.exe',
    'a\nb.pdf',
    'a"b.pdf',
    `${'长'.repeat(197)}.pdf`,
  ])('may not be %j', (name) => expect(refusal(() => checkFileName(name))).toBe('file-name-unfit'));
});
