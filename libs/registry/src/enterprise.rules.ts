import { sizeClass, SizeClass } from './size-class.rules';

/** Where a firm is registered or works: the area by its code, and the rest as written. */
export type PlaceOfFirm = { readonly area: string; readonly text: string };

/** A direct holder: an enterprise by its USCC, a person only as `person:<HMAC>`. `share` is a decimal of one: 0.25. */
export type Holder = { readonly holder: string; readonly share: string };

/** What is known of a firm. Staff in persons, revenue of the last full year and assets in yuan. */
export type FirmFacts = {
  readonly name?: string;
  readonly registeredAddress?: PlaceOfFirm;
  readonly plantAddress?: PlaceOfFirm;
  /** GB/T 4754-2017 code. */
  readonly industry?: string;
  readonly staff?: number;
  readonly revenue?: string;
  readonly assets?: string;
  readonly holders?: readonly Holder[];
};
export type FactKind = keyof FirmFacts;
export const FACT_KINDS = [
  'name',
  'registeredAddress',
  'plantAddress',
  'industry',
  'staff',
  'revenue',
  'assets',
  'holders',
] as const satisfies readonly FactKind[];

/** An officer in a decision: the name stays for the retention term. `office` is an area, or `city`. */
export type Officer = { readonly account: string; readonly name: string; readonly office: string };

export type Source =
  | { readonly kind: 'self-declared' }
  | { readonly kind: 'checked'; readonly by: Officer }
  /** `origin` names the list or register that it was taken from. */
  | { readonly kind: 'imported'; readonly origin: string };

export const SOURCE_KINDS = ['self-declared', 'checked', 'imported'] as const satisfies readonly Source['kind'][];

/** Facts that hold from a day in Asia/Shanghai until later ones take their place. */
export type Statement = { readonly from: string; readonly facts: FirmFacts; readonly source: Source };

const WEIGHT = { 'self-declared': 0, imported: 1, checked: 2 } as const;

/**
 * Name and registered address stand on the licence. Once somebody has seen it, what the firm says later waits for a
 * check; else a confirmed firm could take another's name, or move itself to another office, by a word of its own.
 */
const STANDS_ON_LICENCE: readonly FactKind[] = ['name', 'registeredAddress'];

/**
 * The statement in force on a day, for one kind of fact: the latest `from` not after the day; of equal ones the better
 * source, and then the one recorded last. Statements are given in the order in which they were recorded.
 */
export function inForce(statements: readonly Statement[], kind: FactKind, day: string): Statement | undefined {
  const candidates = statements.filter(({ from, facts }) => from <= day && facts[kind] !== undefined);
  const seen = STANDS_ON_LICENCE.includes(kind) ? candidates.filter(({ source }) => WEIGHT[source.kind] > 0) : [];
  return (seen.length > 0 ? seen : candidates).reduce<Statement | undefined>((best, next) => {
    if (!best || next.from > best.from) return next;
    if (next.from < best.from) return best;
    return WEIGHT[next.source.kind] >= WEIGHT[best.source.kind] ? next : best;
  }, undefined);
}

/** All facts as of a day: what is dated later does not count. */
export function factsAsOf(statements: readonly Statement[], day: string): FirmFacts {
  const facts: Record<string, unknown> = {};
  for (const kind of FACT_KINDS) {
    const statement = inForce(statements, kind, day);
    if (statement) facts[kind] = statement.facts[kind];
  }
  return facts;
}

/** What the firm has declared since its licence was last seen, and what an officer has still to check. */
export function awaitingCheck(statements: readonly Statement[], day: string): FirmFacts {
  const facts: Record<string, unknown> = {};
  for (const kind of STANDS_ON_LICENCE) {
    const shown = inForce(statements, kind, day);
    const declared = statements.filter(({ source }) => source.kind === 'self-declared');
    const latest = inForce(declared, kind, day);
    if (shown && shown.source.kind !== 'self-declared' && latest && latest.from > shown.from) {
      facts[kind] = latest.facts[kind];
    }
  }
  return facts;
}

/** The firm's size as of a day, or undefined where industry or figures do not settle it. */
export function sizeAsOf(statements: readonly Statement[], day: string): SizeClass | undefined {
  const { industry, staff, revenue, assets } = factsAsOf(statements, day);
  return industry === undefined ? undefined : sizeClass(industry, { staff, revenue, assets });
}

/** knownAt: events recorded later than the instant do not exist. */
export function knownAt<E extends { readonly metadata: { readonly recordedAt: string } }>(
  events: readonly E[],
  instant: string,
): E[] {
  return events.filter(({ metadata }) => metadata.recordedAt <= instant);
}
