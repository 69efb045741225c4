import { once } from 'node:events';
import { createDeflateRaw } from 'node:zlib';

/** One file of an archive; its text is compressed as it comes. */
export type ZipPart = { readonly name: string; readonly text: Iterable<string> | AsyncIterable<string> };

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc >>> 0;
});

const crc32 = (bytes: Uint8Array, before: number): number => {
  let crc = ~before;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
};

/** Names are UTF-8, and sizes stand behind the data, so that no part is ever held whole. */
const FLAGS = 0x0808;
/** 1980-01-01: the same rows give the same bytes. */
const DOS_DAY = 0x0021;
/** Text is gathered before it is compressed: a call for each cell would cost more than the compressing. */
const GATHERED = 1 << 16;

type Entry = { name: Buffer; crc: number; packed: number; size: number; offset: number };

/** A ZIP archive as it is written. Parts are text; memory does not grow with them. */
export async function* zipStream(parts: Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const entries: Entry[] = [];
  let offset = 0;
  for (const { name, text } of parts) {
    const entry: Entry = { name: Buffer.from(name), crc: 0, packed: 0, size: 0, offset };
    const head = localHeader(entry);
    offset += head.length;
    yield head;
    for await (const bytes of deflated(text, entry)) {
      offset += bytes.length;
      yield bytes;
    }
    const tail = dataDescriptor(entry);
    offset += tail.length;
    yield tail;
    entries.push(entry);
  }
  const directory = Buffer.concat(entries.map(directoryEntry));
  yield directory;
  yield endOfDirectory(entries.length, directory.length, offset);
}

async function* deflated(text: ZipPart['text'], entry: Entry): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw();
  const write = async () => {
    for await (const chunk of gathered(text)) {
      const bytes = Buffer.from(chunk);
      entry.crc = crc32(bytes, entry.crc);
      entry.size += bytes.length;
      if (!deflate.write(bytes)) await once(deflate, 'drain');
    }
    deflate.end();
  };
  // The reader below gets what goes wrong here.
  write().catch((error: Error) => deflate.destroy(error));
  for await (const bytes of deflate as AsyncIterable<Buffer>) {
    entry.packed += bytes.length;
    yield bytes;
  }
}

async function* gathered(text: ZipPart['text']): AsyncGenerator<string> {
  let held = '';
  for await (const piece of text) {
    held += piece;
    if (held.length < GATHERED) continue;
    yield held;
    held = '';
  }
  yield held;
}

function localHeader({ name }: Entry): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(8, 8);
  head.writeUInt16LE(DOS_DAY, 12);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function dataDescriptor({ crc, packed, size }: Entry): Buffer {
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(0x08074b50, 0);
  tail.writeUInt32LE(crc, 4);
  tail.writeUInt32LE(packed, 8);
  tail.writeUInt32LE(size, 12);
  return tail;
}

function directoryEntry({ name, crc, packed, size, offset }: Entry): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(20, 4);
  entry.writeUInt16LE(20, 6);
  entry.writeUInt16LE(FLAGS, 8);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt16LE(DOS_DAY, 14);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(packed, 20);
  entry.writeUInt32LE(size, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(offset, 42);
  return Buffer.concat([entry, name]);
}

function endOfDirectory(count: number, length: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
