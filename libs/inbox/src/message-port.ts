import { Accounts, InnerRole, Role } from '@app/auth';
import { Clock, derivedId } from '@app/kernel';
import type { Label, MessageKind, MessageReach } from '@app/labels';
import { Injectable } from '@nestjs/common';
import { ContactWays } from './contact-ways';
import { Courier } from './courier';
import { inApp } from './delivery.table';
import { MessageRow, MessageRows } from './message.table';
import { NoticeSettingRows } from './notice-settings.table';
import type { SentBy, Way } from './way';

/** One account, the people of a firm's registration, or all who hold a role (of one area). Resolved when it is sent. */
export type Recipient =
  | { readonly account: string }
  | { readonly registration: string; readonly innerRoles?: readonly InnerRole[] }
  | { readonly role: Role; readonly area?: string };

export type Message = {
  /** The sender's; a process derives it from its event. The same id to the same account again changes nothing. */
  readonly id: string;
  readonly to: Recipient;
  /** What happened; `messages` of @app/labels has a kind, a reach and a link for each. */
  readonly about: string;
  readonly kind: MessageKind;
  readonly reach: MessageReach;
  readonly title: Label;
  readonly body: Label;
  /** Path of the page where it is dealt with: `/listings/<id>`. */
  readonly link?: string;
};

const WAYS: readonly Way[] = ['wechat', 'mail', 'sms'];

/** How people are told: always in the app, and at once by the ways they have when it cannot wait; what became of it is on record. */
@Injectable()
export class MessagePort {
  constructor(
    private readonly messages: MessageRows,
    private readonly settings: NoticeSettingRows,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly contacts: ContactWays,
    private readonly courier: Courier,
  ) {}

  /**
   * Resolves once every recipient has it in the app, and what goes further stands in the queue that outlives this process.
   * Returns how many it was new to.
   */
  async send(message: Message): Promise<number> {
    const { to } = message;
    const accounts = 'account' in to ? [to.account] : await this.accounts.accountsOf(to);
    if (accounts.length === 0) return 0;
    const at = new Date(this.clock.now());
    const further = message.reach === 'urgent' ? await this.urgentWays(accounts) : undefined;
    const rows = accounts.map((account) => rowOf(message, account, at));
    const fresh = await this.messages.add(rows, ({ id, account }) => [
      inApp(id, at),
      ...(further?.get(account) ?? []).map((way) => this.courier.deliveryOf(id, way, at)),
    ]);
    if (further) this.courier.wake();
    return fresh.length;
  }

  /** Sends what is due, if any. */
  look(): void {
    this.courier.wake();
  }

  /** Resolves when nothing that is due is under way in this process. */
  settled(): Promise<void> {
    return this.courier.settled();
  }

  /** Every way the person has and has left open. SMS stands for all where there is none, so that the record says so. */
  private async urgentWays(accounts: readonly string[]): Promise<Map<string, readonly SentBy[]>> {
    const [addresses, settings] = await Promise.all([
      this.contacts.addressesOf(accounts),
      this.settings.ofAll(accounts),
    ]);
    return new Map(
      accounts.map((account) => {
        const wanted = settings.get(account)!;
        const has = addresses.get(account)!;
        const open = WAYS.filter((way) => wanted[way] && (way === 'sms' || has[way] !== undefined));
        return [account, open.length > 0 ? open.map((way) => ({ way })) : [{ way: 'sms', isNot: 'turned-off' }]];
      }),
    );
  }
}

function rowOf({ id, about, kind, reach, title, body, link = '' }: Message, account: string, madeAt: Date): MessageRow {
  return {
    id: derivedId('message', id, account),
    account,
    about,
    kind,
    reach,
    titleZh: title.zh,
    titleEn: title.en,
    bodyZh: body.zh,
    bodyEn: body.en,
    link,
    lines: [],
    madeAt,
    readAt: null,
    digestedAt: null,
  };
}
