import { randomUUID } from 'node:crypto';
import { pause } from '@app/kernel';
import { listingTerms, offerTerms } from '../support/firms';
import { PatientClient, Refusal } from './patient-client';

const MINUTE = 60_000;
/** A deadline is a full minute; one that is nearer than this is left for the next, so that offers are in time. */
const SHORTEST_QUOTING = 15_000;
/** Later deadlines would be waited for at the end, without anything that befalls anybody. */
const LONGEST_QUOTING = 40_000;
const LOOK_EVERY = 500;

export type Traders = { readonly leads: readonly PatientClient[]; readonly smes: readonly PatientClient[] };

export type TradesOptions = {
  /** Every so many listings are closed by the clock and not by their lead. */
  readonly timedEvery: number;
  /** Milliseconds in which people look at what they got before they go on: none where the machine is the campaign's own. */
  readonly pace?: number;
};

/** When quoting of a listing ended by the clock, for the check of its close. */
export type Timed = { readonly listing: string; readonly deadline: number };

/** The main job, again and again, several at the same time: publish, offer, revise, close, award, answer. */
export class Trades {
  readonly timed: Timed[] = [];
  finished = 0;
  /** Fires, with the reason, when a trade has come to no end. */
  readonly failed = new AbortController();
  private begun = 0;
  private ended = false;
  private isTimed = true;
  private running: Promise<void>[] = [];

  constructor(
    private readonly traders: Traders,
    private readonly options: TradesOptions,
  ) {}

  start(atOnce: number): void {
    this.running = Array.from({ length: atOnce }, () => this.goOn());
    for (const one of this.running) one.catch((error: unknown) => this.failed.abort(error));
  }

  /** Begins no more and waits for those that are under way. Throws what went wrong with any. */
  async finish(): Promise<void> {
    this.ended = true;
    await Promise.all(this.running);
  }

  /** From now on leads close every new listing themselves, so that nobody waits for the clock at the end. */
  noMoreTimed(): void {
    this.isTimed = false;
  }

  private async goOn(): Promise<void> {
    const waiting: Promise<void>[] = [];
    while (!this.ended && !this.failed.signal.aborted) {
      const number = this.begun++;
      if (this.isTimed && this.mayBeTimed(number)) waiting.push(this.kept(number));
      else await this.trade(number, false);
    }
    await Promise.all(waiting);
  }

  private mayBeTimed(number: number): boolean {
    if (number % this.options.timedEvery !== 0) return false;
    // The first is timed whatever time it is: a short campaign may have no other minute.
    return nextDeadline() - Date.now() <= LONGEST_QUOTING || number === 0;
  }

  /** Waited for at the end only. */
  private kept(number: number): Promise<void> {
    const trade = this.trade(number, true);
    trade.catch((error: unknown) => this.failed.abort(error));
    return trade;
  }

  private async trade(number: number, isTimed: boolean): Promise<void> {
    const { leads, smes } = this.traders;
    const lead = leads[number % leads.length]!;
    const bidders = [0, 1, 2].map((one) => smes[(number + one) % smes.length]!);
    const listing = randomUUID();
    const deadline = isTimed ? nextDeadline() : nextDeadline() + 60 * MINUTE;
    const terms = { ...termsUntil(deadline), earlyCloseAllowed: !isTimed };
    await lead.write('ListingDrafted', 'POST', '/api/listings', { listing, terms });
    const published = await lead.write('ListingPublished', 'POST', `/api/listings/${listing}/publication`, {});
    if (isTimed) this.timed.push({ listing, deadline });
    await this.look();

    const offers = (await Promise.all(bidders.map((bidder, one) => bid(bidder, listing, one)))).filter(
      (offer) => offer !== undefined,
    );
    await this.look();
    if (isTimed) await closed(lead, listing, published);
    else await lead.write('QuotingClosed', 'POST', `/api/listings/${listing}/close`, {});
    if (offers.length < 3) return;

    await this.look();
    const shares = offers.map((offer) => ({ share: randomUUID(), offer, quantity: '300', reason: 'price' }));
    const awards = `/api/listings/${listing}/awards`;
    await lead.write('SharesAwarded', 'POST', awards, { award: randomUUID(), shares, notChosen: [] });
    await this.look();
    const [first, second, third] = shares.map(({ share }) => ({ shares: [share] }));
    const answer = `/api/listings/${listing}`;
    const [position] = await Promise.all([
      bidders[0]!.write('SharesAccepted', 'POST', `${answer}/acceptances`, first!),
      bidders[1]!.write('SharesAccepted', 'POST', `${answer}/acceptances`, second!),
      bidders[2]!.write('SharesDeclined', 'POST', `${answer}/refusals`, { ...third!, reason: 'capacity' }),
    ]);
    await seesItsAnswer(bidders[0]!, listing, position);
    this.finished++;
  }

  private async look(): Promise<void> {
    if (this.options.pace) await pause(this.options.pace);
  }
}

const nextDeadline = (): number => Math.ceil((Date.now() + SHORTEST_QUOTING) / MINUTE) * MINUTE;

/** Delivery far enough ahead of any deadline of the campaign. */
const termsUntil = (deadline: number) =>
  listingTerms(new Date(deadline).toISOString(), { deliverBy: day(deadline + 60 * 24 * 60 * MINUTE) });
const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Undefined where its last try came after the deadline: an answer that it had to wait for may. */
async function bid(bidder: PatientClient, listing: string, number: number): Promise<string | undefined> {
  const offer = randomUUID();
  const terms = offerTerms({ deliverBy: day(Date.now() + 30 * 24 * 60 * MINUTE), unitPrice: `1${number}.5` });
  try {
    await bidder.write('OfferSubmitted', 'POST', `/api/listings/${listing}/offers`, { offer, terms });
    const better = { terms: { ...terms, unitPrice: `1${number}.25` } };
    await bidder.write('OfferRevised', 'PUT', `/api/listings/${listing}/offers/${offer}`, better);
    return offer;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'deadline-passed') return undefined;
    throw error;
  }
}

async function closed(lead: PatientClient, listing: string, published: string | undefined): Promise<void> {
  for (;;) {
    const { body } = await lead.read(`/api/listings/${listing}`, published);
    if ((body as { status: string }).status !== 'quoting') return;
    await pause(LOOK_EVERY);
  }
}

/** Whichever process answers, whoever has accepted reads that he has. */
async function seesItsAnswer(bidder: PatientClient, listing: string, position: string | undefined): Promise<void> {
  if (position === undefined) throw new Error('a write was answered without its position');
  const { body } = await bidder.read(`/api/my-shares?listing=${listing}`, position);
  const states = (body as { items: { state: string }[] }).items.map(({ state }) => state);
  if (states.join() !== 'accepted') throw new Error(`a share that was accepted is read as ${states.join() || 'none'}`);
}
