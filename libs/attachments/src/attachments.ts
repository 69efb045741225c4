import { createHash } from 'node:crypto';
import { Clock, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AttachmentBytesRow, AttachmentRow } from './attachment.table';
import { checkFileName, mediaTypeOf } from './file-kinds';

/** Bytes of one file. */
export const LARGEST_FILE = 10 * 1024 * 1024;
/** Bytes of all files of one registration: an applicant whom nobody has checked yet must not fill the disk. */
export const LARGEST_SHELF = 500 * 1024 * 1024;

export type Attachment = {
  readonly id: string;
  readonly account: string;
  readonly registration: string | undefined;
  readonly name: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal; events name a file by id and this. */
  readonly sha256: string;
  /** UTC, ISO 8601. */
  readonly storedAt: string;
};

export type NewAttachment = {
  readonly id: string;
  readonly account: string;
  readonly registration: string | undefined;
  readonly name: string;
  readonly bytes: Buffer;
};

/**
 * Stored files. Several API processes share no disk, so the usual store is the database; another one may take its
 * place.
 */
export abstract class Attachments {
  /**
   * Keeps a file, once: the same id with the same bytes of the same sender again changes nothing. Refuses `file-empty`,
   * `file-too-large`, `file-name-unfit`, `file-name-differs`, `file-kind-not-taken`, `attachment-id-taken`,
   * `attachments-full`.
   */
  abstract keep(file: NewAttachment): Promise<Attachment>;
  /** What is known of each file that exists, by id. */
  abstract find(ids: readonly string[]): Promise<ReadonlyMap<string, Attachment>>;
  abstract bytes(id: string): Promise<Buffer | undefined>;
}

@Injectable()
export class PostgresAttachments extends Attachments {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {
    super();
  }

  async keep({ id, account, registration, name, bytes }: NewAttachment): Promise<Attachment> {
    if (bytes.length === 0) throw new Refused('file-empty', {}, 'file');
    if (bytes.length > LARGEST_FILE) throw new Refused('file-too-large', { max: String(LARGEST_FILE >> 20) }, 'file');
    checkFileName(name);
    const row: AttachmentRow = {
      id,
      account,
      registration: registration ?? null,
      name,
      mediaType: mediaTypeOf(name, bytes),
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      storedAt: new Date(this.clock.now()),
    };
    return this.db.transaction(async (rows) => {
      // One sender at a time, so that uploads beside each other cannot pass the limit together.
      await rows.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `attachments ${registration ?? account}`,
      ]);
      const before = await rows.findOneBy(AttachmentRow, { id });
      if (before) {
        const isSame = before.account === account && before.sha256 === row.sha256 && before.name === name;
        if (!isSame) throw new Refused('attachment-id-taken', {}, 'id');
        return shown(before);
      }
      if (registration !== undefined) {
        const kept = (await rows.sum(AttachmentRow, 'size', { registration })) ?? 0;
        if (Number(kept) + row.size > LARGEST_SHELF) {
          throw new Refused('attachments-full', { max: String(LARGEST_SHELF >> 20) }, 'file');
        }
      }
      // Another sender may take the same id at the same moment; the key decides.
      const written = await rows
        .createQueryBuilder()
        .insert()
        .into(AttachmentRow)
        .values(row)
        .orIgnore()
        .returning('id')
        .execute();
      if ((written.raw as unknown[]).length === 0) throw new Refused('attachment-id-taken', {}, 'id');
      await rows.insert(AttachmentBytesRow, { id, bytes });
      return shown(row);
    });
  }

  async find(ids: readonly string[]): Promise<ReadonlyMap<string, Attachment>> {
    if (ids.length === 0) return new Map();
    const rows = await this.db.manager
      .createQueryBuilder(AttachmentRow, 'row')
      .where('row.id = ANY(:ids)', { ids })
      .getMany();
    return new Map(rows.map((row) => [row.id, shown(row)]));
  }

  async bytes(id: string): Promise<Buffer | undefined> {
    return (await this.db.manager.findOneBy(AttachmentBytesRow, { id }))?.bytes;
  }
}

const shown = ({ registration, storedAt, ...rest }: AttachmentRow): Attachment => ({
  ...rest,
  registration: registration ?? undefined,
  storedAt: storedAt.toISOString(),
});
