import { Accounts, ServerKeys, Tries, Vault } from '@app/auth';
import { Clock, instantText, instantTime, Refused } from '@app/kernel';
import { mail as words } from '@app/labels';
import { Injectable } from '@nestjs/common';
import { InboxSettings } from './inbox-settings';
import { MailServer } from './mail-server';
import { NotTaken, Way } from './way';
import { Wechat } from './wechat';

const MAIL = 'mail-address';
const OPENID = 'wechat-openid';
const MAIL_LINK_HOURS = 24;
const BINDING_MINUTES = 10;
/** A UUID's sixteen bytes in base64url. */
const ID_LENGTH = 22;

type Mail = { readonly address: string; readonly isVerified: boolean };
type Openid = { readonly openid: string };

/** Where an account can be reached, by way; a way that is left out leads nowhere. */
export type Addresses = Readonly<Partial<Record<Way, string>>>;

/**
 * Where people are reached outside of the app. The mobile number stands with the account; mail address and WeChat's id of
 * the person stand in the vault, and go with the account's erasure.
 */
@Injectable()
export class ContactWays {
  constructor(
    private readonly accounts: Accounts,
    private readonly vault: Vault,
    private readonly keys: ServerKeys,
    private readonly clock: Clock,
    private readonly tries: Tries,
    private readonly settings: InboxSettings,
    private readonly mailServer: MailServer,
    private readonly wechat: Wechat,
  ) {}

  async addressesOf(accounts: readonly string[]): Promise<Map<string, Addresses>> {
    const [contacts, mails, openids] = await Promise.all([
      this.accounts.contacts(accounts),
      this.vault.getMany<Mail>(MAIL, accounts),
      this.vault.getMany<Openid>(OPENID, accounts),
    ]);
    return new Map(
      accounts.map((account) => {
        const mobile = contacts.get(account)?.mobile;
        const mail = mails.get(account);
        const bound = openids.get(account);
        return [
          account,
          {
            ...(mobile && { sms: mobile }),
            ...(mail?.isVerified && { mail: mail.address }),
            ...(bound && { wechat: bound.openid }),
          },
        ];
      }),
    );
  }

  async mailOf(account: string): Promise<Mail | undefined> {
    return this.vault.get<Mail>(MAIL, account);
  }

  async isWechatBound(account: string): Promise<boolean> {
    return (await this.vault.get(OPENID, account)) !== undefined;
  }

  /**
   * Takes an address that is used once its owner has opened the link sent there. Refuses `mail-not-available`,
   * `too-many-tries`, and `mail-not-sent` when the mail server does not take the link; nothing is kept then.
   */
  async setMail(account: string, address: string): Promise<void> {
    if (!this.mailServer.available) throw new Refused('mail-not-available', {}, 'address');
    const known = await this.mailOf(account);
    if (known?.isVerified && known.address === address) return;
    await this.tries.take(
      { key: `mail of ${account}`, most: 5, minutes: 60 },
      { key: `mail to ${address.toLowerCase()}`, most: 5, minutes: 60 },
    );
    const until = instantText(this.clock.now() + MAIL_LINK_HOURS * 3_600_000);
    const token = this.keys.seal('mail-link', 'mail', JSON.stringify([account, address, until]));
    const url = this.settings.urlOf(`/verify-mail#${token}`);
    const id = this.keys.mac('mail-link', `${account} ${until}`);
    try {
      await this.mailServer.send(address, id, { ...words.verify, ...(url !== undefined && { url }) });
    } catch (error) {
      if (error instanceof NotTaken) throw new Refused('mail-not-sent', {}, 'address');
      throw error;
    }
    await this.vault.put(MAIL, account, { address, isVerified: false } satisfies Mail, subjectOf(account));
  }

  async removeMail(account: string): Promise<void> {
    await this.vault.remove(MAIL, account);
  }

  /** Again changes nothing. Refuses `link-unknown`, also for an address that was taken back or replaced. */
  async verifyMail(token: string): Promise<void> {
    const text = this.keys.open('mail-link', 'mail', token);
    if (text === undefined) throw new Refused('link-unknown', {}, 'token');
    const [account, address, until] = JSON.parse(text) as [string, string, string];
    const known = await this.mailOf(account);
    if (known?.address !== address || instantTime(until) <= this.clock.now())
      throw new Refused('link-unknown', {}, 'token');
    await this.vault.put(MAIL, account, { address, isVerified: true } satisfies Mail, subjectOf(account));
  }

  /** The page, to be opened in WeChat within ten minutes, that binds the account. Refuses `wechat-not-available`. */
  bindingUrl(account: string): string {
    const returnTo = this.settings.urlOf('/api/wechat/binding');
    if (!this.wechat.available || returnTo === undefined) throw new Refused('wechat-not-available');
    const id = Buffer.from(account.replaceAll('-', ''), 'hex').toString('base64url');
    const until = Math.floor(this.clock.now() / 1_000) + BINDING_MINUTES * 60;
    const sealed = this.keys.seal('wechat-binding', 'state', id + until.toString(36));
    // WeChat takes letters and digits, at most 128.
    return this.wechat.bindingUrl(returnTo, Buffer.from(sealed, 'base64url').toString('hex'));
  }

  /** Whether WeChat said who came back. Refuses `link-unknown` for a state that was not made here or is over. */
  async bind(state: string, code: string | undefined): Promise<boolean> {
    const sealed = Buffer.from(state, 'hex').toString('base64url');
    const text = this.keys.open('wechat-binding', 'state', sealed) ?? '';
    const [id, until] = [text.slice(0, ID_LENGTH), parseInt(text.slice(ID_LENGTH), 36)];
    if (text === '' || until * 1_000 <= this.clock.now()) throw new Refused('link-unknown', {}, 'state');
    const account = Buffer.from(id, 'base64url')
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const openid = code === undefined ? undefined : await this.openidOf(code);
    if (openid === undefined) return false;
    await this.vault.put(OPENID, account, { openid } satisfies Openid, subjectOf(account));
    return true;
  }

  async unbindWechat(account: string): Promise<void> {
    await this.vault.remove(OPENID, account);
  }

  private async openidOf(code: string): Promise<string | undefined> {
    try {
      return await this.wechat.openidOf(code);
    } catch (error) {
      if (error instanceof NotTaken) return undefined;
      throw error;
    }
  }
}

const subjectOf = (account: string) => ({ subject: `account:${account}` });
