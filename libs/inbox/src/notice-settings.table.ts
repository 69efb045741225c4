import { Injectable } from '@nestjs/common';
import { Column, DataSource, Entity, In, PrimaryColumn } from 'typeorm';
import type { Way } from './way';

/** What an account wants to be told outside of the app. Without a row: everything. */
@Entity('notice_setting')
export class NoticeSettingRow {
  @PrimaryColumn('uuid') account: string;
  /** The daily digest. */
  @Column('boolean') digest: boolean;
  /** What cannot wait, by each way. */
  @Column('boolean') sms: boolean;
  @Column('boolean') wechat: boolean;
  @Column('boolean') mail: boolean;
  /** When it had its last digest. */
  @Column('timestamptz', { nullable: true }) digestedAt: Date | null;
}

export type NoticeSettings = { readonly digest: boolean } & Readonly<Record<Way, boolean>>;

const USUAL = { digest: true, sms: true, wechat: true, mail: true, digestedAt: null };

@Injectable()
export class NoticeSettingRows {
  constructor(private readonly db: DataSource) {}

  async of(account: string): Promise<NoticeSettingRow> {
    return (await this.ofAll([account])).get(account)!;
  }

  async ofAll(accounts: readonly string[]): Promise<Map<string, NoticeSettingRow>> {
    const rows = await this.db.manager.findBy(NoticeSettingRow, { account: In(accounts) });
    const found = new Map(rows.map((row) => [row.account, row]));
    return new Map(accounts.map((account) => [account, found.get(account) ?? { account, ...USUAL }]));
  }

  async set(account: string, { digest, sms, wechat, mail }: NoticeSettings): Promise<void> {
    await this.db.manager.upsert(NoticeSettingRow, { account, digest, sms, wechat, mail }, ['account']);
  }

  /** Again changes nothing. */
  async stopDigest(account: string): Promise<void> {
    await this.db.query(
      `INSERT INTO kept.notice_setting AS s (account, digest, sms, wechat, mail) VALUES ($1, false, true, true, true)
       ON CONFLICT (account) DO UPDATE SET digest = false WHERE s.digest`,
      [account],
    );
  }
}
