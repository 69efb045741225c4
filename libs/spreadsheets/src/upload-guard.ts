import { Refused } from '@app/kernel';
import { Entry, fromBufferPromise, ZipFile } from 'yauzl';

// What stands before every parser: nothing is read of a file until it is known what it is and how large it becomes.

export const MOST_PARTS = 2_000;
/** Of all parts together, unpacked. A sheet of 100,000 rows and 20 columns takes about half of it. */
export const LARGEST_UNPACKED = 256 * 1024 * 1024;
/** Sheets of one value a million times come to about 100; what packs better was made to. */
const HIGHEST_RATIO = 150;
/** Below it a high ratio harms nobody. */
const SMALL = 8 * 1024 * 1024;

/** What the first bytes say: a workbook to be looked at further, or text. Refuses everything else by its own name. */
export function kindOfFile(head: Uint8Array): 'workbook' | 'text' {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const found = SIGNATURES.find(([signature]) => bytes.subarray(0, signature.length).equals(signature));
  if (!found) return looksLikeMarkup(bytes) ? refuse('sheet-is-markup') : 'text';
  return found[1] === 'workbook' || found[1] === 'old-workbook' ? 'workbook' : refuse(found[1]);
}

const refuse = (code: string): never => {
  throw new Refused(code, {}, 'file');
};

const SIGNATURES: readonly (readonly [Buffer, string])[] = [
  [Buffer.from('PK\u0003\u0004', 'latin1'), 'workbook'],
  [Buffer.from('PK\u0005\u0006', 'latin1'), 'sheet-not-workbook'],
  [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old-workbook'],
  [Buffer.from('%PDF-'), 'sheet-is-pdf'],
  [Buffer.from('89504e470d0a1a0a', 'hex'), 'sheet-is-picture'],
  [Buffer.from('ffd8ff', 'hex'), 'sheet-is-picture'],
  [Buffer.from('GIF8'), 'sheet-is-picture'],
  [Buffer.from('1f8b', 'hex'), 'sheet-not-workbook'],
  [Buffer.from('Rar!'), 'sheet-not-workbook'],
  [Buffer.from('377abcaf271c', 'hex'), 'sheet-not-workbook'],
  [Buffer.from('7f454c46', 'hex'), 'sheet-not-workbook'],
  [Buffer.from('MZ\u0090\u0000', 'latin1'), 'sheet-not-workbook'],
  [Buffer.from('{\\rtf'), 'sheet-not-workbook'],
  [Buffer.from('fffe', 'hex'), 'sheet-is-utf16'],
  [Buffer.from('feff', 'hex'), 'sheet-is-utf16'],
];

const looksLikeMarkup = (bytes: Buffer): boolean =>
  /^(\ufeff)?\s*<(\?xml|!doctype|html|table|meta|workbook)/i.test(bytes.subarray(0, 256).toString('utf8'));

/**
 * Looks through a whole archive with counters and keeps nothing of it. Refuses `sheet-old-workbook`, `sheet-encrypted`,
 * `sheet-has-macros`, `sheet-not-workbook`, `sheet-broken`, `sheet-too-many-parts`, `sheet-unpacks-too-large`,
 * `sheet-packed-too-well`, `sheet-has-entities`.
 */
export async function checkWorkbook(file: Buffer): Promise<void> {
  if (file[0] === 0xd0) return refuse(isEncrypted(file) ? 'sheet-encrypted' : 'sheet-old-workbook');
  const archive = await fromBufferPromise(file, { lazyEntries: true }).catch(() => refuse('sheet-broken'));
  const names = new Set<string>();
  let size = 0;
  const count = (bytes: number) => {
    size += bytes;
    if (size > LARGEST_UNPACKED) throw tooLarge();
    if (size > SMALL && size > file.length * HIGHEST_RATIO) refuse('sheet-packed-too-well');
  };
  try {
    for await (const entry of archive.eachEntry()) {
      names.add(entry.fileName);
      if (names.size > MOST_PARTS) throw new Refused('sheet-too-many-parts', { max: String(MOST_PARTS) }, 'file');
      if (entry.isEncrypted()) refuse('sheet-encrypted');
      if (/vbaproject\.bin$|\/macrosheets\//i.test(entry.fileName)) refuse('sheet-has-macros');
      // What it says of itself first: a bomb is not unpacked to be found out.
      if (size + entry.uncompressedSize > LARGEST_UNPACKED) throw tooLarge();
      await checkPart(archive, entry, count);
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
    refuse('sheet-broken');
  } finally {
    archive.close();
  }
  if (!names.has('xl/workbook.xml') || !names.has('[Content_Types].xml')) refuse('sheet-not-workbook');
}

const tooLarge = () => new Refused('sheet-unpacks-too-large', { max: String(LARGEST_UNPACKED >> 20) }, 'file');

/** An encrypted workbook is a container of the old kind with a stream of this name. */
const isEncrypted = (file: Buffer): boolean => file.includes(Buffer.from('EncryptedPackage', 'utf16le'));

const DECLARES = [Buffer.from('<!DOCTYPE'), Buffer.from('<!ENTITY')];

/** In text of a sheet `<` never stands as itself, so a declaration is one. Parts in UTF-16 would hide theirs. */
async function checkPart(archive: ZipFile, entry: Entry, count: (bytes: number) => void): Promise<void> {
  const isXml = /\.(xml|rels|vml)$/i.test(entry.fileName);
  let end = Buffer.alloc(0);
  let isFirst = true;
  for await (const chunk of (await archive.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    count(chunk.length);
    if (!isXml) continue;
    const text = Buffer.concat([end, chunk]);
    if (isFirst && (text[0] === 0xff || text[0] === 0xfe || text[0] === 0 || text[1] === 0))
      refuse('sheet-has-entities');
    isFirst = false;
    if (DECLARES.some((declares) => text.includes(declares))) refuse('sheet-has-entities');
    if (/macroEnabled|\.macrosheet/.test(entry.fileName === '[Content_Types].xml' ? text.toString('latin1') : '')) {
      refuse('sheet-has-macros');
    }
    end = text.subarray(-16);
  }
}
