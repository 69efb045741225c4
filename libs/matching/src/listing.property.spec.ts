import { isDeepStrictEqual } from 'node:util';
import { Refused } from '@app/kernel';
import fc from 'fast-check';
import * as award from '../test/listing-award-acts';
import * as quoting from '../test/listing-model';
import { Act, Answer, Model } from '../test/listing-model';
import {
  Listing,
  listing,
  ListingCommand,
  ListingEvent,
  ListingStatus,
  PublishedListing,
  statusOf,
} from './listing.decider';
import { published } from './testing';

// Random stories of one listing, told to the decider and to a model. Both must say the same to every command: refused,
// nothing to do, or done; and whatever was said, the listing must never break its rules.

const { submit, revise, withdraw, wait, extend, amend, close } = quoting;
const {
  openRound,
  closeRound,
  awardActs,
  accept,
  decline,
  remind,
  lapse,
  giveBack,
  conclude,
  quiet,
  cancel,
  voidFirm,
} = award;

const many = (...from: { weight: number; arbitrary: fc.Arbitrary<Act> }[]) => fc.oneof(...from);
const rarely = [cancel, voidFirm, wait, conclude].map((arbitrary) => ({ weight: 1, arbitrary }));
const often = (...from: fc.Arbitrary<Act>[]) => from.map((arbitrary) => ({ weight: 20, arbitrary }));
/** Acts in an order that gets somewhere, with stray ones in between. */
const stories = fc.record({
  whole: fc.nat(4).map((n) => n === 4),
  acts: fc
    .tuple(
      fc.array(many(...often(submit, submit, revise, withdraw, extend, amend), ...rarely), {
        minLength: 3,
        maxLength: 12,
      }),
      fc.array(many(...often(close), ...rarely, { weight: 4, arbitrary: submit }), { minLength: 1, maxLength: 4 }),
      fc.array(many(...often(openRound, revise, closeRound), ...rarely), { maxLength: 4 }),
      fc.array(
        many(
          ...often(awardActs, awardActs, accept, decline, remind, lapse, giveBack, wait, quiet),
          ...rarely,
          ...often(closeRound),
        ),
        { minLength: 5, maxLength: 24 },
      ),
    )
    .map((parts) => parts.flat()),
});

const LEGAL: Record<ListingStatus, ListingStatus[]> = {
  draft: ['quoting', 'discarded'],
  discarded: [],
  quoting: ['closed', 'cancelled'],
  closed: ['partly-awarded', 'awarded', 'unfilled', 'cancelled'],
  'partly-awarded': ['closed', 'awarded', 'cancelled'],
  awarded: ['closed', 'partly-awarded', 'cancelled'],
  unfilled: [],
  cancelled: [],
};

type Decide = typeof listing.decide;
/** How often each act was answered how: a property over stories in which nothing happens would prove nothing. */
type Tally = Map<string, number>;

/** Tells one story; throws at the first answer that the model does not give, or the first rule that is broken. */
function tell({ whole, acts }: { whole: boolean; acts: Act[] }, decide: Decide, tally: Tally = new Map()): void {
  const model = new Model(100, whole);
  const events = published({ partsAccepted: !whole });
  let state = events.reduce(listing.evolve, listing.initial);
  for (const { name, command, expect: expectation } of acts) {
    const told = command(model);
    if (!told) {
      if (name === 'wait') expectation(model);
      continue;
    }
    const said = answer(decide, told, state);
    const expected = expectation(model);
    tally.set(`${name} ${said.answer}`, (tally.get(`${name} ${said.answer}`) ?? 0) + 1);
    if (said.answer !== expected) throw new Error(`${name}: the decider says ${said.answer}, the model ${expected}`);
    const before = state;
    state = said.events.reduce(listing.evolve, state);
    events.push(...said.events);
    checkRules(before as PublishedListing, state as PublishedListing);
  }
  if (!isDeepStrictEqual(events.reduce(listing.evolve, listing.initial), state)) throw new Error('a replay differs');
}

function answer(decide: Decide, command: ListingCommand, state: Listing): { answer: Answer; events: ListingEvent[] } {
  try {
    const events = decide(command, state);
    return { answer: events.length > 0 ? 'done' : 'nothing', events };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { answer: 'refused', events: [] };
  }
}

function checkRules(before: PublishedListing, after: PublishedListing): void {
  const live = [...after.shares.values()].filter(({ state }) => state === 'offered' || state === 'accepted');
  const sum = (shares: typeof live) => shares.reduce((total, { quantity }) => total + Number(quantity), 0);
  if (sum(live) > Number(after.terms.quantity)) throw new Error('more is awarded than is wanted');
  for (const [id, { terms }] of after.offers) {
    const mine = live.filter(({ offer }) => offer === id);
    if (sum(mine) > Number(terms.quantity)) throw new Error('more is awarded than was offered');
    const earlier = before.offers.get(id);
    if (before.closedOffers && earlier && Number(terms.unitPrice) > Number(earlier.terms.unitPrice)) {
      throw new Error('a price rose after the close');
    }
  }
  if (before.closedOffers && after.closedOffers !== before.closedOffers) throw new Error('the fixed set changed');
  if (before.closedOffers && after.offers.size !== before.offers.size) throw new Error('an offer came after the close');
  const [from, to] = [statusOf(before), statusOf(after)];
  const reopened = before.phase === 'concluded' && after.phase === 'closed';
  if (from !== to && !LEGAL[from].includes(to) && !reopened) throw new Error(`${from} became ${to}`);
}

// Refusals are expected by the hundred thousand, and where one was made is not looked at.
const { stackTraceLimit } = Error;
beforeAll(() => void (Error.stackTraceLimit = 0));
afterAll(() => void (Error.stackTraceLimit = stackTraceLimit));

const RUNS = Number(process.env.PEITAO_PROPERTY_RUNS ?? 10_000);

describe('random stories of a listing', () => {
  it(`go as the model says, ${RUNS} times`, () => {
    const tally: Tally = new Map();
    fc.assert(
      fc.property(stories, (story) => tell(story, listing.decide, tally)),
      { numRuns: RUNS },
    );
    const done = ['submit', 'revise', 'withdraw', 'extend', 'amend', 'close', 'open-round', 'close-round', 'award'];
    done.push('accept', 'decline', 'remind', 'lapse', 'give-back', 'conclude', 'quiet', 'cancel', 'void');
    const often = RUNS / 100;
    expect(done.filter((name) => (tally.get(`${name} done`) ?? 0) < often)).toEqual([]);
    const refused = ['submit', 'revise', 'extend', 'amend', 'open-round', 'award', 'accept', 'decline', 'give-back'];
    expect(refused.filter((name) => (tally.get(`${name} refused`) ?? 0) < often)).toEqual([]);
  }, 240_000);

  const careless: Record<string, Decide> = {
    'the demand': (command, state) =>
      listing.decide(command, command.type === 'AwardShares' ? wanting(state, '1000000') : state),
    'the close': (command, state) =>
      listing.decide(command, state?.phase === 'closed' ? { ...state, phase: 'quoting' } : state),
    'what was awarded before': (command, state) =>
      listing.decide(command, state && 'shares' in state ? { ...state, shares: new Map() } : state),
  };
  it.each(Object.entries(careless))('catch a decider that forgets %s', (_, decide) => {
    const property = fc.property(stories, (story) => tell(story, decide));
    expect(fc.check(property, { numRuns: 2_000, endOnFailure: true }).failed).toBe(true);
  });
});

const wanting = (state: Listing, quantity: string): Listing =>
  state && 'shares' in state ? { ...state, terms: { ...state.terms, quantity } } : state;
