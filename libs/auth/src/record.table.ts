import { Column, DataSource, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What happened to accounts and who did it; nothing in it is ever changed. Names accounts by id, never people. */
@Entity('account_act')
export class AccountActRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) number: string;
  @Column('timestamptz') at: Date;
  /** `account:<id>`, `process:<name>` or `nobody`. */
  @Column('text') actor: string;
  @Column('text') act: string;
  /** The account it was done to. */
  @Column('uuid', { nullable: true }) account: string | null;
  @Column('jsonb') detail: Record<string, string>;
}

/** That somebody looked at what is guarded, or took it away as a file; nothing in it is ever changed. */
@Entity('look')
export class LookRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) number: string;
  @Column('timestamptz') at: Date;
  @Column('text') actor: string;
  @Column('text') enterprise: string;
  @Column('text') kind: string;
  @Column('text') subject: string;
  @Column('text') reason: string;
}

/** Held by whoever makes the triggers; the number is this project's own and means nothing else. */
const TRIGGER_LOCK = 7311;

/** The two records refuse every change but a new row, also from our own code; safe to do at every start. */
export async function keepAppendOnly(db: DataSource): Promise<void> {
  await db.transaction(async (rows) => {
    await rows.query('SELECT pg_advisory_xact_lock($1)', [TRIGGER_LOCK]);
    await rows.query(
      `CREATE OR REPLACE FUNCTION kept.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$`,
    );
    for (const table of ['account_act', 'look'])
      await rows.query(
        `CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kept.${table}
         FOR EACH STATEMENT EXECUTE FUNCTION kept.refuse_change()`,
      );
  });
}
