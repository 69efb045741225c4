import { MemoryEventStore, type Position } from '@app/event-store';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database';
import type { FollowerStatus, Projection } from '../src';
import { type ListingFact, ListingRow, openListings } from './listings.view';
import { Platform, type PlatformParts } from './platform';

export const published = (product = '口罩', catalogue = 'c1'): ListingFact => ({
  type: 'TestListingPublished',
  data: { product, quantity: '100', catalogue },
});
export const amended = (quantity: string): ListingFact => ({ type: 'TestListingAmended', data: { quantity } });
/** Something that the view of listings ignores. */
export const ordered = { type: 'TestOrderPlaced', data: {} };

/** A log in memory and a database for each test of a file, and processes of the platform on them. */
export class ListingsOnTest {
  store: MemoryEventStore;
  private database: FreshDatabase;
  private readonly platforms = new Set<Platform>();

  async begin(): Promise<void> {
    this.database = await freshDatabase();
    this.store = new MemoryEventStore();
  }

  async end(): Promise<void> {
    await Promise.all([...this.platforms].map((platform) => this.close(platform)));
    await this.store.close();
    await this.database.drop();
  }

  get url(): string {
    return this.database.url;
  }

  /** A process that reads and follows nothing. */
  async open(parts: Partial<PlatformParts> = {}): Promise<Platform> {
    const platform = await Platform.open({ url: this.url, store: this.store, projections: [openListings], ...parts });
    this.platforms.add(platform);
    return platform;
  }

  async start(parts: Partial<PlatformParts> = {}): Promise<Platform> {
    const platform = await this.open(parts);
    await platform.followers.start();
    return platform;
  }

  async close(platform: Platform): Promise<void> {
    this.platforms.delete(platform);
    await platform.close();
  }
}

export function listingsOnTest(): ListingsOnTest {
  const test = new ListingsOnTest();
  beforeEach(() => test.begin());
  afterEach(() => test.end());
  return test;
}

export const countOf = (platform: Platform, projection: Projection<ListingFact> = openListings): Promise<number> =>
  platform.readModels.read(projection, (rows) => rows.count(ListingRow));

/** The view shows what stands up to this position. */
export const reads = async (platform: Platform, position: Position, projection = openListings): Promise<void> => {
  expect(await platform.readModels.reached(projection, position, 5_000)).toBe(true);
};

export const statusOf = async (
  platform: Platform,
  follower = 'open_listings_v1',
): Promise<FollowerStatus | undefined> =>
  (await platform.followers.status()).find((status) => status.follower === follower);
