import type { Recorded } from '@app/event-store';
import type { Party } from '@app/kernel';
import { Conditions, Listed, listed, ListWanted, OrderOf, Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CatalogueEvent } from './catalogue.decider';
import type { ListingEvent, ListingStatus } from './listing.decider';
import { listingRow } from './listing-page.rules';
import type { OwnPart, Question, TermsChange } from './listing-page.rules';
import type { ListingKind, ListingTerms } from './listing-terms.rules';
import { firmKey, isSeenBy, isSeenSql, Reader, Seen } from './visibility.rules';

@Entity('listing')
@Index(['catalogue', 'line', 'listing'])
export class ListingRow implements Seen {
  @PrimaryColumn('text') listing: string;
  @Column('text') kind: ListingKind;
  @Column('text') lead: string;
  @Column('text') leadRegistration: string;
  @Column('text') status: ListingStatus;
  @Column('text') visibility: Seen['visibility'];
  @Column('text', { array: true }) invited: string[];
  @Column('text', { array: true }) pledged: string[];
  @Column('jsonb') terms: ListingTerms;
  /** In the order of asking; who asked stands in a table of its own. */
  @Column('jsonb') questions: readonly Question[];
  /** What was amended after publication, and when. */
  @Column('jsonb') changes: readonly TermsChange[];
  @Index() @Column('text', { nullable: true }) catalogue: string | null;
  /** Place in its catalogue. */
  @Column('bigint', { nullable: true }) line: string | null;
  @Column('text', { nullable: true }) replaces: string | null;
  @Column('text', { nullable: true }) replacedBy: string | null;
  @Column('text', { nullable: true }) cancelReason: string | null;
  @Column('text', { nullable: true }) cancelText: string | null;
  @Column('text', { nullable: true }) publishedAt: string | null;
  @Column('text', { nullable: true }) closedAt: string | null;
  @Column('text', { nullable: true }) endedAt: string | null;
  @Column('text', { array: true }) attachments: string[];
  /** The lead's alone, and who has offered: nobody else hears when these change. */
  @Column('jsonb') own: OwnPart;
}

@Entity('question_asker')
export class QuestionAskerRow {
  /** Listing and question: the question's id is its asker's own choice. */
  @PrimaryColumn('text') key: string;
  @Column('text') question: string;
  @Index() @Column('text') listing: string;
  @Column('text') enterprise: string;
  @Column('text') registration: string;
}

type LineEvent = 'CatalogueItemsAdded' | 'CatalogueItemsRemoved' | 'CatalogueItemsReported';
export type PageEvent = ListingEvent | Extract<CatalogueEvent, { type: LineEvent }>;

/** One row a listing, drafts included: its page, the lines of catalogues, and who may see either. */
export const listings: Projection<PageEvent> = {
  name: 'listings',
  version: 3,
  filter: { categories: ['listing', 'catalogue'] },
  entities: [ListingRow, QuestionAskerRow],
  ddl: [
    'CREATE INDEX ON listing USING gin (attachments)',
    `CREATE INDEX ON listing ("leadRegistration") WHERE status IN ('draft', 'quoting', 'closed', 'partly-awarded')`,
  ],
  async apply(events, rows) {
    const heard = new Set<string>();
    await rowFold<PageEvent, ListingRow>({
      entity: ListingRow,
      keyColumn: 'listing',
      keyOf: listingsOf,
      fold(row, event, listing) {
        const after = listingRow(row, event, listing);
        if (after && after !== row) heard.add(keyFor(row, after, event));
        return after;
      },
    })(events, rows);
    await keepAskers(events, rows);
    return heard;
  },
};

const keepAskers = rowFold<PageEvent, QuestionAskerRow>({
  entity: QuestionAskerRow,
  keyColumn: 'key',
  keyOf: (event) => (event.type === 'QuestionAsked' ? `${event.stream} ${event.data.question}` : undefined),
  fold(row, event, key) {
    if (event.type !== 'QuestionAsked') return row;
    const { question, by } = event.data;
    const { enterprise, registration } = by;
    return { key, question, listing: event.stream.slice('listing-'.length), enterprise, registration };
  },
});

function listingsOf(event: Recorded<PageEvent>): string | readonly string[] | undefined {
  switch (event.type) {
    case 'CatalogueItemsAdded':
    case 'CatalogueItemsRemoved':
      return event.data.items;
    case 'CatalogueItemsReported':
      return [...event.data.published, ...event.data.refused.map(({ item }) => item)];
    default:
      // The category has events that are about no item.
      return event.stream.startsWith('listing-') ? event.stream.slice('listing-'.length) : undefined;
  }
}

/** An offer, a pledge or a proposal changes nothing that others may know of, so they do not hear of it either. */
function keyFor(row: ListingRow | undefined, after: ListingRow, event: Recorded<PageEvent>): string {
  if (event.type === 'ConfidentialityPledged') return firmKey(event.data.by.registration, after.listing);
  const isOwn = row !== undefined && OPEN.every((column) => row[column] === after[column]);
  return isOwn ? firmKey(after.leadRegistration, after.listing) : after.listing;
}

const OPEN = ['status', 'terms', 'questions', 'replacedBy'] as const satisfies readonly (keyof ListingRow)[];

export class ListingsById extends Query<ReadonlyMap<string, ListingRow>> {
  constructor(readonly listings: readonly string[]) {
    super();
  }
}

@QueryHandler(ListingsById)
export class ListingsByIdHandler implements IQueryHandler<ListingsById> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ listings: ids }: ListingsById): Promise<ReadonlyMap<string, ListingRow>> {
    if (ids.length === 0) return new Map();
    const rows = await this.readModels.read(listings, (view) =>
      view.createQueryBuilder(ListingRow, 'row').where('row.listing = ANY(:ids)', { ids }).getMany(),
    );
    return new Map(rows.map((row) => [row.listing, row]));
  }
}

export const LINE_ORDERS = {
  line: 'line',
  product: `terms->>'product'`,
  item: `coalesce(terms->>'itemCode', '')`,
  quantity: `coalesce((terms->>'quantity')::numeric, 0)`,
  deadline: `coalesce(terms->>'quotingDeadline', '')`,
  delivery: `coalesce(terms->>'deliverBy', '')`,
  status: 'status',
} as const;
export type LineOrder = OrderOf<typeof LINE_ORDERS>;

/** What a line needs of its lead, each as a condition. */
const NEEDS = {
  decision: `status IN ('closed', 'partly-awarded') AND coalesce(own->'secondRound'->>'state', '') <> 'open'`,
  answer: `status = 'quoting' AND EXISTS (SELECT FROM jsonb_array_elements(questions) q WHERE NOT q ? 'answer')`,
  approval: `own ? 'proposal'`,
  mending: `status = 'draft' AND own ? 'publicationRefused'`,
} as const;
export type LineNeed = keyof typeof NEEDS;
export const LINE_NEEDS = Object.keys(NEEDS) as LineNeed[];

export type LinesAsked = {
  readonly status?: ListingStatus;
  readonly needs?: LineNeed;
  readonly words?: string;
  /** Only lines that this reader may see. */
  readonly seenBy?: Reader;
};

/** The lines of a catalogue. What they need is their lead's business. */
export class CatalogueLines extends Query<Listed<ListingRow>> {
  constructor(
    readonly catalogue: string,
    readonly asked: LinesAsked,
    readonly wanted: ListWanted<LineOrder>,
  ) {
    super();
  }
}

const WORDS = [`terms->>'product'`, `terms->>'specification'`, `terms->>'itemCode'`, `terms->>'drawingNumber'`];

@QueryHandler(CatalogueLines)
export class CatalogueLinesHandler implements IQueryHandler<CatalogueLines> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ catalogue, asked: { status, needs, words, seenBy }, wanted }: CatalogueLines): Promise<Listed<ListingRow>> {
    const where = new Conditions().equal('catalogue', catalogue).and('line IS NOT NULL').holding(WORDS, words);
    if (needs) where.and(NEEDS[needs]);
    if (seenBy) where.and(seesPageSql(seenBy, where.parameter));
    const tab = { column: 'status', value: status };
    const list = { from: 'listing', key: 'listing', orders: LINE_ORDERS, where, tab };
    return this.readModels.read(listings, (rows) => listed<ListingRow>(rows, list, wanted));
  }
}

/** Whether a reader may see any line of a catalogue: without one the catalogue itself is hidden, its title too. */
export class SeesSomeLine extends Query<boolean> {
  constructor(
    readonly catalogue: string,
    readonly reader: Reader,
  ) {
    super();
  }
}

@QueryHandler(SeesSomeLine)
export class SeesSomeLineHandler implements IQueryHandler<SeesSomeLine> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ catalogue, reader }: SeesSomeLine): Promise<boolean> {
    const where = new Conditions().equal('catalogue', catalogue).and('line IS NOT NULL');
    const { sql, values } = where.and(seesPageSql(reader, where.parameter));
    const found = await this.readModels.read(listings, (rows) =>
      rows.query<unknown[]>(`SELECT 1 FROM listing WHERE ${sql} LIMIT 1`, [...values]),
    );
    return found.length > 0;
  }
}

/** Of these listings those whose product holds the words, or that are lines of the catalogue. */
export class ListingsAmong extends Query<string[]> {
  constructor(
    readonly among: readonly string[],
    readonly asked: { readonly words?: string; readonly catalogue?: string },
  ) {
    super();
  }
}

@QueryHandler(ListingsAmong)
export class ListingsAmongHandler implements IQueryHandler<ListingsAmong> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ among, asked }: ListingsAmong): Promise<string[]> {
    const where = new Conditions().among('listing', among).equal('catalogue', asked.catalogue);
    const { sql, values } = where.holding(WORDS, asked.words);
    const found = await this.readModels.read(listings, (rows) =>
      rows.query<{ listing: string }[]>(`SELECT listing FROM listing WHERE ${sql}`, values),
    );
    return found.map(({ listing }) => listing);
  }
}

/** How many lines of each catalogue stand in which state. */
export class LineCounts extends Query<ReadonlyMap<string, Readonly<Partial<Record<ListingStatus, number>>>>> {
  constructor(readonly catalogues: readonly string[]) {
    super();
  }
}

@QueryHandler(LineCounts)
export class LineCountsHandler implements IQueryHandler<LineCounts> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ catalogues }: LineCounts) {
    const found = await this.readModels.read(listings, (view) =>
      view.query<{ catalogue: string; status: ListingStatus; lines: number }[]>(
        `SELECT catalogue, status, count(*)::int AS lines FROM listing
         WHERE catalogue = ANY($1) AND line IS NOT NULL GROUP BY catalogue, status ORDER BY catalogue, status`,
        [catalogues],
      ),
    );
    const counts = new Map<string, Partial<Record<ListingStatus, number>>>();
    for (const { catalogue, status, lines } of found) {
      counts.set(catalogue, { ...counts.get(catalogue), [status]: lines });
    }
    return counts;
  }
}

/** Who asked the questions of a listing: for the auditor's eyes alone. */
export class QuestionAskers extends Query<ReadonlyMap<string, Party>> {
  constructor(readonly listing: string) {
    super();
  }
}

@QueryHandler(QuestionAskers)
export class QuestionAskersHandler implements IQueryHandler<QuestionAskers> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ listing }: QuestionAskers): Promise<ReadonlyMap<string, Party>> {
    const rows = await this.readModels.read(listings, (view) => view.findBy(QuestionAskerRow, { listing }));
    return new Map(rows.map(({ question, enterprise, registration }) => [question, { enterprise, registration }]));
  }
}

/** Listings that a registration has published or drafted, and those that it has offered on. */
export class ListingsConcerning extends Query<string[]> {
  constructor(readonly registration: string) {
    super();
  }
}

@QueryHandler(ListingsConcerning)
export class ListingsConcerningHandler implements IQueryHandler<ListingsConcerning> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ registration }: ListingsConcerning): Promise<string[]> {
    const found = await this.readModels.read(listings, (view) =>
      view.query<{ listing: string }[]>(
        `SELECT listing FROM listing WHERE "leadRegistration" = $1 OR own->'offerers' ? $1 ORDER BY listing`,
        [registration],
      ),
    );
    return found.map(({ listing }) => listing);
  }
}

/** Whether a file is attached to a listing that this reader sees. */
export class SeesAttachment extends Query<boolean> {
  constructor(
    readonly reader: Reader,
    readonly attachment: string,
  ) {
    super();
  }
}

@QueryHandler(SeesAttachment)
export class SeesAttachmentHandler implements IQueryHandler<SeesAttachment> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ reader, attachment }: SeesAttachment): Promise<boolean> {
    const rows = await this.readModels.read(listings, (view) =>
      view
        .createQueryBuilder(ListingRow, 'row')
        .where('row.attachments @> :ids', { ids: [attachment] })
        .getMany(),
    );
    return rows.some((row) => seesPage(row, reader));
  }
}

/** Drafts are nobody's business but the lead's; whoever has offered goes on seeing what his offer rests on. */
export function seesPage(row: ListingRow, reader: Reader): boolean {
  const { firm } = reader;
  if (firm?.registration === row.leadRegistration) return true;
  if (row.publishedAt === null) return false;
  return isSeenBy(row, reader) || (firm !== undefined && row.own.offerers.includes(firm.registration));
}

/** The same as a condition in SQL, for a list. */
function seesPageSql(reader: Reader, parameter: (value: unknown) => string): string {
  const seen = isSeenSql(reader, parameter);
  if (!reader.firm) return `"publishedAt" IS NOT NULL AND ${seen}`;
  const registration = parameter(reader.firm.registration);
  const published = `"publishedAt" IS NOT NULL AND (${seen} OR own->'offerers' ? ${registration})`;
  return `(${published} OR "leadRegistration" = ${registration})`;
}
