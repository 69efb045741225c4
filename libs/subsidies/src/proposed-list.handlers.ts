import { CITY, OFFICES } from '@app/registry';
import { shanghaiDay, sum } from '@app/kernel';
import { labels } from '@app/labels';
import { Injectable } from '@nestjs/common';
import { AlignmentType, Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from 'docx';
import type { ClaimNoticed } from './claims.view';
import type { PolicyTerms } from './policy-terms.rules';

export type ListedClaim = {
  readonly enterprise: string;
  readonly name?: string;
  readonly office: string;
  readonly granted: string;
};

/** What is posted: the list, the policy and round it is of, and its notice once that was started. */
export type PostedList = {
  readonly terms: Pick<PolicyTerms, 'title' | 'legalBasis' | 'noticeWorkingDays' | 'objections'>;
  readonly round: { readonly name: string; readonly document: string };
  readonly notice?: {
    readonly startedAt: string;
    readonly until: string;
    readonly workingDays: number;
    /** 文号 of the notice. */
    readonly document?: string;
    /** Where anybody reads it and objects. */
    readonly address: string;
  };
  readonly lines: readonly ListedClaim[];
};

/** A4, upright, in twentieths of a point. */
const A4 = { width: 11_906, height: 16_838 };
const MARGIN = 1_440;
const INDENT = 480;

const word = (name: string, values: Readonly<Record<string, string>> = {}): string =>
  Object.entries(values).reduce(
    (text, [key, value]) => text.replaceAll(`{{${key}}}`, value),
    labels['proposed-list']![name]!.zh,
  );

export const listTitle = (): string => word('title');

/** The notice of a list, once one was started for all that it holds. */
export function noticeOfAll(rows: readonly { readonly notices: readonly ClaimNoticed[] }[]): ClaimNoticed | undefined {
  const last = rows.map(({ notices }) => notices.findLast(({ outcome }) => LIVE.has(outcome)));
  return last.every((one) => one?.notice === last[0]?.notice) ? last[0] : undefined;
}

const LIVE = new Set<ClaimNoticed['outcome']>(['standing', 'approved']);

/** What stands above, below and beside the table; what is not settled before the notice starts is left to be filled in. */
export function postedWords({ terms, round, notice }: PostedList) {
  const documents = terms.legalBasis.map(({ title, document }) =>
    document === undefined ? word('named', { title }) : word('basis', { title, document }),
  );
  const called = word('basis', { title: round.name, document: round.document });
  const { acceptsAnonymous, answerWorkingDays } = terms.objections;
  const objecting = {
    office: officeName(),
    days: String(answerWorkingDays),
    name: acceptsAnonymous ? '' : word('named-only'),
  };
  return {
    title: word('heading', { policy: terms.title }),
    document: notice?.document === undefined ? word('document-open') : word('document', { document: notice.document }),
    opening: word('opening', { basis: [...new Set([...documents, called])].join(word('and')) }),
    closing: [
      notice
        ? word('period', {
            from: dayText(shanghaiDay(notice.startedAt)),
            until: dayText(notice.until),
            days: String(notice.workingDays),
          })
        : word('period-open', { days: String(terms.noticeWorkingDays) }),
      notice ? word('object', { ...objecting, address: notice.address }) : word('object-open', objecting),
    ],
    signed: [officeName(), word('seal'), notice ? dayText(shanghaiDay(notice.startedAt)) : word('day-open')],
  };
}

const officeName = (): string => word('office', { city: CITY.zh });

const dayText = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return word('day', { year: String(year), month: String(month), date: String(date) });
};

/** 拟补助名单 as it is posted: Word, A4. */
@Injectable()
export class ProposedListDocument {
  async of(posted: PostedList): Promise<Buffer> {
    const { title, document, opening, closing, signed } = postedWords(posted);
    return Packer.toBuffer(
      new Document({
        sections: [
          {
            properties: { page: { size: A4, margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } } },
            children: [
              paragraph(title, { alignment: AlignmentType.CENTER, size: 36, bold: true }),
              paragraph(document, { alignment: AlignmentType.CENTER }),
              paragraph(opening, { indent: INDENT }),
              tableOf(posted.lines),
              ...closing.map((text, at) => paragraph(text, { indent: INDENT, before: at === 0 ? 240 : 0 })),
              ...signed.map((text, at) =>
                paragraph(text, { alignment: AlignmentType.RIGHT, before: at === 0 ? 480 : 0 }),
              ),
            ],
          },
        ],
      }),
    );
  }
}

type Look = {
  readonly alignment?: (typeof AlignmentType)[keyof typeof AlignmentType];
  readonly size?: number;
  readonly bold?: boolean;
  readonly indent?: number;
  readonly before?: number;
};

const paragraph = (text: string, { alignment, size = 24, bold = false, indent = 0, before = 0 }: Look): Paragraph =>
  new Paragraph({
    ...(alignment && { alignment }),
    indent: { firstLine: indent },
    spacing: { before, after: 240 },
    children: [new TextRun({ text, bold, size })],
  });

function tableOf(lines: readonly ListedClaim[]): Table {
  const heads = ['number', 'name', 'code', 'county', 'amount'].map((name) => word(name));
  const rows = lines.map(({ enterprise, name = '', office, granted }, at) => [
    String(at + 1),
    name,
    enterprise,
    OFFICES.find(({ area }) => area === office)?.zh ?? CITY.zh,
    granted,
  ]);
  const total = ['', word('total'), '', '', sum(lines.map(({ granted }) => granted)).toFixed(2)];
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [heads, ...rows, total].map((cells, at) => row(cells, at === 0)),
  });
}

const row = (cells: readonly string[], bold: boolean): TableRow =>
  new TableRow({
    tableHeader: bold,
    cantSplit: true,
    children: cells.map(
      (text) => new TableCell({ children: [new Paragraph({ children: [new TextRun({ text, bold, size: 21 })] })] }),
    ),
  });
