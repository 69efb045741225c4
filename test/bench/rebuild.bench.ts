import { randomUUID } from 'node:crypto';
import { EventStore, NewEvent, Position, PostgresEventStore } from '@app/event-store';
import { Clock, derivedId, SystemClock } from '@app/kernel';
import { ListingEvent, openDemands } from '@app/matching';
import { Followers, ProjectionsModule, ReadModels } from '@app/projections';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { withDurableServer } from './durable-log';
import { median, Report, rounded } from './report';
import { goodsOf, randomOf } from './search-goods';

export const name = 'rebuild';

const EVENTS = 200_000;
const ROUNDS = 3;
/** Listings that stand open beside each other: the events of one lie so many listings apart in the log. */
const OPEN = 2_000;
const WRITERS = 64;

/**
 * The real view of open demands, filled live while the log is written, and then rebuilt beside itself: reading, folding,
 * search columns, rows, indexes and the switch. Rows before and after must be the same.
 */
export async function run(report: Report): Promise<void> {
  await withDurableServer(async (url) => {
    const store = await PostgresEventStore.open({ url });
    const app = await platform(url, store);
    const followers = app.get(Followers);
    const readModels = app.get(ReadModels);
    try {
      await followers.start();
      const log = listingLog();
      const changing = log.filter(([, { type }]) => openDemands.filter.types!.includes(type)).length;
      if (log.length !== EVENTS || changing < EVENTS / 2) throw new Error(`${changing} of ${log.length} change a row`);
      await write(store, log);
      const live = await rowsAt(readModels, (await store.head())!);

      const rates: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const started = performance.now();
        await followers.rebuild(openDemands.name);
        rates.push((EVENTS / (performance.now() - started)) * 1_000);
        const rebuilt = await rowsAt(readModels, (await store.head())!);
        if (rebuilt.hash !== live.hash) throw new Error('the rebuilt view differs from the live one');
      }
      const value = rounded(median(rates));
      report({ case: String(EVENTS), value, unit: 'events/s', ratio: null, changing, rows: live.rows, equal: 1 });
    } finally {
      await app.close();
      await store.close();
    }
  });
}

async function platform(url: string, store: EventStore) {
  const given = [
    { provide: EventStore, useValue: store },
    { provide: Clock, useValue: new SystemClock() },
  ];
  @Module({ providers: given, exports: given.map(({ provide }) => provide) })
  class Given {}
  @Module({
    imports: [
      { module: Given, global: true },
      ProjectionsModule.forRoot({ url }),
      ProjectionsModule.forFeature({ projections: [openDemands] }),
    ],
  })
  class Bench {}
  return NestFactory.createApplicationContext(Bench, { logger: ['error'] });
}

async function rowsAt(readModels: ReadModels, head: Position): Promise<{ rows: number; hash: string }> {
  if (!(await readModels.reached(openDemands, head, 600_000))) throw new Error('the live view did not catch up');
  return readModels.read(openDemands, async (rows) => {
    const [found] = await rows.query<{ rows: number; hash: string }[]>(
      `SELECT count(*)::int AS rows, md5(string_agg(md5(demand::text || words::text), '' ORDER BY listing)) AS hash
       FROM open_demand demand JOIN demand_words words USING (listing)`,
    );
    return found!;
  });
}

type Told = readonly [stream: string, event: ListingEvent];

/**
 * Eight events a listing, four of which change its row: publication, an amendment, a moved deadline, and the close of four in
 * five (the others' deadline moves again). The others are offers, and a pledge on every fourth listing, which needs one.
 */
function listingLog(): Told[] {
  const random = randomOf(2020);
  const goods = [...goodsOf(EVENTS / 8, random)];
  const steps = goods.map((one, index) => storyOf(one, index));
  const told: { readonly at: number; readonly event: Told }[] = [];
  for (const [index, events] of steps.entries()) {
    const stream = `listing-${goods[index]!.id}`;
    events.forEach((event, step) =>
      told.push({ at: index + ((step + random() / 2) * OPEN) / 8, event: [stream, event] }),
    );
  }
  return told.sort((a, b) => a.at - b.at).map(({ event }) => event);
}

type Terms = Extract<ListingEvent, { type: 'ListingPublished' }>['data']['terms'];
const AT = '2020-02-10T02:00:00.000Z';
const deadline = (day: number): string => `2020-03-${String(day).padStart(2, '0')}T10:00:00.000Z`;

function storyOf(
  goods: ReturnType<typeof goodsOf> extends Generator<infer G> ? G : never,
  index: number,
): ListingEvent[] {
  const { id: listing, name: product, specification, area, industry } = goods;
  const lead = {
    enterprise: `9135052700000000${String(index % 12).padStart(2, '0')}`,
    registration: derivedId('lead', index % 12),
  };
  const terms: Terms = {
    product,
    ...(specification && { specification }),
    industry,
    unit: { code: 'PR', name: '双' },
    quantity: '1200',
    supplyMode: 'goods',
    freightIncluded: true,
    deliveryPlace: { area, text: '安海镇' },
    deliverBy: '2020-04-30',
    invoiceType: 'special',
    paymentTermDays: 30,
    quotingDeadline: deadline(10),
    acceptanceHours: 48,
    partsAccepted: true,
    earlyCloseAllowed: false,
    visibility: { class: index % 4 ? 'public' : 'pledge' },
  };
  const moved = (before: number, day: number): ListingEvent => ({
    type: 'QuotingDeadlineMoved',
    data: { before: deadline(before), deadline: deadline(day), at: AT },
  });
  const offer = (n: number): ListingEvent => ({
    type: 'OfferSubmitted',
    data: {
      offer: derivedId(listing, n),
      supplier: { kind: 'enterprise', enterprise: lead.enterprise, registration: derivedId('supplier', n) },
      terms: { quantity: '600', unitPrice: '2.5', vatRate: '0.13', deliverBy: '2020-04-20' },
      receivedAt: AT,
    },
  });
  const changed = index % 3 ? ['note'] : ['product', 'note'];
  const amended = { ...terms, note: '可分批', ...(index % 3 ? {} : { product: `${product}（新款）` }) };
  return [
    { type: 'ListingPublished', data: { listing, kind: 'purchase', lead, terms, at: AT } },
    offer(1),
    { type: 'ListingAmended', data: { terms: amended, changed: changed as (keyof Terms)[], at: AT } },
    index % 4 ? offer(4) : { type: 'ConfidentialityPledged', data: { by: lead, at: AT } },
    offer(2),
    moved(10, 12),
    offer(3),
    index % 5
      ? { type: 'QuotingClosed', data: { deadline: deadline(12), early: false, offers: [], at: AT } }
      : moved(12, 14),
  ];
}

/** In the order given, many at once: appends of one writer wait for each other, so a stream's events stay in theirs. */
async function write(store: EventStore, log: readonly Told[]): Promise<void> {
  const revisions = new Map<string, bigint>();
  for (let from = 0; from < log.length; from += WRITERS) {
    const some = new Map<string, NewEvent[]>();
    for (const [stream, event] of log.slice(from, from + WRITERS)) {
      some.set(stream, [...(some.get(stream) ?? []), inEnvelope(event)]);
    }
    await Promise.all(
      [...some].map(async ([stream, events]) => {
        const { revision } = await store.append(stream, revisions.get(stream) ?? 'none', events);
        revisions.set(stream, revision);
      }),
    );
  }
}

function inEnvelope({ type, data }: ListingEvent): NewEvent {
  const commandId = randomUUID();
  return {
    id: randomUUID(),
    type,
    data,
    metadata: {
      actor: 'account:5d3f8a52-6c3e-4b6e-8f2a-9b1d2c3e4f50',
      causationId: commandId,
      commandHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      commandId,
      correlationId: commandId,
      enterprise: '91350527MA2XXXXX0A',
      recordedAt: AT,
      salt: 'a54d88e06612d820bc3be72877c74f25',
      schema: '1',
    },
  };
}
