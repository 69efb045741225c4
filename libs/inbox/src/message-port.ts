import { Accounts, InnerRole, Role } from '@app/auth';
import { Clock, derivedId } from '@app/kernel';
import { sms } from '@app/labels';
import type { Label } from '@app/labels';
import { Injectable, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { DeliveryRow, MessageKind, MessageRow, MessageRows } from './message.table';
import { SmsGateway } from './sms-gateway';

/** One account, the people of a firm's registration, or all who hold a role (of one area). Resolved when it is sent. */
export type Recipient =
  | { readonly account: string }
  | { readonly registration: string; readonly innerRoles?: readonly InnerRole[] }
  | { readonly role: Role; readonly area?: string };

export type Message = {
  /** The sender's; a process derives it from its event. The same id to the same account again changes nothing. */
  readonly id: string;
  readonly to: Recipient;
  readonly kind: MessageKind;
  readonly title: Label;
  readonly body: Label;
  /** Path of the page where it is dealt with: `/listings/<id>`. */
  readonly link?: string;
  /** Also as an SMS with the title; where no gateway is configured, recorded as 未送达. */
  readonly alsoBySms?: boolean;
};

/** Longer under way than this, nobody is waiting for the gateway's answer any more. */
const GIVEN_UP = 600_000;

/** How people are told: always in the app, and by SMS when asked and configured; what became of it is on record. */
@Injectable()
export class MessagePort implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly messages: MessageRows,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly sms: SmsGateway,
  ) {}

  /** Resolves once every recipient has it in the app; an SMS goes on its way by itself. Returns how many it was new to. */
  async send(message: Message): Promise<number> {
    const { to } = message;
    const accounts = 'account' in to ? [to.account] : await this.accounts.accountsOf(to);
    const at = new Date(this.clock.now());
    const rows = accounts.map((account) => this.row(message, account, at));
    if (rows.length === 0) return 0;
    const fresh = await this.messages.add(rows, ({ id }) => [
      { message: id, channel: 'in-app', state: 'delivered', reason: '', at },
      ...(message.alsoBySms ? [this.bySms(id, at)] : []),
    ]);
    if (message.alsoBySms && this.sms.available) this.deliver(fresh);
    return fresh.length;
  }

  /** What a process left under way when it died: whether the gateway took it, nobody knows. */
  async onApplicationBootstrap(): Promise<void> {
    await this.messages.giveUp(new Date(this.clock.now() - GIVEN_UP));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  /** Resolves when no SMS of this process is under way. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private row({ id, kind, title, body, link = '' }: Message, account: string, madeAt: Date): MessageRow {
    const words = { titleZh: title.zh, titleEn: title.en, bodyZh: body.zh, bodyEn: body.en };
    return { id: derivedId('message', id, account), account, kind, ...words, link, madeAt, readAt: null };
  }

  private bySms(message: string, at: Date): DeliveryRow {
    const outcome = this.sms.available
      ? ({ state: 'sending', reason: '' } as const)
      : ({ state: 'not-delivered', reason: 'no-gateway' } as const);
    return { message, channel: 'sms', ...outcome, at };
  }

  /** One after the other: a gateway that is slow must not be met with a crowd. */
  private deliver(rows: readonly MessageRow[]): void {
    const work = (async () => {
      const contacts = await this.accounts.contacts(rows.map(({ account }) => account));
      for (const row of rows) await this.deliverOne(row, contacts.get(row.account)?.mobile ?? '');
    })()
      // The database is gone: the row stays `sending`, and the next start records it as interrupted.
      .catch(() => undefined)
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  private async deliverOne({ id, titleZh }: MessageRow, mobile: string): Promise<void> {
    const reason = await this.failureOf(mobile, titleZh);
    const state = reason === '' ? 'delivered' : 'not-delivered';
    await this.messages.record({ message: id, channel: 'sms', state, reason, at: new Date(this.clock.now()) });
  }

  /** '' when the gateway took it. */
  private async failureOf(mobile: string, text: string): Promise<string> {
    if (mobile === '') return 'no-number';
    try {
      await this.sms.send(mobile, sms.sign + text);
      return '';
    } catch (error) {
      return (error as Error).message.slice(0, 200);
    }
  }
}
