import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What is known of a stored file. Its name may name a person, so it stands here and in no event. */
@Entity('attachment')
@Index(['registration'])
export class AttachmentRow {
  /** Made by the client. */
  @PrimaryColumn('uuid') id: string;
  /** Account of whoever sent it. */
  @Column('uuid') account: string;
  /** The registration that its sender acted for; null for officers. */
  @Column('uuid', { nullable: true }) registration: string | null;
  @Column('text') name: string;
  @Column('text') mediaType: string;
  /** Bytes. */
  @Column('integer') size: number;
  @Column('text') sha256: string;
  @Column('timestamptz') storedAt: Date;
}

/** Apart from what is known of it, so that lists of files read no bytes. */
@Entity('attachment_bytes')
export class AttachmentBytesRow {
  @PrimaryColumn('uuid') id: string;
  @Column('bytea') bytes: Buffer;
}
