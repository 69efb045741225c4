import {
  CalendarDate,
  canonicalHash,
  Flag,
  ListOf,
  mentionsPerson,
  Money,
  Nested,
  OneOf,
  Refused,
  Strings,
  Text,
  WholeNumber,
} from '@app/kernel';
import { SIZES } from './policy-door-policy.rules';
import type { FirmSize } from './policy-door-policy.rules';
import { BENEFICIARIES, checkAllRead, checkReadings, ChosenReading, PARAMETERS } from './policy-readings.rules';
import type { Beneficiary } from './policy-readings.rules';

// What a version of a subsidy policy says. The clauses of its text (rates, thresholds, cap) stand beside the readings of what
// the text leaves open; policy-evaluation.rules.ts makes of both what the evaluator takes.

export const REVIEW_KINDS = ['fair-competition', 'legality', 'collective-decision'] as const;
/** Where a lead firm's subsidiary may be. */
export const SUBSIDIARIES = ['anywhere', 'in-city'] as const;

/** What entitles the office to pay: a document, and the clause of it. */
export class LegalBasis {
  @Text(300, { example: '关于支持产业链协同配套的若干措施' }) title: string;
  @Text(100, { example: '泉州市人民政府' }) issuedBy: string;
  @Text(100, { optional: true, description: '文号', example: '泉政文〔2022〕1号' }) document?: string;
  @CalendarDate({ optional: true }) issuedOn?: string;
  @Text(300, { optional: true, example: '第二条' }) clause?: string;
}

/** Where the text can be read. */
export class PolicySource {
  @Text(500) title: string;
  @Text(1000, { optional: true, example: 'https://www.example.gov.cn/text' }) address?: string;
}

/** 审查记录: who reviewed the draft before it was approved, an office and never a person. */
export class PolicyReview {
  @OneOf(REVIEW_KINDS) kind: (typeof REVIEW_KINDS)[number];
  @Text(100, { example: '市司法局' }) office: string;
  @Text(100, { optional: true, description: '文号 or minutes', example: '会议纪要〔2022〕3号' }) document?: string;
  @CalendarDate({ optional: true }) on?: string;
  @Text(1000, { optional: true }) result?: string;
}

/** One of the materials 申报材料 that a claim must bring. */
export class PolicyMaterial {
  @Text(40, { description: 'kebab-case name that claims refer to', example: 'contract' }) material: string;
  @Text(200, { example: '购销合同' }) title: string;
  @Flag({ description: 'asked for from every claim' }) required: boolean;
  @Flag({ description: '容缺: the claim may be accepted before it is there' }) mayFollow: boolean;
}

/** How objections against a proposed list are met. */
export class ObjectionRules {
  @WholeNumber(1, 120, { description: 'working days in which an objection is answered' }) answerWorkingDays: number;
  @Flag({ description: 'also without a name; who objects is shown to the auditor alone either way' })
  acceptsAnonymous: boolean;
}

/** Rates as fractions: `0.01` is one per cent. */
export class StatedRates {
  @Text(12, { optional: true, example: '0.01' }) sales?: string;
  @Text(12, { optional: true, example: '0.01' }) output?: string;
  @Text(12, { optional: true, example: '0.025' }) fee?: string;
  @Text(12, { optional: true, description: 'share of the interest', example: '0.5' }) share?: string;
}

/** Bounds are reached by the bound itself. */
export class StatedThresholds {
  @Money({ optional: true, description: 'processing output value in yuan' }) output?: string;
  @Money({ optional: true, description: 'processing fees in yuan' }) fee?: string;
  @Text(12, { optional: true, description: 'output plus fees over the sales of the year', example: '0.3' })
  shareOfSales?: string;
}

/** The clauses of the text that are not open. */
export class StatedTerms {
  @Nested(() => StatedRates) rates: StatedRates;
  @Nested(() => StatedThresholds, { optional: true }) thresholds?: StatedThresholds;
  @Money({ optional: true, description: 'most for one beneficiary, in yuan' }) cap?: string;
  @Strings(SIZES, { optional: true, most: 4, min: 1, description: 'sizes the supplier may have; any where left out' })
  sizes?: FirmSize[];
  @OneOf(SUBSIDIARIES, {
    optional: true,
    description: 'trade with a subsidiary of a lead firm counts as with the lead',
  })
  subsidiaries?: (typeof SUBSIDIARIES)[number];
  @WholeNumber(1, 1200, { optional: true, description: 'months of interest, at most' }) longestMonths?: number;
}

/** One version of a policy, as it is drafted, approved and published. */
export class PolicyTerms {
  @Text(200, { example: '协作配套中小企业奖励（2022年）' }) title: string;
  @OneOf(BENEFICIARIES) beneficiary: Beneficiary;
  @ListOf(() => LegalBasis, { most: 20 }) legalBasis: LegalBasis[];
  @ListOf(() => PolicySource, { most: 50 }) sources: PolicySource[];
  @ListOf(() => PolicyReview, { most: 20 }) reviews: PolicyReview[];
  @CalendarDate() effectiveFrom: string;
  @CalendarDate({ description: 'last day on which claims may be filed under it' }) endsOn: string;
  @Nested(() => StatedTerms) stated: StatedTerms;
  @ListOf(() => ChosenReading, { most: PARAMETERS.length }) readings: ChosenReading[];
  @ListOf(() => PolicyMaterial, { most: 50 }) materials: PolicyMaterial[];
  @WholeNumber(1, 60, { description: '公示: working days of the public notice' }) noticeWorkingDays: number;
  @Nested(() => ObjectionRules) objections: ObjectionRules;
  @WholeNumber(0, 60, { description: 'calendar days between the end of the notice and the approval' })
  standStillDays: number;
  @Text(2000, { optional: true, description: 'what a reader of the text should know about this version' })
  note?: string;
  @Money({ optional: true, description: 'most that one round under it may spend over all levels, in yuan' })
  budget?: string;
}

/** What approves and publishes names: the same terms give the same hash. */
export const termsHash = (terms: PolicyTerms): string => canonicalHash(terms);

/** What even a draft may not hold: two readings of one point, a clause that its beneficiary cannot have, a person's number. */
export function checkDraftTerms(terms: PolicyTerms): void {
  if (terms.effectiveFrom > terms.endsOn) throw new Refused('period-backwards', {}, 'terms/endsOn');
  inTerms(() => checkReadings(terms.beneficiary, terms.readings));
  checkStated(terms);
  const names = terms.materials.map(({ material }) => material);
  for (const [index, name] of names.entries()) {
    const field = `terms/materials/${index}/material`;
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new Refused('name-not-kebab', {}, field);
    if (names.indexOf(name) < index) throw new Refused('material-twice', { material: name }, field);
  }
  checkNoPerson(terms, 'terms');
}

/** What a version needs before anybody can approve it. */
export function checkWholeTerms(terms: PolicyTerms): void {
  checkDraftTerms(terms);
  const { legalBasis, reviews, materials, stated, beneficiary } = terms;
  const lacking = [
    ...(legalBasis.length === 0 ? ['legalBasis'] : []),
    ...(reviews.length === 0 ? ['reviews'] : []),
    ...(materials.length === 0 ? ['materials'] : []),
    ...lackingClauses(beneficiary, stated),
  ];
  if (lacking.length > 0) throw new Refused('policy-incomplete', { fields: lacking.join(', ') }, `terms/${lacking[0]}`);
  inTerms(() => checkAllRead(beneficiary, terms.readings));
}

/** The clauses that a policy for this beneficiary has; it can have no others. */
const CLAUSES: Readonly<Record<Beneficiary, { needs: readonly string[]; may: readonly string[] }>> = {
  lead: { needs: ['rates/sales', 'cap'], may: ['sizes', 'subsidiaries'] },
  sme: {
    needs: ['rates/output', 'rates/fee', 'cap'],
    may: ['thresholds/output', 'thresholds/fee', 'thresholds/shareOfSales', 'sizes', 'subsidiaries'],
  },
  loan: { needs: ['rates/share'], may: ['cap', 'sizes', 'longestMonths'] },
};

function lackingClauses(beneficiary: Beneficiary, stated: StatedTerms): string[] {
  const given = Object.keys(clausesOf(stated));
  const lacking = CLAUSES[beneficiary].needs.filter((clause) => !given.includes(clause));
  const { output, fee, shareOfSales } = stated.thresholds ?? {};
  const hasThreshold = shareOfSales !== undefined || (output !== undefined && fee !== undefined);
  if (beneficiary === 'sme' && !hasThreshold) lacking.push('thresholds');
  return lacking.map((clause) => `stated/${clause}`);
}

function checkStated({ beneficiary, stated }: PolicyTerms): void {
  const { needs, may } = CLAUSES[beneficiary];
  for (const [clause, value] of Object.entries(clausesOf(stated))) {
    const field = `terms/stated/${clause}`;
    if (!needs.includes(clause) && !may.includes(clause)) {
      throw new Refused('clause-not-applicable', { clause }, field);
    }
    if (/^rates\/|shareOfSales$/.test(clause) && !isFraction(value)) throw new Refused('rate-malformed', {}, field);
  }
}

/** Clauses by their place: `rates/sales`. */
function clausesOf({ rates, thresholds = {}, ...rest }: StatedTerms): Record<string, unknown> {
  const all = [
    ...Object.entries(rates).map(([name, value]) => [`rates/${name}`, value as unknown] as const),
    ...Object.entries(thresholds).map(([name, value]) => [`thresholds/${name}`, value as unknown] as const),
    ...Object.entries(rest).map(([name, value]) => [name, value as unknown] as const),
  ];
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

/** Above zero, at most one, with at most 8 decimals. */
const isFraction = (value: unknown): boolean =>
  typeof value === 'string' && /^(1|0\.\d{1,8})$/.test(value) && /[1-9]/.test(value);

/** Rules of readings name their field within the readings; the request holds them within its terms. */
function inTerms(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new Refused(error.code, error.values, `terms/${error.field}`);
  }
}

/** Events are kept for ever and policies are public: no text in one carries a person's number. */
function checkNoPerson(value: unknown, field: string): void {
  if (typeof value === 'string' && mentionsPerson(value)) throw new Refused('text-names-person', {}, field);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) checkNoPerson(inner, `${field}/${name}`);
}
