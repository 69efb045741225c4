import { createHash, randomBytes } from 'node:crypto';
import { appendFile, chmod, readFile } from 'node:fs/promises';
import { Clock, derivedId, instantText, newId, Refused, shanghaiDay } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { forgetPerson } from './account-access';
import { AccountActs } from './account-acts';
import { AuthSettings } from './auth-settings';
import { ServerKeys } from './server-keys';
import { ErasureRow, ServerKeyRow, VaultRow } from './vault.table';

/** What events may name a natural person by: equal across firms, so that relations show, and worth nothing without the key. */
export type PersonToken = `person:${string}`;

/** Of an identity document's number; upper and lower case, spaces and full width make no difference. */
export const personToken = (keys: ServerKeys, document: string): PersonToken =>
  `person:${keys.mac('person', document.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase())}`;

type Erasure = { readonly id: string; readonly subject: string; readonly at: string; readonly actor: string };

/** Whoever starts a program can act on it. */
export class OtherServerKey extends Error {
  constructor() {
    super(
      'This database belongs to another server key: restore the file server-key in PEITAO_DATA, or set PEITAO_SERVER_KEY. ' +
        '该数据库属于另一个服务器密钥：请恢复 PEITAO_DATA 中的 server-key 文件，或设置 PEITAO_SERVER_KEY。',
    );
    this.name = 'OtherServerKey';
  }
}

/**
 * Personal data outside the log: contacts, persons, and text that may name people. Entries are found by kind and id, and
 * erased by subject: a person token, `account:<id>`, or what they were written about, such as `order:<id>`.
 */
@Injectable()
export class Vault {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: AuthSettings,
    private readonly acts: AccountActs,
  ) {}

  personToken(document: string): PersonToken {
    return personToken(this.settings.keys, document);
  }

  /**
   * Replaces what stood under kind and id. `keepUntil` is the last day (in Shanghai) of a statutory keeping period. Refuses
   * `personal-data-erased` where the entry is restricted: it would come back to light under the same id.
   */
  async put(
    kind: string,
    id: string,
    data: object,
    { subject, keepUntil = null }: { subject: string; keepUntil?: string | null },
    within: EntityManager = this.db.manager,
  ): Promise<void> {
    const sealed = this.settings.keys.seal('vault', placeOf(kind, id), JSON.stringify(data));
    const written: unknown[] = await within.query(
      `INSERT INTO kept.vault_entry AS v (kind, id, subject, sealed, "keepUntil", restricted)
       VALUES ($1, $2, $3, $4, $5, false)
       ON CONFLICT (kind, id) DO UPDATE SET subject = $3, sealed = $4, "keepUntil" = $5 WHERE NOT v.restricted
       RETURNING 1`,
      [kind, id, subject, sealed, keepUntil],
    );
    if (written.length === 0) throw new Refused('personal-data-erased');
  }

  /** Undefined when it never stood here, was erased, or is restricted. */
  async get<T extends object>(kind: string, id: string): Promise<T | undefined> {
    return (await this.getMany<T>(kind, [id])).get(id);
  }

  async getMany<T extends object>(kind: string, ids: readonly string[]): Promise<Map<string, T>> {
    const rows = await this.db.manager
      .createQueryBuilder(VaultRow, 'v')
      .where('v.kind = :kind AND v.id = ANY(:ids) AND NOT v.restricted', { kind, ids })
      .getMany();
    return new Map(rows.map((row) => [row.id, this.opened<T>(row)]));
  }

  /** What its person took back. A restricted entry stays: nobody reads it, and the law asks for it until its day. */
  async remove(kind: string, id: string): Promise<void> {
    await this.db.manager.delete(VaultRow, { kind, id, restricted: false });
  }

  /**
   * Keeps text that may name people and returns its commitment, SHA-256 over salt and text, for the event: it proves later
   * which text was meant, and says nothing once the text is erased, since the salt goes with it.
   */
  async putText(
    kind: string,
    id: string,
    text: string,
    options: { subject: string; keepUntil?: string | null },
  ): Promise<string> {
    const before = await this.get<{ salt: string; text: string }>(kind, id);
    // A retry must give the same commitment, since it stands in the command's hash and events.
    if (before?.text === text) return commitment(before.salt, text);
    const salt = randomBytes(16).toString('hex');
    await this.put(kind, id, { salt, text }, options);
    return commitment(salt, text);
  }

  /**
   * As `putText`, for the command that says the words. For other words under the same key another id: a key used again must
   * not take the place of those that were committed to.
   */
  async commitText(
    kind: string,
    text: string,
    { commandId, commandHash }: { readonly commandId: string; readonly commandHash: string },
    subject: string,
  ): Promise<{ readonly id: string; readonly sha256: string }> {
    const id = derivedId(commandId, commandHash);
    return { id, sha256: await this.putText(kind, id, text, { subject }) };
  }

  /** The text, if it still stands here and is the one that was committed to. */
  async getText(kind: string, id: string, committed: string): Promise<string | undefined> {
    const entry = await this.get<{ salt: string; text: string }>(kind, id);
    return entry && commitment(entry.salt, entry.text) === committed ? entry.text : undefined;
  }

  /**
   * Erases all of one subject; what the law asks to keep is restricted until its day, then erased by `sweep`. Noted first
   * outside the database, so that a backup restored later erases it again. Of `account:<id>` the account's own name and
   * number go with it.
   */
  async erase(subject: string, by: string, within: EntityManager = this.db.manager): Promise<void> {
    const erasure = { id: newId(), subject, at: instantText(this.clock.now()), actor: by } satisfies Erasure;
    if (this.settings.erasureFile) {
      await appendFile(this.settings.erasureFile, `${JSON.stringify(erasure)}\n`, { mode: 0o600, flush: true });
      await chmod(this.settings.erasureFile, 0o600);
    }
    await this.carryOut(erasure, within);
  }

  /** Before anything is served: erasures that a restored database does not know. Returns how many it repeated. */
  async replayErasures(): Promise<number> {
    const asked = this.settings.erasureFile ? await erasuresIn(this.settings.erasureFile) : [];
    const known = new Set((await this.db.manager.find(ErasureRow)).map(({ id }) => id));
    const missing = asked.filter(({ id }) => !known.has(id));
    for (const erasure of missing) await this.carryOut(erasure, this.db.manager);
    return missing.length;
  }

  /** Deletes what was restricted and whose keeping period is over. */
  async sweep(): Promise<void> {
    const today = shanghaiDay(this.clock.now());
    await this.db.query('DELETE FROM kept.vault_entry WHERE restricted AND "keepUntil" < $1', [today]);
  }

  /** Refuses to run on data that another root key has sealed: it would read nothing and give persons other tokens. */
  async checkKey(): Promise<void> {
    const { fingerprint } = this.settings.keys;
    await this.db.query('INSERT INTO kept.server_key ("only", fingerprint) VALUES (true, $1) ON CONFLICT DO NOTHING', [
      fingerprint,
    ]);
    const row = await this.db.manager.findOneByOrFail(ServerKeyRow, { only: true });
    if (row.fingerprint !== fingerprint) throw new OtherServerKey();
  }

  private async carryOut({ id, subject, at, actor }: Erasure, within: EntityManager): Promise<void> {
    await within.transaction(async (rows) => {
      const account = /^account:(.+)$/.exec(subject)?.[1];
      // First, so that whoever else carries out the same erasure waits for this account and not the two for each other.
      if (account !== undefined) await forgetPerson(rows, account);
      const noted: unknown[] = await rows.query(
        `INSERT INTO kept.vault_erasure (id, subject, at, actor) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING RETURNING 1`,
        [id, subject, at, actor],
      );
      // A process that starts between the note in the file and its commit here repeats it too: it is done once.
      if (noted.length === 0) return;
      const today = shanghaiDay(this.clock.now());
      await rows.query(
        'DELETE FROM kept.vault_entry WHERE subject = $1 AND ("keepUntil" IS NULL OR "keepUntil" < $2)',
        [subject, today],
      );
      await rows.query('UPDATE kept.vault_entry SET restricted = true WHERE subject = $1', [subject]);
      if (account !== undefined) await this.acts.record(rows, { actor, act: 'account-erased', account });
      await this.acts.record(rows, { actor, act: 'personal-data-erased', detail: { erasure: id } });
    });
  }

  private opened<T extends object>({ kind, id, sealed }: VaultRow): T {
    const text = this.settings.keys.open('vault', placeOf(kind, id), sealed);
    if (text === undefined) throw new Error(`vault entry ${kind} ${id} was not sealed here`);
    return JSON.parse(text) as T;
  }
}

const placeOf = (kind: string, id: string): string => JSON.stringify([kind, id]);

const commitment = (salt: string, text: string): string =>
  createHash('sha256').update(Buffer.from(salt, 'hex')).update(text).digest('hex');

async function erasuresIn(file: string): Promise<Erasure[]> {
  try {
    const lines = (await readFile(file, 'utf8')).split('\n');
    // A crash while writing leaves half a last line, whose erasure was never carried out nor confirmed to anybody.
    return lines.slice(0, -1).map((line) => JSON.parse(line) as Erasure);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
