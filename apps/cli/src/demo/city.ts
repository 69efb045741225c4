import { addDays, derivedId, Party, usccCheckCharacter } from '@app/kernel';
import { OFFICES } from '@app/registry';
import { DemoProduct, PRODUCTS } from './products';

// The demo city as a plan: pure, drawn from a seed, so that an interrupted filling goes on with the same city. Nothing in it
// is real: names are marked 演示, and codes begin with the prefix that no registry office uses.

export type DemoFirm = Party & {
  readonly name: string;
  readonly area: string;
  readonly industry: string;
  readonly staff: number;
  readonly revenue: string;
  readonly isLead: boolean;
  /** Its registration waits for the office, so that the queue has something to show. */
  readonly isWaiting: boolean;
  readonly products: readonly DemoProduct[];
};

/** What becomes of a listing by the end of the filling. */
export const FATES = [
  'draft',
  'quoting',
  'closed',
  'second-round',
  'partly-awarded',
  'awarded',
  'unfilled',
  'cancelled',
] as const;
export type Fate = (typeof FATES)[number];

export type DemoOffer = {
  readonly offer: string;
  readonly firm: DemoFirm;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly vatRate: string;
  readonly minimumLot?: string;
};

export type DemoLine = {
  readonly listing: string;
  readonly fate: Fate;
  readonly product: DemoProduct;
  readonly specification: string;
  readonly itemCode: string;
  readonly quantity: string;
  readonly supplyMode: 'goods' | 'processing';
  readonly deliverBy: string;
  readonly offers: readonly DemoOffer[];
  /** A question that one of the offerers asks, and the answer. */
  readonly question?: { readonly text: string; readonly answer: string };
};

export type DemoCatalogue = {
  readonly catalogue: string;
  readonly lead: DemoFirm;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  /** Days before the last day of the plan. */
  readonly publishedDaysAgo: number;
  readonly deadlineDaysAgo: number;
  readonly lines: readonly DemoLine[];
};

export type DemoCity = {
  readonly firms: readonly DemoFirm[];
  readonly catalogues: readonly DemoCatalogue[];
  readonly promotions: readonly {
    readonly promotion: string;
    readonly firm: DemoFirm;
    readonly product: DemoProduct;
    readonly capacity: string;
  }[];
};

export type DemoSize = {
  readonly firms: number;
  readonly leads: number;
  readonly catalogues: number;
  readonly listings: number;
  readonly offers: number;
};

export const FULL_SIZE: DemoSize = { firms: 150, leads: 12, catalogues: 60, listings: 400, offers: 1_500 };

/** Registrations that no office has checked yet. */
const WAITING = 6;

/** How long before the last day the story begins. */
export const STORY_DAYS = 45;

/** `today`: the last day of the story, in Asia/Shanghai. */
export function demoCity(seed: number, today: string, size: DemoSize = FULL_SIZE): DemoCity {
  const draw = drawFrom(seed);
  const between = (low: number, high: number) => low + Math.floor(draw() * (high - low + 1));
  const id = (...parts: (string | number)[]) => derivedId('demo', seed, ...parts);

  const firms = Array.from({ length: size.firms }, (_, n): DemoFirm => {
    const isLead = n < size.leads;
    const products = isLead ? [PRODUCTS[(n * 5) % PRODUCTS.length]!] : several(PRODUCTS, between(1, 3), draw);
    return {
      enterprise: madeUpCode(n + 1),
      registration: id('registration', n),
      name: firmName(n, isLead, products[0]!),
      // Every office has firms of its own.
      area: OFFICES[n % OFFICES.length]!.area,
      industry: products[0]!.industry,
      staff: isLead ? between(1_200, 4_000) : between(6, 280),
      revenue: isLead ? `${between(50_000, 300_000)}0000.00` : `${between(80, 9_000)}0000.00`,
      isLead,
      isWaiting: n >= size.firms - WAITING,
      products,
    };
  });
  const leads = firms.filter(({ isLead }) => isLead);
  const suppliers = firms.filter(({ isLead, isWaiting }) => !isLead && !isWaiting);

  const catalogues = Array.from({ length: size.catalogues }, (_, n) => {
    const phase = phaseOf(n, size.catalogues);
    const lead = leads[n % leads.length]!;
    const lines = share(size.listings, size.catalogues, n);
    const publishedDaysAgo = phase.published(between);
    return {
      catalogue: id('catalogue', n),
      lead,
      title: `演示·${lead.name.replace('演示·', '')}第${n + 1}期产品需求目录`,
      from: addDays(today, -publishedDaysAgo),
      to: addDays(today, -publishedDaysAgo + 60),
      publishedDaysAgo,
      deadlineDaysAgo: phase.deadline(publishedDaysAgo, between),
      lines: Array.from({ length: lines }, (__, k): DemoLine => {
        const product = PRODUCTS[(n * 7 + k * 3) % PRODUCTS.length]!;
        const quantity = between(2, 60) * 100;
        return {
          listing: id('listing', n, k),
          fate: phase.fates[k % phase.fates.length]!,
          product,
          specification: `演示规格 ${String.fromCharCode(65 + (k % 6))}-${between(10, 99)}`,
          itemCode: `YS-${String(n + 1).padStart(2, '0')}-${String(k + 1).padStart(3, '0')}`,
          quantity: String(quantity),
          supplyMode: draw() < 0.75 ? 'goods' : 'processing',
          deliverBy: addDays(today, between(20, 60)),
          offers: [],
          ...(k === 0 && { question: { text: '首批最早什么时候要货？', answer: '定标后十天内交首批，其余按交期。' } }),
        };
      }),
    };
  });

  // Offers go where offers can stand; those who make the product come first, so that suggestions have something to show.
  const open = catalogues.flatMap(({ lines }) => lines.filter(({ fate }) => fate !== 'draft'));
  const offersOf = new Map<string, DemoOffer[]>(open.map(({ listing }) => [listing, []]));
  for (let n = 0; n < size.offers; n++) {
    const line = open[n % open.length]!;
    const made = offersOf.get(line.listing)!;
    const makers = suppliers.filter(({ products }) => products.includes(line.product));
    const others = made.map(({ firm }) => firm);
    const free = [...makers, ...several(suppliers, 8, draw)].filter((firm) => !others.includes(firm));
    const firm = free[0] ?? suppliers.find((one) => !others.includes(one))!;
    const whole = Number(line.quantity);
    const quantity = Math.max(100, Math.round((whole * between(4, 10)) / 1_000) * 100);
    made.push({
      offer: id('offer', line.listing, firm.registration),
      firm,
      quantity: String(Math.min(whole, quantity)),
      unitPrice: `${between(1, 60)}.${String(between(0, 99)).padStart(2, '0')}`,
      vatRate: draw() < 0.7 ? '0.13' : '0.03',
      ...(draw() < 0.3 && { minimumLot: '100' }),
    });
  }

  return {
    firms,
    catalogues: catalogues.map((catalogue) => ({
      ...catalogue,
      lines: catalogue.lines.map((line) => ({ ...line, offers: offersOf.get(line.listing) ?? [] })),
    })),
    promotions: suppliers.flatMap((firm) =>
      firm.products.map((product, k) => ({
        promotion: id('promotion', firm.registration, k),
        firm,
        product,
        capacity: String(between(5, 200) * 100),
      })),
    ),
  };
}

type Phase = {
  readonly fates: readonly Fate[];
  published(between: (low: number, high: number) => number): number;
  deadline(published: number, between: (low: number, high: number) => number): number;
};

/** Old catalogues are settled, later ones are being awarded, the newest take offers, some are not published yet. */
function phaseOf(n: number, all: number): Phase {
  const part = n / all;
  if (part < 0.45) {
    return {
      fates: ['awarded', 'unfilled', 'awarded', 'partly-awarded', 'awarded', 'cancelled'],
      published: (between) => between(30, 40),
      deadline: (published) => published - 6,
    };
  }
  if (part < 0.65) {
    return {
      fates: ['closed', 'partly-awarded', 'second-round', 'closed', 'cancelled'],
      published: (between) => between(9, 12),
      deadline: (_, between) => between(2, 3),
    };
  }
  if (part < 0.92) {
    return {
      fates: ['quoting', 'quoting', 'quoting', 'quoting', 'quoting', 'cancelled'],
      published: (between) => between(1, 4),
      deadline: (_, between) => -between(1, 9),
    };
  }
  return { fates: ['draft'], published: () => 0, deadline: (_, between) => -between(10, 14) };
}

/** How many of `all` fall to the n-th of `parts`, as evenly as whole numbers allow. */
const share = (all: number, parts: number, n: number): number =>
  Math.floor((all * (n + 1)) / parts) - Math.floor((all * n) / parts);

function madeUpCode(n: number): string {
  const body = `91350527${String(n).padStart(9, '0')}`;
  return body + usccCheckCharacter(body);
}

const WORDS = ['海丝', '清源', '晋水', '洛阳', '刺桐', '石湖', '五里', '崇武', '紫帽', '戴云', '东湖', '安平'];

function firmName(n: number, isLead: boolean, { product }: DemoProduct): string {
  const word = WORDS[n % WORDS.length]!;
  const trade = product.replace(/[（(].*/, '').slice(0, 4);
  return isLead ? `演示·${word}集团有限公司` : `演示·${word}${trade}厂${Math.floor(n / WORDS.length)}`;
}

function several<T>(list: readonly T[], count: number, draw: () => number): T[] {
  const left = [...list];
  return Array.from(
    { length: Math.min(count, left.length) },
    () => left.splice(Math.floor(draw() * left.length), 1)[0]!,
  );
}

/** Mulberry32: a small generator with a seed, so that the same seed draws the same city everywhere. */
export function drawFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
