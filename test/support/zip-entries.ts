import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';

/** The files inside a zip (an Excel file is one); none where the bytes are no zip. */
export async function entriesOf(bytes: Buffer): Promise<Buffer[]> {
  if (bytes.subarray(0, 4).toString('latin1') !== 'PK\x03\x04') return [];
  const open = promisify<Buffer, { lazyEntries: boolean }, ZipFile>(fromBuffer);
  const zip = await open(bytes, { lazyEntries: true });
  const found: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error);
        buffer(stream).then((content) => (found.push(content), zip.readEntry()), reject);
      });
    });
    zip.once('end', resolve);
    zip.once('error', reject);
    zip.readEntry();
  });
  return found;
}
