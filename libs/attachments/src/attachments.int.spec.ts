import { randomUUID } from 'node:crypto';
import { SetClock } from '@app/kernel';
import { DataSource } from 'typeorm';
import { freshDatabase } from '../../../test/support/database';
import { AttachmentBytesRow, AttachmentRow } from './attachment.table';
import { LARGEST_SHELF, NewAttachment, PostgresAttachments } from './attachments';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj');
const account = randomUUID();
const file = (given: Partial<NewAttachment> = {}): NewAttachment => ({
  id: randomUUID(),
  account,
  registration: randomUUID(),
  name: '执照.pdf',
  bytes: PDF,
  ...given,
});

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: DataSource;
let attachments: PostgresAttachments;
beforeAll(async () => {
  database = await freshDatabase();
  const entities = [AttachmentRow, AttachmentBytesRow];
  // An empty database of this test's own, so the entities may make their tables themselves.
  db = await new DataSource({ type: 'postgres', url: database.url, entities, synchronize: true }).initialize();
  attachments = new PostgresAttachments(db, new SetClock(Date.UTC(2020, 1, 10)));
});
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'kept',
    (error: Error & { code?: string }) => error.code ?? error.message,
  );

it('keeps the very bytes, with their hash', async () => {
  const sent = file();
  const kept = await attachments.keep(sent);
  expect(kept).toMatchObject({ mediaType: 'application/pdf', size: PDF.length, storedAt: '2020-02-10T00:00:00.000Z' });
  expect(kept.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(await attachments.bytes(sent.id)).toEqual(PDF);
  expect((await attachments.find([sent.id, randomUUID()])).get(sent.id)).toEqual(kept);
});

it('keeps a file once, however often and however many at once send it', async () => {
  const sent = file();
  const kept = await Promise.all(Array.from({ length: 8 }, () => attachments.keep(sent)));
  expect(new Set(kept.map(({ storedAt, sha256 }) => `${storedAt} ${sha256}`)).size).toBe(1);
  expect(await db.manager.countBy(AttachmentBytesRow, { id: sent.id })).toBe(1);
});

it('gives an id to one sender', async () => {
  const sent = file();
  const rival = { ...sent, account: randomUUID(), registration: randomUUID() };
  const answers = await Promise.all([codeOf(attachments.keep(sent)), codeOf(attachments.keep(rival))]);
  expect(answers.sort()).toEqual(['attachment-id-taken', 'kept']);
  const other = { ...sent, bytes: Buffer.from('%PDF-1.7 other') };
  expect(await codeOf(attachments.keep(other))).toBe('attachment-id-taken');
});

it('lets nobody fill the disk, also not by sending many at once', async () => {
  const registration = randomUUID();
  await db.manager.insert(AttachmentRow, {
    id: randomUUID(),
    account,
    registration,
    name: '大.pdf',
    mediaType: 'application/pdf',
    size: LARGEST_SHELF - 2 * PDF.length,
    sha256: '0',
    storedAt: new Date(0),
  });
  const answers = await Promise.all(Array.from({ length: 6 }, () => codeOf(attachments.keep(file({ registration })))));
  expect(answers.sort()).toEqual([...Array<string>(4).fill('attachments-full'), 'kept', 'kept']);
  expect(await codeOf(attachments.keep(file()))).toBe('kept');
});
