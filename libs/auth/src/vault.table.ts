import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One piece of personal data. What refers to it carries its kind and id, and is right also when it is gone. */
@Entity('vault_entry')
export class VaultRow {
  @PrimaryColumn('text') kind: string;
  @PrimaryColumn('text') id: string;
  /** Whose it is: what an erasure names. */
  @Index()
  @Column('text')
  subject: string;
  /** Encrypted JSON. */
  @Column('text') sealed: string;
  /** Until the end of this day the law asks to keep it: an erasure before then restricts it. */
  @Column('date', { nullable: true }) keepUntil: string | null;
  @Column('boolean') restricted: boolean;
}

/** Erasures asked for, so that a restored backup can repeat them before it serves. */
@Entity('vault_erasure')
export class ErasureRow {
  @PrimaryColumn('uuid') id: string;
  @Column('text') subject: string;
  @Column('timestamptz') at: Date;
  @Column('text') actor: string;
}

/** Which root key the sealed columns of this database were written with. */
@Entity('server_key')
@Check('"only"')
export class ServerKeyRow {
  @PrimaryColumn('boolean') only: boolean;
  @Column('text') fingerprint: string;
}
