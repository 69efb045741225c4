import { canonicalHash, decimalText, Exact, sum } from '@app/kernel';
import type { CatalogueEvent } from './catalogue.decider';
import type { ListingEvent, ListingStatus, ShareState } from './listing.decider';
import type { Listing } from './listing-state.rules';
import { statusOf } from './listing-state.rules';
import type { ProposedAct } from './listing-story.rules';
import type { ListingKind, ListingTerms, PublishedTerms } from './listing-terms.rules';
import { Seen, seenColumns } from './visibility.rules';

// A listing as its page shows it. It follows the same events as the decider's state, and statusOf must agree: the spec
// holds the two against each other.

export type Question = {
  readonly question: string;
  readonly text: string;
  readonly askedAt?: string;
  readonly answer?: string;
  readonly answeredAt?: string;
};

/** What a change of the terms changed, and the terms as they stood before it. */
export type TermsChange = {
  readonly changed: readonly (keyof ListingTerms)[];
  readonly before: ListingTerms;
  readonly at: string;
};

export type Waiting = {
  readonly proposal: string;
  readonly account: string;
  readonly at: string;
  readonly act: ProposedAct;
};

export type SecondRound = {
  readonly offers: readonly string[];
  readonly deadline: string;
  readonly state: 'open' | 'closed';
};

/** What only the lead is shown of its listing. */
export type OwnPart = {
  /** Offers that stand: their number is all that the lead learns of them before the close. */
  readonly offers: readonly string[];
  /** Registrations that ever offered. */
  readonly offerers: readonly string[];
  readonly proposal?: Waiting;
  readonly secondRound?: SecondRound;
  /** Code of the refusal of its catalogue's last attempt to publish it. */
  readonly publicationRefused?: string;
  /** Quantity and state of each share: what the status follows from. */
  readonly shares: Readonly<Record<string, readonly [quantity: string, state: ShareState]>>;
};

export type PageFields = Omit<Seen, 'invited' | 'pledged'> & {
  listing: string;
  kind: ListingKind;
  status: ListingStatus;
  invited: string[];
  pledged: string[];
  terms: ListingTerms;
  questions: readonly Question[];
  changes: readonly TermsChange[];
  catalogue: string | null;
  line: string | null;
  replaces: string | null;
  replacedBy: string | null;
  cancelReason: string | null;
  cancelText: string | null;
  publishedAt: string | null;
  closedAt: string | null;
  endedAt: string | null;
  attachments: string[];
  own: OwnPart;
};

type Happened = { readonly stream: string; readonly revision: bigint } & (
  | ListingEvent
  | Extract<CatalogueEvent, { type: 'CatalogueItemsAdded' | 'CatalogueItemsRemoved' | 'CatalogueItemsReported' }>
);

/** At most so many items stand in one event of a catalogue, which gives each line a place of its own. */
const ITEMS_AT_ONCE = 1_000n;

export function listingRow(row: PageFields | undefined, event: Happened, listing: string): PageFields | undefined {
  if (event.type === 'ListingDrafted') return drafted(event.data);
  if (!row) return row;
  switch (event.type) {
    case 'CatalogueItemsAdded': {
      const line = event.revision * ITEMS_AT_ONCE + BigInt(event.data.items.indexOf(listing));
      return { ...row, catalogue: event.stream.slice('catalogue-'.length), line: String(line) };
    }
    case 'CatalogueItemsRemoved':
      return { ...row, catalogue: null, line: null };
    case 'CatalogueItemsReported': {
      const refused = event.data.refused.find(({ item }) => item === listing);
      return withOwn(row, { publicationRefused: refused?.code });
    }
    case 'ListingDraftChanged':
      return { ...withOwn(row, { proposal: undefined }), ...termFields(event.data.terms) };
    case 'ListingDraftDiscarded':
      return { ...withOwn(row, { proposal: undefined }), status: 'discarded', endedAt: event.data.at };
    case 'ListingActProposed': {
      const { proposal, account, act, at } = event.data;
      return withOwn(row, { proposal: { proposal, account, act, at } });
    }
    case 'ListingProposalDropped':
      return withOwn(row, { proposal: undefined });
    case 'ListingPublished': {
      const { terms, questions = [], at } = event.data;
      return {
        ...withOwn(row, { proposal: undefined, publicationRefused: undefined }),
        ...publishedFields(terms),
        questions: [...questions],
        status: 'quoting',
        publishedAt: at,
      };
    }
    default:
      return row.publishedAt === null ? row : publishedRow(row, event);
  }
}

type PublishedEvent = Exclude<
  Happened,
  {
    type:
      | 'ListingDrafted'
      | 'ListingDraftChanged'
      | 'ListingDraftDiscarded'
      | 'ListingActProposed'
      | 'ListingProposalDropped'
      | 'ListingPublished'
      | 'CatalogueItemsAdded'
      | 'CatalogueItemsRemoved'
      | 'CatalogueItemsReported';
  }
>;

function publishedRow(row: PageFields, event: PublishedEvent): PageFields {
  const { own } = row;
  switch (event.type) {
    case 'ListingAmended': {
      const { terms, changed, at } = event.data;
      const changes = [...row.changes, { changed, before: row.terms, at }];
      return { ...withOwn(row, { proposal: undefined }), ...publishedFields(terms), changes };
    }
    case 'QuotingDeadlineMoved': {
      const { deadline, at } = event.data;
      if (row.terms.quotingDeadline === deadline) return row;
      const changes = [...row.changes, { changed: ['quotingDeadline'] as const, before: row.terms, at }];
      return { ...row, terms: { ...row.terms, quotingDeadline: deadline }, changes };
    }
    case 'ListingCancelled': {
      const { reason, text = null, replacedBy = null, shares, at } = event.data;
      const after = withOwn(settled(row, shares, 'cancelled'), { proposal: undefined });
      return { ...after, status: 'cancelled', cancelReason: reason, cancelText: text, replacedBy, endedAt: at };
    }
    case 'ListingVoided': {
      const { shares, at } = event.data;
      return { ...withOwn(settled(row, shares, 'voided'), { proposal: undefined }), status: 'cancelled', endedAt: at };
    }
    case 'OfferSubmitted': {
      const { offer, supplier } = event.data;
      const parties = supplier.kind === 'enterprise' ? [supplier] : supplier.shares;
      const offerers = new Set([...own.offerers, ...parties.map(({ registration }) => registration)]);
      return withOwn(row, { offers: [...own.offers, offer], offerers: [...offerers] });
    }
    case 'OfferWithdrawn':
      return withOwn(row, { offers: own.offers.filter((offer) => offer !== event.data.offer) });
    case 'OffersVoided': {
      const { offers, shares } = event.data;
      const after = withOwn(row, { offers: own.offers.filter((offer) => !offers.includes(offer)) });
      if (shares.length === 0) return after;
      // What a concluded listing loses so is free to be awarded again.
      const reopened = row.status === 'cancelled' ? after : { ...after, endedAt: null };
      return awarding(settled(reopened, shares, 'voided'));
    }
    case 'QuotingClosed':
      return { ...withOwn(row, { proposal: undefined }), status: 'closed', closedAt: event.data.at };
    case 'SecondRoundOpened': {
      const { offers, deadline } = event.data;
      return withOwn(row, { secondRound: { offers, deadline, state: 'open' } });
    }
    case 'SecondRoundClosed':
      return withOwn(row, { secondRound: own.secondRound && { ...own.secondRound, state: 'closed' } });
    case 'SharesAwarded': {
      const shares = Object.fromEntries(
        event.data.shares.map((one) => [one.share, [one.quantity, 'offered'] as const]),
      );
      return awarding(withOwn(row, { shares: { ...own.shares, ...shares }, proposal: undefined }));
    }
    case 'SharesAccepted':
      return awarding(settled(row, event.data.shares, 'accepted'));
    case 'SharesDeclined':
      return awarding(settled(row, event.data.shares, 'declined'));
    case 'ShareLapsed':
      return awarding(settled(row, [event.data.share], 'lapsed'));
    case 'ShareRestReturned': {
      const { share, left } = event.data;
      const [, state] = own.shares[share] ?? [];
      if (!state) return row;
      const after = withOwn(row, { shares: { ...own.shares, [share]: [left, state] } });
      return awarding(row.status === 'cancelled' ? after : { ...after, endedAt: null });
    }
    case 'ListingConcluded':
      return { ...withOwn(row, { proposal: undefined }), status: event.data.outcome, endedAt: event.data.at };
    case 'QuestionAsked': {
      const { question, text, at } = event.data;
      return { ...row, questions: [...row.questions, { question, text, askedAt: at }] };
    }
    case 'QuestionAnswered': {
      const { question, text, at } = event.data;
      const answered = (one: Question) => (one.question === question ? { ...one, answer: text, answeredAt: at } : one);
      return { ...row, questions: row.questions.map(answered) };
    }
    case 'ConfidentialityPledged':
      return { ...row, pledged: [...row.pledged, event.data.by.registration] };
    case 'OfferRevised':
    case 'ShareReminderRecorded':
      return row;
  }
}

function drafted(data: Extract<ListingEvent, { type: 'ListingDrafted' }>['data']): PageFields {
  const { listing, kind, lead, terms, replaces = null } = data;
  return {
    listing,
    kind,
    lead: lead.enterprise,
    leadRegistration: lead.registration,
    status: 'draft',
    visibility: 'invited',
    invited: [],
    pledged: [],
    questions: [],
    changes: [],
    catalogue: data.catalogue ?? null,
    line: null,
    replaces,
    replacedBy: null,
    cancelReason: null,
    cancelText: null,
    publishedAt: null,
    closedAt: null,
    endedAt: null,
    own: { offers: [], offerers: [], shares: {} },
    ...termFields(terms),
  };
}

const termFields = (terms: ListingTerms) => ({ terms, attachments: (terms.attachments ?? []).map(({ id }) => id) });

const publishedFields = (terms: PublishedTerms) => ({ ...termFields(terms), ...seenColumns(terms) });

const withOwn = (row: PageFields, own: Partial<OwnPart>): PageFields => ({ ...row, own: { ...row.own, ...own } });

function settled(row: PageFields, ids: readonly string[], state: ShareState): PageFields {
  const shares = { ...row.own.shares };
  for (const id of ids) if (shares[id]) shares[id] = [shares[id][0], state];
  return withOwn(row, { shares });
}

/** The status while shares are awarded and answered; what has ended stays what it is. */
function awarding(row: PageFields): PageFields {
  if (row.endedAt !== null) return row;
  const live = sum(
    Object.values(row.own.shares)
      .filter(([, state]) => state === 'offered' || state === 'accepted')
      .map(([quantity]) => quantity),
  );
  const all = new Exact(row.terms.quantity ?? 0);
  return { ...row, status: live.isZero() ? 'closed' : live.gte(all) ? 'awarded' : 'partly-awarded' };
}

/** What of a quantity is awarded to nobody. */
export function restOf(quantity: string, shares: readonly (readonly [quantity: string, state: ShareState])[]): string {
  const live = shares.filter(([, state]) => state === 'offered' || state === 'accepted');
  const rest = new Exact(quantity).minus(sum(live.map(([awarded]) => awarded)));
  return decimalText(rest.isNegative() ? 0 : rest);
}

type Versioned = Pick<PageFields, 'listing' | 'status' | 'terms'> & {
  readonly own: { readonly proposal?: { readonly proposal: string }; readonly secondRound?: SecondRound };
};

/** Parts of a listing's ETag: what its page shows, and never a count of others' acts. */
export const pageVersion = ({ listing, status, terms, own }: Versioned): [string, string] => [
  listing,
  canonicalHash({ status, terms, proposal: own.proposal?.proposal ?? null, secondRound: own.secondRound ?? null }),
];

/** The same of the state that a command is about to change: for the precondition of an amendment under If-Match. */
export function versionOf(state: NonNullable<Listing>): [string, string] {
  const { listing, terms, proposal } = state;
  const secondRound = 'secondRound' in state ? state.secondRound : undefined;
  return pageVersion({ listing, status: statusOf(state), terms, own: { proposal, secondRound } });
}
