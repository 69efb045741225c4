import type { Recorded } from '@app/event-store';
import { derivedId, Party } from '@app/kernel';
import { Conditions, Listed, listed, ListWanted, OrderOf, Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ListingEvent, Offer, ShareState } from './listing.decider';
import { matchState } from './match-story.rules';
import type { MatchState } from './match-story.rules';
import type { CheckResult, MatchEvent } from './match.decider';
import type { Supplier, Unit } from './listing-terms.rules';

/** The match 对接 of one SME on a listing: whoever knows both can name it. */
export const matchOf = (listing: string, supplierRegistration: string): string =>
  derivedId('match', listing, supplierRegistration);

export type RegisterShare = { readonly share: string; readonly quantity: string; readonly state: ShareState };

/** One row for each SME that ever offered on a listing; neither price nor quantity of an offer ever reaches it. */
@Entity('match')
@Index(['firstAt', 'match'])
export class MatchRow {
  @PrimaryColumn('text') match: string;
  @Index() @Column('text') listing: string;
  @Index() @Column('text') supplier: string;
  @Column('text') supplierRegistration: string;
  @Column('text') state: MatchState;
  @Column('jsonb') offers: Readonly<Record<string, Offer['state'] | 'not-chosen'>>;
  @Column('jsonb') shares: readonly RegisterShare[];
  @Column('text', { nullable: true }) check: string | null;
  @Column('text', { nullable: true }) checkState: 'open' | CheckResult | null;
  /** Receipt of its first offer. */
  @Column('text') firstAt: string;
}

@Entity('matched_listing')
export class MatchedListingRow {
  @PrimaryColumn('text') listing: string;
  @Index() @Column('text') lead: string;
  @Column('text') leadRegistration: string;
  @Column('text') product: string;
  @Column('jsonb') unit: Unit;
}

const TYPES = [
  'ListingPublished',
  'ListingAmended',
  'OfferSubmitted',
  'OfferWithdrawn',
  'OffersVoided',
  'SharesAwarded',
  'SharesAccepted',
  'SharesDeclined',
  'ShareLapsed',
  'ShareRestReturned',
  'ListingConcluded',
  'ListingCancelled',
  'ListingVoided',
  'CheckOpened',
  'CheckConcluded',
] as const satisfies readonly (ListingEvent | MatchEvent)['type'][];
type RegisterEvent = Extract<ListingEvent | MatchEvent, { type: (typeof TYPES)[number] }>;
type Happened = Recorded<RegisterEvent>;

const listingOf = ({ stream }: Happened): string | undefined =>
  stream.startsWith('listing-') ? stream.slice('listing-'.length) : undefined;

/** 对接台账 */
export const matchRegister: Projection<RegisterEvent> = {
  name: 'match-register',
  version: 2,
  filter: { categories: ['listing', 'match'], types: TYPES },
  entities: [MatchRow, MatchedListingRow],
  async apply(events, rows) {
    await rowFold<RegisterEvent, MatchedListingRow>({
      entity: MatchedListingRow,
      keyColumn: 'listing',
      keyOf: (event) =>
        event.type === 'ListingPublished' || event.type === 'ListingAmended' ? listingOf(event) : undefined,
      fold(row, event, listing) {
        if (event.type === 'ListingAmended') {
          const { product, unit } = event.data.terms;
          return row && { ...row, product, unit };
        }
        if (event.type !== 'ListingPublished') return row;
        const { lead, terms } = event.data;
        const { product, unit } = terms;
        return { listing, lead: lead.enterprise, leadRegistration: lead.registration, product, unit };
      },
    })(events, rows);
    return rowFold<RegisterEvent, MatchRow>({
      entity: MatchRow,
      keyColumn: 'match',
      keyOf: matchesIn,
      related: {
        column: 'listing',
        valueOf: (event) => (event.type === 'OfferSubmitted' ? undefined : listingOf(event)),
      },
      fold: matchRow,
    })(events, rows);
  },
};

const partiesOf = (supplier: Supplier): readonly Party[] =>
  supplier.kind === 'enterprise' ? [supplier] : supplier.shares;

function matchesIn(event: Happened): string | readonly string[] | undefined {
  if (event.type === 'OfferSubmitted') {
    return partiesOf(event.data.supplier).map(({ registration }) => matchOf(listingOf(event) ?? '', registration));
  }
  return event.stream.startsWith('match-') ? event.stream.slice('match-'.length) : undefined;
}

function matchRow(row: MatchRow | undefined, event: Happened, match: string): MatchRow | undefined {
  if (event.type === 'OfferSubmitted') {
    const { offer, supplier, receivedAt } = event.data;
    const before = row ?? newMatch(match, listingOf(event) ?? '', partiesOf(supplier), receivedAt);
    return before && inState({ ...before, offers: { ...before.offers, [offer]: 'standing' } });
  }
  if (!row) return row;
  switch (event.type) {
    case 'OfferWithdrawn':
      return withOffers(row, [event.data.offer], 'withdrawn');
    case 'OffersVoided':
      return withShares(withOffers(row, event.data.offers, 'voided'), event.data.shares, 'voided');
    case 'SharesAwarded': {
      const { shares, notChosen } = event.data;
      const own = shares.filter(({ offer }) => offer in row.offers);
      const awarded = own.map(({ share, quantity }): RegisterShare => ({ share, quantity, state: 'offered' }));
      const after = withOffers(
        row,
        notChosen.map(({ offer }) => offer),
        'not-chosen',
      );
      return awarded.length > 0 ? inState({ ...after, shares: [...after.shares, ...awarded] }) : after;
    }
    case 'ListingConcluded':
      return withOffers(
        row,
        event.data.notChosen.map(({ offer }) => offer),
        'not-chosen',
      );
    case 'SharesAccepted':
      return withShares(row, event.data.shares, 'accepted');
    case 'SharesDeclined':
      return withShares(row, event.data.shares, 'declined');
    case 'ShareLapsed':
      return withShares(row, [event.data.share], 'lapsed');
    case 'ShareRestReturned': {
      const { share: id, left: quantity } = event.data;
      if (!row.shares.some(({ share }) => share === id)) return row;
      return { ...row, shares: row.shares.map((one) => (one.share === id ? { ...one, quantity } : one)) };
    }
    case 'ListingCancelled':
      return inState({ ...withShares(row, event.data.shares, 'cancelled'), state: 'cancelled' });
    case 'ListingVoided':
      return inState({ ...withShares(row, event.data.shares, 'voided'), state: 'cancelled' });
    case 'CheckOpened':
      return { ...row, check: event.data.check, checkState: 'open' };
    case 'CheckConcluded':
      return { ...row, checkState: event.data.result };
    case 'ListingPublished':
    case 'ListingAmended':
      return row;
  }
}

function newMatch(match: string, listing: string, parties: readonly Party[], firstAt: string): MatchRow | undefined {
  const party = parties.find(({ registration }) => matchOf(listing, registration) === match);
  if (!party) return undefined;
  return {
    match,
    listing,
    supplier: party.enterprise,
    supplierRegistration: party.registration,
    state: 'offered',
    offers: {},
    shares: [],
    check: null,
    checkState: null,
    firstAt,
  };
}

function inState(row: MatchRow): MatchRow {
  const state = matchState(
    row.state === 'cancelled',
    Object.values(row.offers),
    row.shares.map((share) => share.state),
  );
  return state === row.state ? row : { ...row, state };
}

function withOffers(row: MatchRow, ids: readonly string[], state: Offer['state'] | 'not-chosen'): MatchRow {
  const own = ids.filter((id) => id in row.offers);
  if (own.length === 0) return row;
  return inState({ ...row, offers: { ...row.offers, ...Object.fromEntries(own.map((id) => [id, state])) } });
}

function withShares(row: MatchRow, ids: readonly string[], state: ShareState): MatchRow {
  if (!row.shares.some(({ share }) => ids.includes(share))) return row;
  return inState({ ...row, shares: row.shares.map((one) => (ids.includes(one.share) ? { ...one, state } : one)) });
}

export type Match = MatchRow & Pick<MatchedListingRow, 'lead' | 'leadRegistration' | 'product' | 'unit'>;

export type MatchesAsked = {
  /** Matches with a lead or an SME among these; left out: of the whole city. */
  readonly among?: readonly string[];
  readonly state?: MatchState;
  readonly lead?: string;
  readonly supplier?: string;
  readonly listing?: string;
  readonly checkState?: 'none' | 'open' | CheckResult;
  /** Instants between which the first offer was received: from (included) and until (excluded), UTC, ISO 8601. */
  readonly from?: string;
  readonly until?: string;
  /** Of the product, or of the name of a firm: those whose names hold them. */
  readonly words?: { readonly text: string; readonly firms: readonly string[] };
};

export const MATCH_ORDERS = {
  since: '"firstAt"',
  product: 'product',
  lead: 'lead',
  supplier: 'supplier',
  state: 'state',
} as const;
export type MatchOrder = OrderOf<typeof MATCH_ORDERS>;

export class MatchRegister extends Query<Listed<Match>> {
  constructor(
    readonly asked: MatchesAsked,
    readonly wanted: ListWanted<MatchOrder>,
  ) {
    super();
  }
}

const JOINED = 'match JOIN matched_listing USING (listing)';

@QueryHandler(MatchRegister)
export class MatchRegisterHandler implements IQueryHandler<MatchRegister> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ asked: { state, ...asked }, wanted }: MatchRegister): Promise<Listed<Match>> {
    const tab = { column: 'state', value: state };
    const list = { from: JOINED, key: 'match', orders: MATCH_ORDERS, where: conditions(asked), tab };
    return this.readModels.read(matchRegister, (rows) => listed<Match>(rows, list, wanted));
  }
}

export class MatchById extends Query<Match | undefined> {
  constructor(readonly match: string) {
    super();
  }
}

@QueryHandler(MatchById)
export class MatchByIdHandler implements IQueryHandler<MatchById> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ match }: MatchById): Promise<Match | undefined> {
    const [found] = await this.readModels.read(matchRegister, (rows) =>
      rows.query<Match[]>(`SELECT * FROM ${JOINED} WHERE match = $1`, [match]),
    );
    return found;
  }
}

/** The ids of all matches that fit, in order of their ids: what a draw by seed is made from. */
export class MatchIds extends Query<string[]> {
  constructor(readonly asked: MatchesAsked) {
    super();
  }
}

@QueryHandler(MatchIds)
export class MatchIdsHandler implements IQueryHandler<MatchIds> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ asked }: MatchIds): Promise<string[]> {
    const { sql, values } = conditions(asked);
    const found = await this.readModels.read(matchRegister, (rows) =>
      rows.query<{ match: string }[]>(`SELECT match FROM ${JOINED} WHERE ${sql} ORDER BY match`, values),
    );
    return found.map(({ match }) => match);
  }
}

function conditions({ among, state, lead, supplier, listing, checkState, from, until, words }: MatchesAsked) {
  const where = new Conditions();
  if (among !== undefined) {
    const codes = where.parameter(among);
    where.and(`(lead = ANY(${codes}::text[]) OR supplier = ANY(${codes}::text[]))`);
  }
  where.equal('state', state).equal('lead', lead).equal('supplier', supplier).equal('listing', listing);
  if (checkState === 'none') where.and('"checkState" IS NULL');
  else where.equal('"checkState"', checkState);
  if (from !== undefined) where.and(`"firstAt" >= ${where.parameter(from)}`);
  if (until !== undefined) where.and(`"firstAt" < ${where.parameter(until)}`);
  if (words !== undefined) {
    const firms = where.parameter(words.firms);
    const product = where.parameter(`%${words.text.replace(/[\\%_]/g, '\\$&')}%`);
    where.and(`(product ILIKE ${product} OR lead = ANY(${firms}::text[]) OR supplier = ANY(${firms}::text[]))`);
  }
  return where;
}
