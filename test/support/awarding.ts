import { randomUUID } from 'node:crypto';
import type { TestApp } from './app';
import type { Visit } from './browser-visit';
import { eventually, Firm, Firms, inMinutes, listingTerms } from './firms';
import { must } from './sealed-offers';

/** What one firm offers on one line. */
export type Bid = { readonly by: Firm; readonly offer: string; readonly terms: object };

/** A catalogue of a lead, its lines, and the offers on them, as they stand when its people sit down to compare. */
export class Awarding {
  readonly catalogue = randomUUID();
  readonly lines: string[] = [];
  readonly deadline: string;

  constructor(
    private readonly city: TestApp,
    readonly lead: Firm,
  ) {
    this.deadline = inMinutes(city, 60);
  }

  static async by(city: TestApp, firms: Firms, name: string): Promise<Awarding> {
    return new Awarding(city, await firms.lead(name));
  }

  async publish(...lines: readonly object[]): Promise<void> {
    const { client } = this.lead;
    const terms = { title: '2020 年 3 月产品需求目录', from: '2020-03-01', to: '2020-03-31' };
    await must(client.post('/api/catalogues', { catalogue: this.catalogue, kind: 'demand', terms }));
    const drafts = lines.map((given) => ({ listing: randomUUID(), terms: listingTerms(this.deadline, given) }));
    this.lines.push(...drafts.map(({ listing }) => listing));
    await must(client.post(`/api/catalogues/${this.catalogue}/lines`, { lines: drafts }));
    await must(client.post(`/api/catalogues/${this.catalogue}/publication`));
  }

  async offer(line: number, by: Firm, terms: object): Promise<Bid> {
    const offer = randomUUID();
    await must(by.client.post(`/api/listings/${this.lines[line]}/offers`, { offer, terms }));
    return { by, offer, terms };
  }

  /** Past the deadline and the time that a close leaves for what is under way. */
  async close(): Promise<void> {
    this.city.clock.set(Date.parse(this.deadline) + 10_000);
    for (const line of this.lines) await this.reaches(line, 'closed');
  }

  reaches = (listing: string, status: string): Promise<string> =>
    eventually(
      async () => (await this.lead.client.get(`/api/listings/${listing}`)).body.status as string,
      (is) => is === status,
    );

  /** By the names of the suppliers. */
  async shares(listing: string): Promise<{ supplier: string; quantity: string; state: string; reason: string }[]> {
    const { body } = await this.lead.client.get('/api/awards', { query: { listing } });
    type Share = { supplier: { name: string }; quantity: string; state: string; reason: string };
    return (body.items as Share[])
      .map(({ supplier, quantity, state, reason }) => ({ supplier: supplier.name, quantity, state, reason }))
      .sort((a, b) => (a.supplier < b.supplier ? -1 : 1));
  }
}

/** Goes on by the Tab key alone until what has the focus is called so. */
export async function tabTo(visit: Visit, name: string): Promise<void> {
  const focused = `(() => {
    const at = document.activeElement;
    return at?.getAttribute('aria-label') ?? at?.textContent ?? '';
  })()`;
  for (let presses = 0; presses < 80; presses++) {
    if ((await visit.ask<string>(focused)) === name) return;
    await visit.page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key never came to ${name}`);
}
