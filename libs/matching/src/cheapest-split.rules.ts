import { decimalText, Exact, lineAmount, sum, toFen } from '@app/kernel';

// The split of a listing that costs least: what an award is compared with. It covers as much as the offers allow first, and
// costs as little as that can second; prices without VAT, as everything between firms is.

/** What is left of an offer, and the least that a share of it may hold. */
export type Lot = {
  readonly offer: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly vatRate: string;
  readonly minimumLot?: string;
};

export type Split = {
  readonly shares: readonly { readonly offer: string; readonly quantity: string }[];
  /** What it covers of the quantity asked for. */
  readonly quantity: string;
  /** Yuan, each share rounded to fen as an order would be. */
  readonly amount: string;
  readonly amountWithVat: string;
  /** False where minimum lots stood in the way and there were too many offers to try every choice among them. */
  readonly isExact: boolean;
};

/** Up to so many offers every choice among them is tried: 4,096 choices, some milliseconds. */
const MOST_TRIED = 12;

/** Numbers times 10^6, since neither quantities nor prices have more decimals: thirty lines are to be quick. */
type Part = { readonly at: number; readonly most: bigint; readonly least: bigint; readonly price: bigint };

const SCALE = 1_000_000;
const scaled = (text: string): bigint => BigInt(new Exact(text).times(SCALE).toFixed(0));
const unscaled = (value: bigint): string => decimalText(new Exact(value.toString()).div(SCALE));

/** `partsAccepted` false: one offer for the whole, or none. */
export function cheapestSplit(wanted: string, lots: readonly Lot[], partsAccepted: boolean): Split {
  const whole = scaled(wanted);
  const parts = lots
    .map(({ quantity, unitPrice, minimumLot = '0' }, at): Part => {
      return { at, most: scaled(quantity), least: scaled(minimumLot), price: scaled(unitPrice) };
    })
    .filter(({ most, least }) => most > 0n && least <= most && least <= whole)
    .sort((one, other) => (one.price < other.price ? -1 : one.price > other.price ? 1 : one.at - other.at));
  if (!partsAccepted) return splitOf(lots, wholeFrom(parts, whole), true);
  const greedy = fill(parts, whole);
  if (greedy.every(([part, taken]) => taken >= part.least)) return splitOf(lots, greedy, true);
  if (parts.length <= MOST_TRIED) return splitOf(lots, bestChoice(parts, whole), true);
  return splitOf(lots, withoutSmall(parts, whole), false);
}

type Taken = readonly [part: Part, quantity: bigint];

const wholeFrom = (parts: readonly Part[], whole: bigint): Taken[] => {
  const first = parts.find(({ most }) => most >= whole);
  return first ? [[first, whole]] : [];
};

/** The cheapest first, each as much as it has: the least cost where no lot is cut. */
function fill(parts: readonly Part[], whole: bigint): Taken[] {
  let left = whole;
  return parts.flatMap((part): Taken[] => {
    const taken = part.most < left ? part.most : left;
    left -= taken;
    return taken > 0n ? [[part, taken]] : [];
  });
}

/** Of these offers every one gets its lot, and the rest goes to the cheapest; undefined where the lots are too much. */
function among(chosen: readonly Part[], whole: bigint): Taken[] | undefined {
  let left = whole - chosen.reduce((total, { least }) => total + least, 0n);
  if (left < 0n) return undefined;
  return chosen.map((part): Taken => {
    const room = part.most - part.least;
    const more = room < left ? room : left;
    left -= more;
    return [part, part.least + more];
  });
}

const covered = (taken: readonly Taken[]): bigint => taken.reduce((total, [, quantity]) => total + quantity, 0n);
const cost = (taken: readonly Taken[]): bigint => taken.reduce((total, [{ price }, q]) => total + price * q, 0n);

function isBetter(one: readonly Taken[], than: readonly Taken[]): boolean {
  const [more, less] = [covered(one), covered(than)];
  return more === less ? cost(one) < cost(than) : more > less;
}

function bestChoice(parts: readonly Part[], whole: bigint): Taken[] {
  let best: Taken[] = [];
  for (let choice = 1; choice < 2 ** parts.length; choice++) {
    const taken = among(
      parts.filter((_, at) => choice & (1 << at)),
      whole,
    );
    if (taken && isBetter(taken, best)) best = taken;
  }
  return best;
}

/** Leaves out, one by one, the offer whose lot is cut, and keeps the best of what was met on the way. */
function withoutSmall(parts: readonly Part[], whole: bigint): Taken[] {
  let best: Taken[] = [];
  for (let rest = [...parts]; rest.length > 0;) {
    const taken = fill(rest, whole);
    const cut = taken.find(([part, quantity]) => quantity < part.least);
    const kept = taken.filter((one) => one !== cut);
    const candidates = [
      kept,
      among(
        taken.map(([part]) => part),
        whole,
      ) ?? [],
    ];
    for (const candidate of candidates) if (isBetter(candidate, best)) best = candidate;
    if (!cut) break;
    rest = rest.filter((part) => part !== cut[0]);
  }
  return best;
}

function splitOf(lots: readonly Lot[], taken: readonly Taken[], isExact: boolean): Split {
  const shares = taken
    .filter(([, quantity]) => quantity > 0n)
    .map(([{ at }, quantity]) => {
      const { offer, unitPrice, vatRate } = lots[at]!;
      const amount = lineAmount(unscaled(quantity), unitPrice);
      return { offer, quantity: unscaled(quantity), amount, vat: toFen(amount.times(vatRate)) };
    });
  const amount = sum(shares.map((share) => share.amount));
  return {
    shares: shares.map(({ offer, quantity }) => ({ offer, quantity })),
    quantity: unscaled(covered(taken)),
    amount: amount.toFixed(2),
    amountWithVat: amount.plus(sum(shares.map(({ vat }) => vat))).toFixed(2),
    isExact,
  };
}
