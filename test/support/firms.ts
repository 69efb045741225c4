import { randomUUID } from 'node:crypto';
import { CommandContext, EventStore, Recorded } from '@app/event-store';
import { derivedId, Party, shanghaiDay, usccCheckCharacter } from '@app/kernel';
import { TellEnterprise, TellLeadList } from '@app/registry';
import { CommandBus } from '@nestjs/cqrs';
import type { TestApp } from './app';
import type { Client } from './client';

/** A firm that its office has confirmed, and its manager's client. */
export type Firm = Party & { readonly name: string; readonly client: Client };

const OFFICE = '350582';

/** Made-up firms of one application. Codes are numbered from `first`, so that files on one database may keep apart. */
export class Firms {
  constructor(
    private readonly city: TestApp,
    private made = 0,
  ) {}

  /** A made-up code: 91 and the prefix that nothing else uses. */
  code(): string {
    const first17 = `91350527MA${String(++this.made).padStart(7, '0')}`;
    return first17 + usccCheckCharacter(first17);
  }

  /** Registered on `enterprise`, with evidence that an officer could confirm by. */
  async applied(enterprise = this.code(), name = `演示企业${this.made}`): Promise<Firm> {
    const registration = randomUUID();
    const day = shanghaiDay(this.city.clock.now());
    const registeredAddress = { area: OFFICE, text: '陈埭镇一号路 1 号' };
    await this.tell(enterprise, {
      type: 'ApplyForRegistration',
      enterprise,
      registration,
      day,
      from: '2018-05-01',
      facts: { name, registeredAddress, industry: '1953' },
    });
    await this.tell(enterprise, { type: 'AttachEvidence', registration, evidence: evidenceOf(registration) });
    const client = await this.city.member({ enterprise, registration });
    return { enterprise, registration, name, client };
  }

  async confirmed(name?: string): Promise<Firm> {
    const firm = await this.applied(this.code(), name);
    const { enterprise, registration } = firm;
    await this.tell(enterprise, { type: 'ConfirmRegistration', registration, ...this.seen(firm) });
    return firm;
  }

  many(count: number): Promise<Firm[]> {
    return Promise.all(Array.from({ length: count }, () => this.confirmed()));
  }

  /** Another confirmed registration takes the code of a firm that was the wrong holder. */
  async replaced(holder: Firm): Promise<Firm> {
    const { enterprise } = holder;
    const rightful = await this.applied(enterprise, '真正的企业');
    const { registration } = rightful;
    await this.tell(enterprise, {
      type: 'ContestHolder',
      registration,
      statement: { id: registration, sha256: 'a'.repeat(64) },
    });
    await this.tell(enterprise, {
      type: 'DecideContest',
      registration,
      holder: holder.registration,
      decision: 'replace',
      reason: '原件核对相符',
      ...this.seen(rightful),
    });
    return rightful;
  }

  /** On a list of lead firms for the year. */
  async lead(name?: string): Promise<Firm> {
    const firm = await this.confirmed(name);
    const list = randomUUID();
    const bus = this.city.app.get(CommandBus);
    const day = shanghaiDay(this.city.clock.now());
    const year = day.slice(0, 4);
    const document = `演示〔${year}〕1号`;
    const head = { title: `${year} 年龙头企业名单`, document, from: `${year}-01-01`, to: `${year}-12-31` };
    const firms = [{ enterprise: firm.enterprise, name: firm.name }];
    await bus.execute(new TellLeadList(list, { type: 'DraftLeadList', list, head, firms }, context()));
    await bus.execute(
      new TellLeadList(list, { type: 'PublishLeadList', publishedOn: day, day, by: 'test' }, context()),
    );
    await eventually(
      async () => (await firm.client.get(`/api/lead-lists/${list}`)).status,
      (status) => status === 200,
    );
    return firm;
  }

  tell(enterprise: string, command: TellEnterprise['command']): Promise<unknown> {
    return this.city.app.get(CommandBus).execute(new TellEnterprise(enterprise, command, context()));
  }

  private seen({ name, registration }: Firm) {
    const evidence = evidenceOf(registration).map(({ id }) => id);
    const by = { account: randomUUID(), name: '演示经办', office: OFFICE };
    return { name, evidence, day: shanghaiDay(this.city.clock.now()), by };
  }
}

const evidenceOf = (registration: string) =>
  (['business-licence', 'authorisation'] as const).map((kind) => {
    return { id: derivedId(kind, registration), sha256: 'a'.repeat(64), kind };
  });

export const context = (): CommandContext => ({
  commandId: randomUUID(),
  commandHash: 'test',
  actor: 'process:test',
  enterprise: '',
  correlationId: 'test',
  causationId: 'test',
});

/** Terms of a listing that can be published, whose quoting ends at `quotingDeadline`. */
export const listingTerms = (quotingDeadline: string, given: object = {}) => ({
  product: '鞋底',
  specification: 'EVA 42 码',
  itemCode: 'XD-42',
  unit: { code: 'PR', name: '双' },
  quantity: '1000',
  supplyMode: 'goods',
  freightIncluded: true,
  deliveryPlace: { area: '350582', text: '安海镇' },
  deliverBy: '2020-04-30',
  invoiceType: 'special',
  paymentTermDays: 30,
  quotingDeadline,
  acceptanceHours: 48,
  partsAccepted: true,
  earlyCloseAllowed: false,
  visibility: { class: 'public' },
  ...given,
});

export const offerTerms = (given: object = {}) => ({
  quantity: '600',
  unitPrice: '12.5',
  vatRate: '0.13',
  deliverBy: '2020-04-15',
  ...given,
});

/** The platform's time so many minutes ahead, to the minute. */
export const inMinutes = ({ clock }: TestApp, minutes: number): string =>
  new Date((Math.floor(clock.now() / 60_000) + minutes) * 60_000).toISOString();

/** Waits for what followers do; fails when it has not come within 45 seconds, which only a machine under load needs. */
export async function eventually<T>(look: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (const end = Date.now() + 45_000; ;) {
    const value = await look();
    if (holds(value)) return value;
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

export async function eventsOf(city: TestApp, stream: string): Promise<Recorded[]> {
  const events: Recorded[] = [];
  for await (const event of city.app.get(EventStore).read(stream)) events.push(event);
  return events;
}

export const typesOf = async (city: TestApp, stream: string): Promise<string[]> =>
  (await eventsOf(city, stream)).map(({ type }) => type);

/** Events that people's commands recorded. Processes record theirs when they come to it, whatever is sent meanwhile. */
export async function countOfEvents(city: TestApp): Promise<number> {
  let count = 0;
  for await (const { metadata } of city.app.get(EventStore).readAll()) {
    if (!metadata.actor.startsWith('process:')) count++;
  }
  return count;
}

const PDF = '%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n';

/** An uploaded file as a listing names it. */
export async function uploaded(
  client: Client,
  name = '图纸.pdf',
): Promise<{ id: string; sha256: string; name: string }> {
  const id = randomUUID();
  const body = new FormData();
  body.set('id', id);
  body.set('file', new Blob([PDF + id]), name);
  const answer = await client.post('/api/attachments', body);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return { id, sha256: answer.body.sha256, name };
}

/** Sends a write twice under one key: the second answer is the first one's, and records nothing. */
export async function twice(city: TestApp, client: Client, method: string, path: string, body?: unknown) {
  const key = randomUUID();
  const first = await client.send(method, path, { key, body });
  const before = await countOfEvents(city);
  // Later, since a client sends again when it has waited in vain.
  city.clock.advance(1_000);
  const again = await client.send(method, path, { key, body });
  expect([method, path, again.status, again.body]).toEqual([method, path, first.status, first.body]);
  expect([method, path, await countOfEvents(city)]).toEqual([method, path, before]);
  return first;
}
