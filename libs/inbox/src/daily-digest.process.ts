import { Accounts } from '@app/auth';
import type { Recorded } from '@app/event-store';
import { Clock, derivedId, shanghaiDay, startOfDay } from '@app/kernel';
import { both, digest } from '@app/labels';
import type { Label } from '@app/labels';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { ContactWays } from './contact-ways';
import { Courier } from './courier';
import { inApp } from './delivery.table';
import { DigestPart, DigestSources } from './digest-parts';
import { dayLater, digestAfter } from './digest-time';
import { InboxSettings } from './inbox-settings';
import { MessageRow, MessageRows } from './message.table';
import { NoticeSettingRow, NoticeSettingRows } from './notice-settings.table';
import type { SentBy, Way } from './way';

type Task = { readonly due: string };

/** Who has one is spared the other: a digest goes out once. */
const BEST_FIRST: readonly Way[] = ['mail', 'wechat', 'sms'];
const MOST_LINES = 8;
/** Older than this it is no news. */
const STALE_DAYS = 14;
/** What is new to an account that never had a digest: all that stands. */
const EVER = '1970-01-01T00:00:00.000Z';

/**
 * One digest a day and account, of what waits unread in the app and what the contexts have to tell. Every event plans the
 * next two, since what a late one leaves over is the next one's; so nothing is planned where nothing happens, and after
 * downtime whoever comes first takes up everything.
 */
@Injectable()
export class DailyDigest implements Process<never, Task> {
  readonly name = 'daily-digest';
  readonly filter = {};

  constructor(
    private readonly accounts: Accounts,
    private readonly messages: MessageRows,
    private readonly notices: NoticeSettingRows,
    private readonly contacts: ContactWays,
    private readonly sources: DigestSources,
    private readonly courier: Courier,
    private readonly settings: InboxSettings,
    private readonly clock: Clock,
  ) {}

  react({ metadata }: Recorded): Planned<Task>[] {
    const next = digestAfter(metadata.recordedAt, this.settings.digestAt);
    return [next, dayLater(next)].map((due) => ({ do: `digest ${shanghaiDay(due)}`, at: due, task: { due } }));
  }

  async perform(): Promise<unknown> {
    const now = this.clock.now();
    const dayBegan = startOfDay(shanghaiDay(now));
    const people = await this.accounts.everybody();
    const settings = await this.notices.ofAll(people.map(({ account }) => account));
    const news = new Map<string, Promise<DigestPart[]>>();
    let made = 0;
    for (const { account, firms } of people) {
      const wanted = settings.get(account)!;
      if (!wanted.digest || (wanted.digestedAt?.getTime() ?? 0) >= dayBegan) continue;
      const since = wanted.digestedAt?.toISOString() ?? EVER;
      const parts: DigestPart[] = [];
      for (const firm of firms) {
        const key = `${firm.registration} ${since}`;
        if (!news.has(key)) news.set(key, this.sources.newsFor(firm, since));
        parts.push(...(await news.get(key)!));
      }
      if (await this.tell(wanted, parts, { now, dayBegan })) made++;
    }
    this.courier.wake();
    return made;
  }

  /** False when there is nothing to say, or another process said it. */
  private async tell(
    wanted: NoticeSettingRow,
    news: readonly DigestPart[],
    { now, dayBegan }: { now: number; dayBegan: number },
  ): Promise<boolean> {
    const { account } = wanted;
    const waiting = await this.messages.pending(account, new Date(now - STALE_DAYS * 86_400_000));
    const parts = [...(waiting.length > 0 ? [unreadPart(waiting)] : []), ...news];
    if (parts.length === 0) return false;
    const at = new Date(now);
    const row = digestRow(account, parts, at);
    const way = await this.wayOf(wanted);
    const deliveries = [inApp(row.id, at), ...(way ? [this.courier.deliveryOf(row.id, way, at)] : [])];
    const takenUp = waiting.map(({ id }) => id);
    return this.messages.addDigest(row, deliveries, { takenUp, dayBegan: new Date(dayBegan) });
  }

  private async wayOf({ account, ...wanted }: NoticeSettingRow): Promise<SentBy | undefined> {
    const has = (await this.contacts.addressesOf([account])).get(account)!;
    const open = BEST_FIRST.filter((way) => wanted[way] && has[way] !== undefined);
    const way = open.find((one) => this.courier.ways.includes(one)) ?? open[0];
    return way && { way };
  }
}

function digestRow(account: string, parts: readonly DigestPart[], madeAt: Date): MessageRow {
  const count = String(parts.reduce((total, part) => total + part.count, 0));
  const title = both(digest.title, { count });
  const body = joined(parts.map(({ heading }) => heading));
  return {
    id: derivedId('digest', account, shanghaiDay(madeAt.getTime())),
    account,
    about: 'digest',
    kind: 'alert',
    reach: 'digest',
    titleZh: title.zh,
    titleEn: title.en,
    bodyZh: body.zh,
    bodyEn: body.en,
    link: '/inbox',
    lines: parts.flatMap(({ lines }) => lines.slice(0, MOST_LINES)),
    madeAt,
    // In the app it repeats what stands beside it: it is there to show what became of it, and waits for nobody.
    readAt: madeAt,
    digestedAt: madeAt,
  };
}

const unreadPart = (waiting: readonly MessageRow[]): DigestPart => ({
  heading: both(digest.unread, { count: String(waiting.length) }),
  count: waiting.length,
  lines: waiting
    .slice(0, MOST_LINES)
    .map(({ titleZh, titleEn, link }) => ({ title: { zh: titleZh, en: titleEn }, link })),
});

const joined = (headings: readonly Label[]): Label => ({
  zh: headings.map(({ zh }) => zh).join('；'),
  en: headings.map(({ en }) => en).join('; '),
});
