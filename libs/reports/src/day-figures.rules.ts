import { canonicalHash, decimalText, Exact, sum } from '@app/kernel';

// The day report 日报 as a calculation: from counted sums to the table that two officers sign. What each figure counts:
//
// demands    purchase listings that firms of the office published. One that takes the place of a cancelled one counts no
//            second time; one cancelled later stays counted, since it was published.
// offerers   enterprises that answered a purchase listing with an offer, each once, at the time and in the area of its
//            first offer, withdrawn ones included: the whole city is the sum of the offices and nobody counts twice.
// awarded    amounts without VAT of the shares awarded, each rounded once to fen, in the lead's area on the day of the
//            award. A share that is declined, lapses or is cancelled, and what an order gives back of one, is taken
//            off on the day it ends, so that a day may be negative.
// partners   enterprises, large ones left out, that accepted a share, each once, as offerers are.
// unfilled   purchase listings that were concluded without any accepted share.
//
// What was void from the beginning (a registration that was not its code's holder, a match found untrue) counts nowhere:
// where a signed report has counted it, the next report says so as a correction 更正.

export const FIGURES = ['demands', 'offerers', 'awarded', 'partners', 'unfilled'] as const;
export type Figure = (typeof FIGURES)[number];

/** Raised when what a figure counts changes; a signed report says by which definitions it was made. */
export const DEFINITIONS = 2;

/** Firms whose area is none of the thirteen: a line of its own, shown where there is anything to show. */
export const ELSEWHERE = 'elsewhere';
export const TOTAL = 'total';

export const CORRECTION_PARTS = ['day', 'before'] as const;
export const FACT_CHANGES = ['recorded-late', 'void', 'moved', 'counted-elsewhere'] as const;
export type FactChange = (typeof FACT_CHANGES)[number];

export type OfficerName = { readonly account: string; readonly name: string; readonly office: string };

/** `day`: 当日新增, `cumulative`: 累计. Decimal strings; amounts in yuan. */
export type FigureValue = { readonly day: string; readonly cumulative: string };
/** `office`: an area, `elsewhere` or `total`. */
export type OfficeLine = { readonly office: string } & Readonly<Record<Figure, FigureValue>>;

/** What a report before this one said and what is known now: of its day, or of all that lay before the first report. */
export type FactCorrection = {
  readonly of: string;
  readonly part: (typeof CORRECTION_PARTS)[number];
  readonly office: string;
  readonly figure: Figure;
  readonly was: string;
  readonly is: string;
  /** The facts that make the difference: the first ones, and how many there are. */
  readonly facts: readonly { readonly fact: string; readonly change: FactChange }[];
  readonly count: number;
};

/** A correction that an officer enters: it counts in 累计 from the report on that it is signed with. */
export type EnteredCorrection = {
  readonly correction: string;
  readonly of: string;
  readonly office: string;
  readonly figure: Figure;
  /** What is added, or taken off: -1, 1200.50. */
  readonly change: string;
  readonly reason: string;
  readonly by: OfficerName;
};

/** What two officers sign. Equal content has equal bytes in canonical JSON. */
export type Statement = {
  readonly day: string;
  readonly definitions: number;
  /** The report before this one; left out for the first. */
  readonly previous?: string;
  /** The period: after `from` and up to `cutOff`. */
  readonly from: string;
  readonly cutOff: string;
  /** Only what was recorded before this instant counts. */
  readonly knownAt: string;
  /** The offices in official order, elsewhere where there is anything, and the total. */
  readonly lines: readonly OfficeLine[];
  readonly corrections: readonly FactCorrection[];
  readonly entered: readonly EnteredCorrection[];
  /** Of all facts counted, in order of their ids: proves a year later that the rows are those that were signed. */
  readonly facts: { readonly count: number; readonly sha256: string };
};

export type CountedSum = { readonly figure: Figure; readonly area: string; readonly day: string; readonly all: string };

export type StatementParts = Omit<Statement, 'definitions' | 'lines' | 'entered'> & {
  readonly offices: readonly string[];
  readonly sums: readonly CountedSum[];
  /** Entered with reports before this one, and with this one. */
  readonly enteredBefore: readonly EnteredCorrection[];
  readonly entered: readonly EnteredCorrection[];
};

export const officeOf = (area: string, offices: readonly string[]): string =>
  offices.includes(area) ? area : ELSEWHERE;

export function statementOf(parts: StatementParts): Statement {
  const { day, previous, from, cutOff, knownAt, corrections, entered, facts } = parts;
  return {
    day,
    definitions: DEFINITIONS,
    ...(previous !== undefined && { previous }),
    from,
    cutOff,
    knownAt,
    lines: linesOf(parts),
    corrections,
    entered,
    facts,
  };
}

function linesOf({ offices, sums, enteredBefore, entered }: StatementParts): OfficeLine[] {
  const changes = [...enteredBefore, ...entered];
  const line = (office: string, areas: (area: string) => boolean): OfficeLine => {
    const valueOf = (figure: Figure): FigureValue => {
      const own = sums.filter((one) => one.figure === figure && areas(officeOf(one.area, offices)));
      const changed = changes.filter((one) => one.figure === figure && areas(one.office)).map(({ change }) => change);
      return {
        day: shown(figure, sum(own.map((one) => one.day))),
        cumulative: shown(figure, sum([...own.map((one) => one.all), ...changed])),
      };
    };
    return { office, ...(Object.fromEntries(FIGURES.map((figure) => [figure, valueOf(figure)])) as Figures) };
  };
  const elsewhere = line(ELSEWHERE, (area) => area === ELSEWHERE);
  const hasElsewhere = FIGURES.some(
    (figure) => !isZero(elsewhere[figure].day) || !isZero(elsewhere[figure].cumulative),
  );
  return [
    ...offices.map((office) => line(office, (area) => area === office)),
    ...(hasElsewhere ? [elsewhere] : []),
    line(TOTAL, () => true),
  ];
}

type Figures = Record<Figure, FigureValue>;

const isZero = (value: string): boolean => new Exact(value).isZero();

/** Amounts with both decimals, so that a column lines up. */
export const shown = (figure: Figure, value: string | InstanceType<typeof Exact>): string =>
  figure === 'awarded' ? new Exact(value).toFixed(2) : decimalText(value);

/** A fact of periods already signed that counts otherwise now: as it was counted then, and as it is now. */
export type ChangedFact = {
  readonly fact: string;
  readonly figure: Figure;
  readonly at: string;
  readonly was?: { readonly area: string; readonly amount: string };
  readonly is?: { readonly area: string; readonly amount: string };
  readonly change: FactChange;
};

export type SignedPeriod = { readonly day: string; readonly from: string; readonly cutOff: string };
/** What was counted of a period when it was last stated. */
export type StatedSum = Pick<CountedSum, 'figure' | 'area'> & { readonly bucket: number; readonly amount: string };

const FACTS_NAMED = 20;

/**
 * One correction for each figure of an office that a former report stated otherwise, in order of reports and offices. A
 * fact that moved from one office to another makes two; changes that cancel each other out make none.
 */
export function correctionsOf(
  periods: readonly SignedPeriod[],
  offices: readonly string[],
  changed: readonly ChangedFact[],
  stated: readonly StatedSum[],
  entered: readonly EnteredCorrection[],
): FactCorrection[] {
  const groups = new Map<
    string,
    { bucket: number; office: string; figure: Figure; net: string; facts: ChangedFact[] }
  >();
  for (const fact of changed) {
    const bucket = bucketOf(periods, fact.at);
    const sides = [fact.was && { ...fact.was, sign: -1 }, fact.is && { ...fact.is, sign: 1 }];
    for (const side of sides.filter((one) => one !== undefined)) {
      const office = officeOf(side.area, offices);
      const key = `${bucket} ${office} ${fact.figure}`;
      const group = groups.get(key) ?? { bucket, office, figure: fact.figure, net: '0', facts: [] };
      const net = decimalText(new Exact(group.net).plus(new Exact(side.amount).times(side.sign)));
      const facts = group.facts.includes(fact) ? group.facts : [...group.facts, fact];
      groups.set(key, { ...group, net, facts });
    }
  }
  const place = (office: string): number => (office === ELSEWHERE ? offices.length : offices.indexOf(office));
  return [...groups.values()]
    .filter(({ net }) => !isZero(net))
    .sort(
      (a, b) =>
        a.bucket - b.bucket ||
        place(a.office) - place(b.office) ||
        FIGURES.indexOf(a.figure) - FIGURES.indexOf(b.figure),
    )
    .map(({ bucket, office, figure, net, facts }): FactCorrection => {
      const of = periods[Math.max(bucket - 1, 0)]!.day;
      const counted = stated.filter(
        (one) => one.bucket === bucket && one.figure === figure && officeOf(one.area, offices) === office,
      );
      const noted =
        bucket === 0 ? [] : entered.filter((one) => one.of === of && one.office === office && one.figure === figure);
      const was = sum([...counted.map(({ amount }) => amount), ...noted.map(({ change }) => change)]);
      return {
        of,
        part: bucket === 0 ? 'before' : 'day',
        office,
        figure,
        was: shown(figure, was),
        is: shown(figure, was.plus(net)),
        facts: facts.slice(0, FACTS_NAMED).map(({ fact, change }) => ({ fact, change })),
        count: facts.length,
      };
    });
}

/** 0 for what lies before the first report, n for the period of the n-th. */
export const bucketOf = (periods: readonly SignedPeriod[], at: string): number =>
  periods[0] === undefined || at <= periods[0].from ? 0 : periods.filter(({ cutOff }) => cutOff < at).length + 1;

/** What an officer has before his eyes when he signs: the table and the corrections, whenever they were taken. */
export const figuresHash = ({
  lines,
  corrections,
  entered,
}: Pick<Statement, 'lines' | 'corrections' | 'entered'>): string => canonicalHash({ lines, corrections, entered });
