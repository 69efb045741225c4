import { isPlainText, Refused } from '@app/kernel';

/**
 * What a file is by its bytes, and the endings that its name may then have. What a sender says of it counts for
 * nothing.
 */
type FileKind = {
  readonly mediaType: string;
  readonly endings: readonly string[];
  readonly begins: readonly number[];
  /** Parts that a ZIP-based format must hold. */
  readonly holds?: readonly string[];
};

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OFFICE = 'application/vnd.openxmlformats-officedocument';

const KINDS: readonly FileKind[] = [
  { mediaType: 'application/pdf', endings: ['pdf'], begins: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { mediaType: 'image/png', endings: ['png'], begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: 'image/jpeg', endings: ['jpg', 'jpeg'], begins: [0xff, 0xd8, 0xff] },
  {
    mediaType: `${OFFICE}.spreadsheetml.sheet`,
    endings: ['xlsx'],
    begins: ZIP,
    holds: ['[Content_Types].xml', 'xl/workbook.xml'],
  },
  {
    mediaType: `${OFFICE}.wordprocessingml.document`,
    endings: ['docx'],
    begins: ZIP,
    holds: ['[Content_Types].xml', 'word/document.xml'],
  },
  { mediaType: 'application/ofd', endings: ['ofd'], begins: ZIP, holds: ['OFD.xml'] },
  // Drawings: 图号 on a listing usually comes with one.
  { mediaType: 'image/vnd.dwg', endings: ['dwg'], begins: [0x41, 0x43, 0x31, 0x30] },
];

export const FILE_ENDINGS: readonly string[] = KINDS.flatMap(({ endings }) => endings);

/** Office files with macros run code on whoever opens them. */
const MACROS = 'vbaProject.bin';

/**
 * The media type by the bytes. Refuses `file-kind-not-taken`, and `file-name-differs` where name and bytes disagree.
 */
export function mediaTypeOf(name: string, bytes: Buffer): string {
  const kind = KINDS.find(
    ({ begins, holds = [] }) =>
      begins.every((byte, at) => bytes[at] === byte) && holds.every((part) => bytes.includes(part)),
  );
  if (!kind || bytes.includes(MACROS))
    throw new Refused('file-kind-not-taken', { allowed: FILE_ENDINGS.join(', ') }, 'file');
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (!kind.endings.includes(ending))
    throw new Refused('file-name-differs', { endings: kind.endings.join(', ') }, 'file');
  return kind.mediaType;
}

const LONGEST_NAME = 200;

/** A name as it may be shown and saved: no path, nothing unseen, not hidden. */
export function checkFileName(name: string): void {
  const isShown = name.length > 0 && name.length <= LONGEST_NAME && isPlainText(name);
  if (!isShown || name.startsWith('.') || /[\\/:*?"<>|\t\r\n]/.test(name)) {
    throw new Refused('file-name-unfit', { max: String(LONGEST_NAME) }, 'file');
  }
}
