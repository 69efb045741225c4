import { Clock, pause } from '@app/kernel';
import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { ContactWays } from './contact-ways';
import { DeliveryRow, DeliveryRows } from './delivery.table';
import { DigestLinks } from './digest-links';
import { InboxSettings } from './inbox-settings';
import { MailServer } from './mail-server';
import { MessageRow, MessageRows } from './message.table';
import { SmsGateway, smsText } from './sms-gateway';
import { FailureReason, NotTaken, SentBy, Way, Words } from './way';
import { Wechat } from './wechat';

/** Minutes before each further try; after the last one it stays 未送达. */
const AGAIN_AFTER = [1, 5, 15, 60, 240];
/** Another process may have left something behind that nobody here was told of. */
const LOOK_EVERY = 30_000;

const NO_ADDRESS: Readonly<Record<Way, FailureReason>> = {
  sms: 'no-number',
  mail: 'no-address',
  wechat: 'not-bound',
};

/**
 * Carries messages out of the app by the ways that this process has, from a queue in the database: what one process leaves
 * when it dies another takes up. A message may so go out twice, and is never forgotten.
 */
@Injectable()
export class Courier implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(Courier.name);
  private readonly ending = new AbortController();
  private news = new AbortController();
  private work: Promise<void> = Promise.resolve();
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly messages: MessageRows,
    private readonly deliveries: DeliveryRows,
    private readonly contacts: ContactWays,
    private readonly links: DigestLinks,
    private readonly settings: InboxSettings,
    private readonly clock: Clock,
    private readonly sms: SmsGateway,
    private readonly mail: MailServer,
    private readonly wechat: Wechat,
  ) {}

  /** A delivery that begins now; one that has no gateway here ends at once, and the record says why. */
  deliveryOf(message: string, { way, isNot }: SentBy, at: Date): DeliveryRow {
    const reason = isNot ?? (this.ways.includes(way) ? undefined : 'no-gateway');
    const outcome =
      reason === undefined
        ? ({ state: 'sending', reason: '', due: at } as const)
        : ({ state: 'not-delivered', reason, due: null } as const);
    return { message, channel: way, at, attempts: 0, ...outcome };
  }

  /** The ways for which a gateway is configured. */
  get ways(): readonly Way[] {
    return [
      ...(this.wechat.available ? (['wechat'] as const) : []),
      ...(this.mail.available ? (['mail'] as const) : []),
      ...(this.sms.available ? (['sms'] as const) : []),
    ];
  }

  /** Something may be due. */
  wake(): void {
    if (this.ways.length === 0 || this.ending.signal.aborted) return;
    this.work = this.work.then(() => this.deliverDue());
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    for (let seen: Promise<void> | undefined; seen !== this.work;) await (seen = this.work);
  }

  onApplicationBootstrap(): void {
    if (this.ways.length > 0) this.looking = this.keepLooking();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.looking;
    await this.settled();
  }

  private async keepLooking(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      this.wake();
      await this.settled();
      this.news = new AbortController();
      const over = new AbortController();
      const ends = AbortSignal.any([signal, this.news.signal, over.signal]);
      const next = await this.deliveries.nextDue(this.ways).catch(() => undefined);
      const waits = [pause(LOOK_EVERY, ends)];
      if (next !== undefined && next > this.clock.now()) waits.push(this.clock.until(next, ends));
      await Promise.race(waits);
      over.abort();
    }
  }

  /** The ways beside each other, each one message after the other: a gateway that is slow must not be met with a crowd. */
  private async deliverDue(): Promise<void> {
    try {
      await Promise.all(this.ways.map((way) => this.deliverBy(way)));
    } catch (error) {
      // The database is gone; the queue is not.
      this.log.warn(`messages wait: ${(error as Error).message}`);
    }
    this.news.abort();
  }

  private async deliverBy(way: Way): Promise<void> {
    while (!this.ending.signal.aborted) {
      const delivery = await this.deliveries.take(way, this.clock.now());
      if (!delivery) return;
      const message = await this.messages.find(delivery.message);
      const failure = await this.failureOf(way, message);
      const at = new Date(this.clock.now());
      if (!failure) {
        await this.deliveries.record(delivery, { state: 'delivered', reason: '', at, due: null });
        continue;
      }
      const { reason, isLasting } = failure;
      const wait = isLasting ? undefined : AGAIN_AFTER[delivery.attempts];
      const due = wait === undefined ? null : new Date(at.getTime() + wait * 60_000);
      await this.deliveries.record(delivery, { state: 'not-delivered', reason, at, due });
    }
  }

  /** Undefined when it was taken. */
  private async failureOf(way: Way, message: MessageRow): Promise<NotTaken | undefined> {
    const address = (await this.contacts.addressesOf([message.account])).get(message.account)?.[way];
    if (address === undefined) return new NotTaken(NO_ADDRESS[way], true);
    const words = this.wordsOf(message);
    try {
      if (way === 'sms') await this.sms.send(address, smsText(words));
      else if (way === 'mail') await this.mail.send(address, message.id, words);
      else await this.wechat.send(address, words);
      return undefined;
    } catch (error) {
      if (error instanceof NotTaken) return error;
      throw error;
    }
  }

  private wordsOf({ account, about, titleZh, titleEn, bodyZh, bodyEn, link, lines }: MessageRow): Words {
    const url = this.settings.urlOf(link);
    const unsubscribe = about === 'digest' ? this.links.of(account) : undefined;
    return {
      title: { zh: titleZh, en: titleEn },
      body: { zh: bodyZh, en: bodyEn },
      ...(url !== undefined && { url }),
      lines: lines.map(({ title, link: path }) => {
        const lineUrl = this.settings.urlOf(path);
        return { title, ...(lineUrl !== undefined && { url: lineUrl }) };
      }),
      ...(unsubscribe && { unsubscribe }),
    };
  }
}
