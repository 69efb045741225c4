import { addDays, Exact, sum } from '@app/kernel';
import type { DerivationLine } from './derivation.rules';

// 疑点清单: what an auditor looks at first. A doubt proves nothing; its basis stands beside it.

export const DOUBT_KINDS = [
  'base-near-threshold',
  'shared-account',
  'shared-phone',
  'shared-address',
  'shared-holder',
  'shared-file',
  'shared-receipt',
  'one-person-both-sides',
  'invoices-bunched',
] as const;
export type DoubtKind = (typeof DOUBT_KINDS)[number];

export type Doubt = {
  readonly kind: DoubtKind;
  /** Claims of the round that it concerns, and firms. */
  readonly claims: readonly string[];
  readonly firms: readonly string[];
  /** What it was seen by. */
  readonly basis: Readonly<Record<string, string>>;
};

/** What two firms that are strangers to each other would not have in common. Comparable texts, as they may be shown. */
export const TRAITS = ['phone', 'address', 'holder'] as const;
export type Trait = (typeof TRAITS)[number];
export type FirmTraits = {
  readonly enterprise: string;
  readonly traits: readonly { readonly trait: Trait; readonly value: string; readonly shown: string }[];
};

export type DoubtedFact = {
  readonly order: string;
  readonly kind: 'delivery' | 'invoice' | 'payment';
  readonly fact: string;
  readonly enteredBy: string;
  readonly confirmedBy: string;
  readonly byOffice: boolean;
  readonly files: readonly string[];
};

export type DoubtedClaim = {
  readonly claim: string;
  readonly enterprise: string;
  /** The other firms of the trade that counts for it. */
  readonly partners: readonly string[];
  /** Other firms that named the same payee account. */
  readonly accountUsedBy: readonly string[];
  /** SHA-256 of the materials. */
  readonly materials: readonly string[];
  /** Numbers of the bank's receipts on which it was paid. */
  readonly receipts: readonly string[];
  readonly lines: readonly DerivationLine[];
  readonly facts: readonly DoubtedFact[];
  readonly counted: readonly { readonly invoice: string; readonly date: string; readonly amount: string }[];
  /** Last day on which an amount counts. */
  readonly periodTo?: string;
};

/** A base of up to this much above its threshold. */
const NEAR = '1.05';
/** Bunched: of several invoices at least half of what counts is dated in the last days of the period. */
const LAST_DAYS = 10;
const BUNCHED = '0.5';

export function doubtsIn(claims: readonly DoubtedClaim[], firms: readonly FirmTraits[]): Doubt[] {
  return [
    ...claims.flatMap(nearThresholds),
    ...claims.flatMap(sharedAccount),
    ...sharedTraits(claims, firms),
    ...sharedFiles(claims),
    ...sharedReceipts(claims),
    ...claims.flatMap(byOnePerson),
    ...claims.flatMap(bunched),
  ];
}

function nearThresholds({ claim, enterprise, lines }: DoubtedClaim): Doubt[] {
  return lines.flatMap(({ code, values: { base, threshold, lead } }): Doubt[] => {
    if (!code.endsWith('-reached') || base === undefined || threshold === undefined) return [];
    if (new Exact(base).greaterThan(new Exact(threshold).times(NEAR))) return [];
    const basis = { path: code, base, threshold, ...(lead !== undefined && { lead }) };
    return [{ kind: 'base-near-threshold', claims: [claim], firms: [enterprise], basis }];
  });
}

function sharedAccount({ claim, enterprise, accountUsedBy }: DoubtedClaim): Doubt[] {
  if (accountUsedBy.length === 0) return [];
  return [{ kind: 'shared-account', claims: [claim], firms: [enterprise, ...accountUsedBy], basis: {} }];
}

function sharedTraits(claims: readonly DoubtedClaim[], firms: readonly FirmTraits[]): Doubt[] {
  const holders = new Map<string, { trait: Trait; shown: string; firms: Set<string> }>();
  for (const { enterprise, traits } of firms) {
    for (const { trait, value, shown } of traits) {
      const key = `${trait} ${value}`;
      const found = holders.get(key) ?? { trait, shown, firms: new Set() };
      holders.set(key, found);
      found.firms.add(enterprise);
    }
  }
  return [...holders.values()]
    .filter((one) => one.firms.size > 1)
    .map(({ trait, shown, firms: sharing }) => ({
      kind: `shared-${trait}` as const,
      claims: claims
        .filter(({ enterprise, partners }) => [enterprise, ...partners].some((firm) => sharing.has(firm)))
        .map(({ claim }) => claim),
      firms: [...sharing].sort(),
      basis: { [trait]: shown },
    }));
}

/** The same file as the material of two claims of different firms, or as the voucher of two facts. */
function sharedFiles(claims: readonly DoubtedClaim[]): Doubt[] {
  type Use = { claims: Set<string>; firms: Set<string>; facts: Set<string> };
  const uses = new Map<string, Use>();
  const use = (sha256: string, claim: DoubtedClaim): Use => {
    const found = uses.get(sha256) ?? { claims: new Set(), firms: new Set(), facts: new Set() };
    uses.set(sha256, found);
    found.claims.add(claim.claim);
    return found;
  };
  for (const claim of claims) {
    for (const sha256 of claim.materials) use(sha256, claim).firms.add(claim.enterprise);
    for (const { order, kind, fact, files } of claim.facts) {
      for (const sha256 of files) use(sha256, claim).facts.add(`${order} ${kind} ${fact}`);
    }
  }
  return [...uses]
    .filter(([, { firms, facts }]) => firms.size > 1 || facts.size > 1)
    .map(([file, { claims: of, firms, facts }]) => ({
      kind: 'shared-file' as const,
      claims: [...of].sort(),
      firms: [...firms].sort(),
      basis: { file, ...(facts.size > 1 && { facts: [...facts].sort().join('; ') }) },
    }));
}

/** One transfer may pay two claims of a firm; the same receipt may also stand for money that never left twice. */
function sharedReceipts(claims: readonly DoubtedClaim[]): Doubt[] {
  const uses = new Map<string, { receipt: string; of: DoubtedClaim[] }>();
  for (const claim of claims) {
    const own = new Map(claim.receipts.map((receipt) => [plainReceipt(receipt), receipt]));
    for (const [plain, receipt] of own) {
      const found = uses.get(plain) ?? { receipt, of: [] };
      uses.set(plain, found);
      found.of.push(claim);
    }
  }
  return [...uses.values()]
    .filter(({ of }) => of.length > 1)
    .map(({ receipt, of }) => ({
      kind: 'shared-receipt' as const,
      claims: of.map(({ claim }) => claim).sort(),
      firms: [...new Set(of.map(({ enterprise }) => enterprise))].sort(),
      basis: { receipt },
    }));
}

/** Spaces and full-width signs make no other receipt. */
const plainReceipt = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase();

function byOnePerson({ claim, enterprise, partners, facts }: DoubtedClaim): Doubt[] {
  const orders = new Map<string, { person: string; facts: number }>();
  for (const { order, enteredBy, confirmedBy, byOffice } of facts) {
    if (byOffice || enteredBy !== confirmedBy) continue;
    const found = orders.get(order);
    orders.set(order, { person: enteredBy, facts: (found?.facts ?? 0) + 1 });
  }
  return [...orders].map(([order, { person, facts: count }]) => ({
    kind: 'one-person-both-sides',
    claims: [claim],
    firms: [enterprise, ...partners],
    basis: { order, account: person, facts: String(count) },
  }));
}

function bunched({ claim, enterprise, counted, periodTo }: DoubtedClaim): Doubt[] {
  if (periodTo === undefined || counted.length < 2) return [];
  const from = addDays(periodTo, 1 - LAST_DAYS);
  const last = counted.filter(({ date }) => date >= from && date <= periodTo);
  const [late, all] = [last, counted].map((some) => sum(some.map(({ amount }) => amount))) as [Exact, Exact];
  if (last.length < 2 || late.lessThan(all.times(BUNCHED))) return [];
  const basis = { from, to: periodTo, invoices: String(last.length), amount: late.toFixed(), of: all.toFixed() };
  return [{ kind: 'invoices-bunched', claims: [claim], firms: [enterprise], basis }];
}

type Exact = InstanceType<typeof Exact>;
