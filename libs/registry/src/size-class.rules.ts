import { Exact } from '@app/kernel';

// 中小企业划型标准规定, 工信部联企业〔2011〕300号, in force since 2011-06-18. A class is reached when every figure that counts
// for the sector reaches its lower bound; else the firm falls to the next class below (第四条: "且" above, "或" below).

export type SizeClass = 'micro' | 'small' | 'medium' | 'large';
export const SIZE_CLASSES = ['micro', 'small', 'medium', 'large'] as const satisfies readonly SizeClass[];

/** Staff in persons, revenue and total assets in yuan. What is left out is unknown. */
export type SizeFigures = {
  readonly staff?: number | undefined;
  readonly revenue?: string | undefined;
  readonly assets?: string | undefined;
};

export type Sector =
  | 'agriculture'
  | 'industry'
  | 'construction'
  | 'wholesale'
  | 'retail'
  | 'transport'
  | 'storage'
  | 'post'
  | 'lodging'
  | 'catering'
  | 'telecommunication'
  | 'software'
  | 'real-estate-development'
  | 'property-management'
  | 'leasing-and-business-services'
  | 'other';

/** Lower bounds of small, medium and large; staff in persons, revenue and assets in 万元. */
type Bounds = {
  readonly [figure in keyof SizeFigures]?: readonly [small: number, medium: number, large: number];
};

export const SECTOR_BOUNDS: Readonly<Record<Sector, Bounds>> = {
  agriculture: { revenue: [50, 500, 20_000] },
  industry: { staff: [20, 300, 1_000], revenue: [300, 2_000, 40_000] },
  construction: { revenue: [300, 6_000, 80_000], assets: [300, 5_000, 80_000] },
  wholesale: { staff: [5, 20, 200], revenue: [1_000, 5_000, 40_000] },
  retail: { staff: [10, 50, 300], revenue: [100, 500, 20_000] },
  transport: { staff: [20, 300, 1_000], revenue: [200, 3_000, 30_000] },
  storage: { staff: [20, 100, 200], revenue: [100, 1_000, 30_000] },
  post: { staff: [20, 300, 1_000], revenue: [100, 2_000, 30_000] },
  lodging: { staff: [10, 100, 300], revenue: [100, 2_000, 10_000] },
  catering: { staff: [10, 100, 300], revenue: [100, 2_000, 10_000] },
  telecommunication: { staff: [10, 100, 2_000], revenue: [100, 1_000, 100_000] },
  software: { staff: [10, 100, 300], revenue: [50, 1_000, 10_000] },
  'real-estate-development': { revenue: [100, 1_000, 200_000], assets: [2_000, 5_000, 10_000] },
  'property-management': { staff: [100, 300, 1_000], revenue: [500, 1_000, 5_000] },
  'leasing-and-business-services': { staff: [10, 100, 300], assets: [100, 8_000, 120_000] },
  other: { staff: [10, 100, 300] },
};

const TEN_THOUSAND = 10_000;

/**
 * The sector of a GB/T 4754-2017 code, or undefined where the rule gives none (railways, finance, education, health,
 * public administration) or the code is too short to tell (G covers transport, storage and post).
 */
export function sectorOf(industry: string): Sector | undefined {
  const letter = /^[A-T]$/.exec(industry)?.[0];
  if (letter) return SECTOR_OF_SECTION[letter];
  const division = Number(industry.slice(0, 2));
  if (division <= 5) return 'agriculture';
  if (division <= 46) return 'industry';
  if (division <= 50) return 'construction';
  if (division === 51) return 'wholesale';
  if (division === 52) return 'retail';
  if (division === 53) return undefined;
  if (division <= 58) return 'transport';
  // Loading and portage (591) stood with transport when the rule was written; 59 alone may be either.
  if (division === 59) return industry.length === 2 ? undefined : industry.startsWith('591') ? 'transport' : 'storage';
  if (division === 60) return 'post';
  if (division === 61) return 'lodging';
  if (division === 62) return 'catering';
  if (division <= 64) return 'telecommunication';
  if (division === 65) return 'software';
  if (division <= 69) return undefined;
  if (division === 70) return realEstate(industry);
  if (division <= 72) return 'leasing-and-business-services';
  if (division <= 82) return 'other';
  // Social work (85) is named under "other"; education and health are in no sector of the rule.
  if (division === 85 || (division >= 86 && division <= 90)) return 'other';
  return undefined;
}

const SECTOR_OF_SECTION: Readonly<Record<string, Sector>> = {
  A: 'agriculture',
  B: 'industry',
  C: 'industry',
  D: 'industry',
  E: 'construction',
  L: 'leasing-and-business-services',
  M: 'other',
  N: 'other',
  O: 'other',
  R: 'other',
};

function realEstate(industry: string): Sector | undefined {
  if (industry.startsWith('701')) return 'real-estate-development';
  if (industry.startsWith('702')) return 'property-management';
  return industry.length > 2 ? 'other' : undefined;
}

/**
 * The size class of a firm of an industry by its figures. Undefined where the rule has no sector, or where what is
 * unknown would decide: 10 persons make an industrial firm micro whatever its revenue, 500 persons alone settle
 * nothing.
 */
export function sizeClass(industry: string, figures: SizeFigures): SizeClass | undefined {
  const sector = sectorOf(industry);
  if (!sector) return undefined;
  const bounds = SECTOR_BOUNDS[sector];
  const least = reached(bounds, figures, 0);
  return least === reached(bounds, figures, 3) ? SIZE_CLASSES[least] : undefined;
}

/**
 * The class that every figure of the sector reaches, taking `unknown` as the class reached by a figure that is not
 * known.
 */
function reached(bounds: Bounds, figures: SizeFigures, unknown: number): number {
  const classes = [
    bounds.staff && (figures.staff === undefined ? unknown : bounds.staff.filter((b) => figures.staff! >= b).length),
    bounds.revenue && classOfAmount(bounds.revenue, figures.revenue, unknown),
    bounds.assets && classOfAmount(bounds.assets, figures.assets, unknown),
  ];
  return Math.min(...classes.filter((reachedClass) => reachedClass !== undefined));
}

const classOfAmount = (bounds: readonly number[], yuan: string | undefined, unknown: number) =>
  yuan === undefined ? unknown : bounds.filter((bound) => new Exact(yuan).gte(bound * TEN_THOUSAND)).length;
