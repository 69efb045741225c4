import { ServerKeys, Vault } from '@app/auth';
import { canonicalJson, Clock, instantText, Refused } from '@app/kernel';
import type { Party } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { Column, DataSource, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Payee } from './claim-story.rules';

/** 户名, 开户行, 账号, as the firm gives them. */
export type PayeeAccount = { readonly holder: string; readonly bank: string; readonly number: string };

/**
 * Which firm named which account, by a keyed hash of its number: it shows that two firms name one account, and tells nobody
 * which. The account itself stands in the vault, and goes with the firm's erasure.
 */
@Entity('payee_account')
export class PayeeAccountRow {
  @PrimaryColumn('text') payee: string;
  @Column('text') enterprise: string;
  @Column('text') registration: string;
  @Index() @Column('text') numberMac: string;
  @Column('text') commitment: string;
  @Column('text') namedAt: string;
}

const KIND = 'payee-account';

/** One account, written in one way: else two firms would name it unseen. Refuses what no bank writes. */
function plainNumber(written: string): string {
  const number = written
    .normalize('NFKC')
    .replace(/[\s\p{P}]/gu, '')
    .toUpperCase();
  if (!/^[0-9A-Z]+$/.test(number)) throw new Refused('payee-number-malformed', {}, 'payee/number');
  return number;
}

const plainOf = (account: PayeeAccount): PayeeAccount => ({ ...account, number: plainNumber(account.number) });

@Injectable()
export class PayeeAccounts {
  constructor(
    private readonly db: DataSource,
    private readonly vault: Vault,
    private readonly keys: ServerKeys,
    private readonly clock: Clock,
  ) {}

  /** How an account stands in events. Nothing is kept by it. */
  named(payee: string, { registration }: Party, account: PayeeAccount): Payee {
    const commitment = this.keys.mac(`${KIND}-commitment`, canonicalJson([payee, registration, plainOf(account)]));
    return { payee, commitment };
  }

  /** Keeps an account under the client's id, once; another account under that id is refused. */
  async keep(payee: string, firm: Party, account: PayeeAccount): Promise<Payee> {
    const { enterprise, registration } = firm;
    const plain = plainOf(account);
    const numberMac = this.keys.mac(KIND, plain.number);
    const { commitment } = this.named(payee, firm, account);
    const row = { payee, enterprise, registration, numberMac, commitment, namedAt: instantText(this.clock.now()) };
    // The row first: of two that race under one id the vault keeps the account that the row's hash is of.
    await this.db.manager.createQueryBuilder().insert().into(PayeeAccountRow).values(row).orIgnore().execute();
    const kept = await this.db.manager.findOneBy(PayeeAccountRow, { payee });
    if (kept?.commitment !== commitment) throw new Refused('payee-id-taken', {}, 'payee/payee');
    await this.vault.put(KIND, payee, plain, { subject: `registration:${registration}` });
    return { payee, commitment };
  }

  /** Undefined once it was erased. */
  account(payee: string): Promise<PayeeAccount | undefined> {
    return this.vault.get<PayeeAccount>(KIND, payee);
  }

  /** Other firms that named the same number. */
  async usedBy(payee: string, enterprise: string): Promise<string[]> {
    const rows = await this.db.query<{ enterprise: string }[]>(
      `SELECT DISTINCT other.enterprise FROM kept.payee_account own
       JOIN kept.payee_account other ON other."numberMac" = own."numberMac" AND other.enterprise <> $2
       WHERE own.payee = $1 ORDER BY 1`,
      [payee, enterprise],
    );
    return rows.map((row) => row.enterprise);
  }
}
