import { Streams } from '@app/event-store';
import { Clock, decimalText, derivedId, Exact, instantText, pause } from '@app/kernel';
import { AcceptLines, AwardLines, FittingDemands, listing, listingStream, OfferOnLines } from '@app/matching';
import type { AwardLine, LineResult, OfferLine } from '@app/matching';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { partyOf, stepOf, StoryFirm } from './story-firms';

/** A published line of a publisher. */
export type Demand = {
  readonly listing: string;
  readonly publisher: StoryFirm;
  readonly quantity: string;
  readonly deliverBy: string;
};

type Offer = { readonly offer: string; readonly firm: StoryFirm; readonly quantity: string; readonly price: number };

/** More makers than this on one line would add nothing to the story. */
const MOST_OFFERS = 6;
const MOST_SHARES = 3;
const AT_ONCE = 8;

export const MARK = '演示：价格、数量为抽取，并非真实报价';

/** Offers, awards and acceptances of the story, through the commands that people's clients send. */
export class Trade {
  private readonly commands = this.app.get(CommandBus);
  private readonly offers = new Map<string, Offer[]>();
  /** Lines that a rule refused, by code: none in a story that is told right. */
  readonly refused = new Map<string, number>();

  constructor(
    private readonly app: INestApplicationContext,
    private readonly demands: ReadonlyMap<string, Demand>,
    private readonly draw: () => number,
  ) {}

  /** For each demand the makers whose products fit it, the best first. */
  async fitting(
    makers: readonly StoryFirm[],
  ): Promise<Map<string, { firm: StoryFirm; canMake: string | undefined }[]>> {
    const found = new Map<string, { firm: StoryFirm; canMake: string | undefined; score: number }[]>();
    for (const firm of makers) {
      const reader = { firm: { ...partyOf(firm), isConfirmed: true } };
      const fits = await this.app.get(QueryBus).execute(new FittingDemands(reader));
      for (const { demand, promotion, score } of fits) {
        if (!this.demands.has(demand.listing)) continue;
        const makersOf = found.get(demand.listing) ?? [];
        makersOf.push({ firm, canMake: promotion.terms.capacityPerMonth, score });
        found.set(demand.listing, makersOf);
      }
    }
    for (const makersOf of found.values()) makersOf.sort((a, b) => b.score - a.score);
    return found;
  }

  /** The makers' own offers and drawn competing ones: each firm answers all of its lines in one command. */
  async offerAll(
    fitting: ReadonlyMap<string, readonly { firm: StoryFirm; canMake: string | undefined }[]>,
    rivals: readonly StoryFirm[],
  ): Promise<number> {
    const byFirm = new Map<StoryFirm, { line: OfferLine; offer: Offer }[]>();
    const plan = (demand: Demand, firm: StoryFirm, most: string | undefined) => {
      const drawn = partOf(demand.quantity, 0.4 + this.draw() * 0.6);
      const quantity = most !== undefined && new Exact(most).lt(drawn) ? decimalText(most) : drawn;
      const price = Math.round((1 + this.draw() * 59) * 100) / 100;
      const id = derivedId('story', 'offer', demand.listing, firm.enterprise);
      const terms = {
        ...{ quantity, unitPrice: decimalText(price), vatRate: '0.13', deliverBy: demand.deliverBy, note: MARK },
      };
      const planned = {
        line: { listing: demand.listing, offer: id, terms },
        offer: { offer: id, firm, quantity, price },
      };
      byFirm.set(firm, [...(byFirm.get(firm) ?? []), planned]);
    };
    for (const [id, makers] of fitting) {
      const demand = this.demands.get(id)!;
      for (const { firm, canMake } of makers.slice(0, MOST_OFFERS)) plan(demand, firm, canMake);
      const first = Math.floor(this.draw() * rivals.length);
      const competing = 1 + Math.floor(this.draw() * 2);
      for (let k = 0; k < competing; k++) plan(demand, rivals[(first + k) % rivals.length]!, undefined);
    }
    const receivedAt = instantText(this.app.get(Clock).now());
    let made = 0;
    await inTurns([...byFirm], async ([firm, planned]) => {
      const lines = planned.map(({ line }) => line);
      const command = new OfferOnLines(partyOf(firm), lines, receivedAt, stepOf(firm, 'offers'));
      const { lines: results } = await this.commands.execute(command);
      for (const [at, result] of results.entries()) {
        if (!this.wentWell(result)) continue;
        made += 1;
        const { offer } = planned[at]!;
        this.offers.set(result.listing, [...(this.offers.get(result.listing) ?? []), offer]);
      }
    });
    return made;
  }

  /** The deadline is kept by a process, as in life: waits until it has closed every listing, and counts them. */
  async untilClosed(patience: number): Promise<number> {
    const streams = this.app.get(Streams);
    for (const id of this.demands.keys()) {
      const closed = async () => (await streams.load(listing, listingStream(id))).state?.phase === 'closed';
      for (const end = performance.now() + patience; !(await closed()); await pause(20)) {
        if (performance.now() > end) throw new Error(`waited in vain for the close of ${id}`);
      }
    }
    return this.demands.size;
  }

  /** Each lead awards all its lines in one act: the cheapest first, and more than one supplier where more than one offered. */
  async awardAll(): Promise<{ awards: number; split: number; accepted: number }> {
    const byLead = new Map<StoryFirm, AwardLine[]>();
    const shareOf = new Map<string, { readonly listing: string; readonly firm: StoryFirm }>();
    for (const [id, offers] of this.offers) {
      const { publisher, quantity } = this.demands.get(id)!;
      const shares = splitOf(quantity, offers).map(({ offer, part }, k) => {
        const share = derivedId('story', 'share', id, k);
        shareOf.set(share, { listing: id, firm: offer.firm });
        return { share, offer: offer.offer, quantity: part, reason: 'price' as const };
      });
      byLead.set(publisher, [...(byLead.get(publisher) ?? []), { listing: id, shares, notChosen: [] }]);
    }
    const awarded: string[] = [];
    let split = 0;
    await inTurns([...byLead], async ([lead, lines]) => {
      const person = { by: partyOf(lead), account: lead.account };
      const award = derivedId('story', 'award', lead.enterprise);
      const command = new AwardLines(person, award, lines, stepOf(lead, 'awards'));
      const { lines: results } = await this.commands.execute(command);
      for (const [at, result] of results.entries()) {
        if (!this.wentWell(result)) continue;
        const { shares } = lines[at]!;
        awarded.push(...shares.map(({ share }) => share));
        if (shares.length > 1) split += 1;
      }
    });
    return { awards: awarded.length, split, accepted: await this.accept(awarded, shareOf) };
  }

  private async accept(
    awarded: readonly string[],
    shareOf: ReadonlyMap<string, { readonly listing: string; readonly firm: StoryFirm }>,
  ): Promise<number> {
    const bySupplier = new Map<StoryFirm, Map<string, string[]>>();
    for (const share of awarded) {
      const { listing: id, firm } = shareOf.get(share)!;
      const lines = bySupplier.get(firm) ?? new Map<string, string[]>();
      lines.set(id, [...(lines.get(id) ?? []), share]);
      bySupplier.set(firm, lines);
    }
    let accepted = 0;
    await inTurns([...bySupplier], async ([firm, shares]) => {
      const lines = [...shares].map(([id, ids]) => ({ listing: id, shares: ids }));
      const command = new AcceptLines(partyOf(firm), lines, stepOf(firm, 'acceptances'));
      const { lines: results } = await this.commands.execute(command);
      for (const [at, result] of results.entries()) if (this.wentWell(result)) accepted += lines[at]!.shares.length;
    });
    return accepted;
  }

  private wentWell(result: LineResult): boolean {
    if (result.result === 'done') return true;
    this.refused.set(result.code, (this.refused.get(result.code) ?? 0) + 1);
    return false;
  }
}

/** A part of a quantity as people would offer it: whole pieces where there are enough of them, and never nothing. */
function partOf(quantity: string, part: number): string {
  const taken = new Exact(quantity).times(part).toDecimalPlaces(new Exact(quantity).gte(10) ? 0 : 6, Exact.ROUND_DOWN);
  return taken.isZero() ? quantity : decimalText(taken);
}

function splitOf(quantity: string, offers: readonly Offer[]): { offer: Offer; part: string }[] {
  const cheapest = offers.toSorted((a, b) => a.price - b.price).slice(0, MOST_SHARES);
  const most = cheapest.length > 1 ? partOf(quantity, 0.6) : quantity;
  let left = new Exact(quantity);
  const parts: { offer: Offer; part: string }[] = [];
  for (const offer of cheapest) {
    const part = Exact.min(left, offer.quantity, most);
    if (part.lte(0)) break;
    parts.push({ offer, part: decimalText(part) });
    left = left.minus(part);
  }
  return parts;
}

export async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
