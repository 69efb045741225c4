import { CITY, OFFICES } from '@app/registry';
import { Refused, shanghaiDay, sum } from '@app/kernel';
import { labels } from '@app/labels';
import { Injectable } from '@nestjs/common';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { AlignmentType, Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from 'docx';
import { ClaimFigures, Figure, FigureAsked } from './claim-figures.handlers';
import { ClaimPages } from './claim-pages.handlers';
import type { OpenClaim } from './claim-state.rules';

/** What a claim rests on, in the shape of the door, with what it came to: whoever evaluates it again gets the same. */
export type FactsOfClaim = {
  readonly policy: object;
  readonly facts: object;
  readonly award: string;
  readonly derivation: string;
};

/** With `knownAt` (UTC, ISO 8601) as the claim and everything it rests on was known then. */
export class ClaimFactsOf extends Query<FactsOfClaim> {
  constructor(
    readonly claim: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(ClaimFactsOf)
export class ClaimFactsOfHandler implements IQueryHandler<ClaimFactsOf> {
  constructor(
    private readonly pages: ClaimPages,
    private readonly figures: ClaimFigures,
  ) {}

  async execute({ claim, knownAt }: ClaimFactsOf): Promise<FactsOfClaim> {
    const told = await this.pages.told(claim, knownAt);
    if (!told) throw new Refused('claim-unknown');
    const { policy, facts, grounds } = await figureAgain(this.figures, told.state);
    return { policy: policy.door, facts, award: grounds.award, derivation: grounds.derivation };
  }
}

/** The figure of a claim's last decision, from the events that were known to it. */
export const figureAgain = (figures: ClaimFigures, state: OpenClaim): Promise<Figure> => figures.of(askedAgain(state));

/** What the last decision on a claim asked for. */
export function askedAgain(state: OpenClaim): FigureAsked {
  const { grounds, proposal, findings = [] } = state;
  const { asOf, knownAt } = grounds;
  // After the payment a claim is computed by what the firm had used up when it was proposed, and without void invoices.
  const isAfterwards =
    proposal !== undefined && grounds.derivation !== proposal.grounds.derivation && state.receipts.size > 0;
  const entitled = isAfterwards ? { entitledAt: proposal.grounds.knownAt } : {};
  const voidInvoices = isAfterwards ? 'leave-out' : 'keep';
  return { head: state, asOf, knownAt, findings, voidInvoices, ...entitled };
}

export type ListedClaim = {
  readonly enterprise: string;
  readonly name?: string;
  readonly office: string;
  readonly granted: string;
};

/** A4, upright, in twentieths of a point. */
const A4 = { width: 11_906, height: 16_838 };
const MARGIN = 1_440;

/** 拟补助名单 as it is posted. */
@Injectable()
export class ProposedListDocument {
  async of(title: string, lines: readonly ListedClaim[], now: number): Promise<Buffer> {
    const word = (name: string): string => labels['proposed-list']![name]!.zh;
    const heads = ['number', 'name', 'code', 'county', 'amount'].map(word);
    const rows = lines.map(({ enterprise, name = '', office, granted }, at) => [
      String(at + 1),
      name,
      enterprise,
      OFFICES.find(({ area }) => area === office)?.zh ?? CITY.zh,
      granted,
    ]);
    const total = ['', word('total'), '', '', sum(lines.map(({ granted }) => granted)).toFixed(2)];
    const table = new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: [heads, ...rows, total].map((cells, at) => row(cells, at === 0)),
    });
    const document = new Document({
      sections: [
        {
          properties: { page: { size: A4, margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } } },
          children: [
            new Paragraph({
              alignment: AlignmentType.CENTER,
              spacing: { after: 240 },
              children: [new TextRun({ text: `${title}${word('title')}`, bold: true, size: 36 })],
            }),
            table,
            new Paragraph({
              alignment: AlignmentType.RIGHT,
              spacing: { before: 240 },
              children: [new TextRun({ text: shanghaiDay(now), size: 24 })],
            }),
          ],
        },
      ],
    });
    return Packer.toBuffer(document);
  }
}

const row = (cells: readonly string[], bold: boolean): TableRow =>
  new TableRow({
    tableHeader: bold,
    cantSplit: true,
    children: cells.map(
      (text) => new TableCell({ children: [new Paragraph({ children: [new TextRun({ text, bold, size: 21 })] })] }),
    ),
  });
