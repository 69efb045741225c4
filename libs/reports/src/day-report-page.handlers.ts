import { labels } from '@app/labels';
import { OFFICES } from '@app/registry';
import type {
  DayReportLine,
  DayReportView,
  EnteredCorrectionView,
  FactCorrectionView,
  FigureBasis,
  OfficeLineView,
  ReportWords,
  SignerView,
} from './day-report-answer.rules';
import { figuresHash, FIGURES, OfficeLine, Statement, TOTAL } from './day-figures.rules';
import type { OpenReport, Signature } from './day-report.decider';
import type { ShownReport } from './day-report.handlers';
import type { DayReportCard } from './day-reports.view';

/** The name of a line: an office's area, elsewhere, or the total. */
export function officeName(office: string): ReportWords {
  const found = OFFICES.find(({ area }) => area === office) ?? labels['report-line']?.[office];
  return found ? { zh: found.zh, en: found.en } : { zh: office, en: office };
}

const words = (kind: string, value: string): ReportWords => ({ ...labels[kind]![value]! });

const FIGURES_BASIS: readonly FigureBasis[] = FIGURES.map((figure) => {
  return { figure, name: words('report-figure', figure), basis: words('report-figure-basis', figure) };
});

/** Names of officers stand in what they decided; their accounts are nobody's business. */
const signer = ({ by: { name, office }, at }: Signature): SignerView => ({ name, office, at });

const signatures = ({ prepared, reviewed }: { prepared?: Signature | null; reviewed?: Signature | null }) => ({
  ...(prepared && { prepared: signer(prepared) }),
  ...(reviewed && { reviewed: signer(reviewed) }),
});

export const reportLine = (card: DayReportCard): DayReportLine => ({
  day: card.day,
  state: card.state,
  cutOff: card.cutOff,
  corrections: card.corrections,
  ...signatures(card),
  ...(card.sha256 !== null && { sha256: card.sha256 }),
});

/** `own`: the office that asks, where it is one of a county; it is shown its own line and the total. */
export function reportView({ report, statement }: ShownReport, own?: string): DayReportView {
  const { previous, from, cutOff, knownAt, definitions, lines, corrections, entered } = statement;
  const isShown = ({ office }: { readonly office: string }): boolean =>
    own === undefined || office === own || office === TOTAL;
  return {
    day: report.day,
    state: report.state,
    ...(previous !== undefined && { previous }),
    from,
    cutOff,
    knownAt,
    definitions,
    figuresBasis: [...FIGURES_BASIS],
    lines: lines.filter(isShown).map(lineView),
    corrections: corrections.filter(isShown).map(correctionView),
    entered: entered.filter(isShown).map(enteredView),
    figures: figuresHash(statement),
    ...(report.sha256 !== undefined && { sha256: report.sha256 }),
    opened: signer(report.opened),
    ...signatures(report),
    returns: own === undefined ? returnsOf(report) : [],
  };
}

const returnsOf = ({ returns }: OpenReport) =>
  returns.map(({ reason, ...signature }) => ({ ...signer(signature), reason }));

const lineView = ({ office, demands, offerers, awarded, partners, unfilled }: OfficeLine): OfficeLineView => ({
  office,
  name: officeName(office),
  demands,
  offerers,
  awarded,
  partners,
  unfilled,
});

const correctionView = ({ office, facts, ...rest }: Statement['corrections'][number]): FactCorrectionView => ({
  ...rest,
  office,
  officeName: officeName(office),
  facts: facts.map((fact) => ({ ...fact })),
});

const enteredView = ({ office, by, ...rest }: Statement['entered'][number]): EnteredCorrectionView => ({
  ...rest,
  office,
  officeName: officeName(office),
  by: by.name,
});
