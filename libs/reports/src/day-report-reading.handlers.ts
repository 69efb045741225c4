import { areaRows } from '@app/auth';
import type { Actor } from '@app/auth';
import { Page, PageQuery, pageSize } from '@app/http';
import type { Keyset } from '@app/http';
import { OneOf, Refused, Text } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { FactRows } from './counted-facts.view';
import type { FactsAsked } from './counted-facts.view';
import { ELSEWHERE, FIGURES, TOTAL } from './day-figures.rules';
import type { Figure } from './day-figures.rules';
import { FactView, REPORT_PERIODS } from './day-report-answer.rules';
import { DayReportOf } from './day-report.handlers';
import type { ShownReport } from './day-report.handlers';
import { OFFICE_AREAS } from './day-statements.handlers';
import { FactViews } from './fact-views.handlers';

export class FactQuery extends PageQuery {
  @Text(30, { description: 'area of the office, elsewhere, or total', example: '350582' }) office: string;
  @OneOf(FIGURES) figure: Figure;
  @OneOf(REPORT_PERIODS) period: (typeof REPORT_PERIODS)[number];
}

/** The area of a county office; undefined for the city's. */
export const ownOffice = (actor: Actor): string | undefined => areaRows(actor).area;

/** Day reports for whoever may read them: page, rows and files take them from here. */
@Injectable()
export class DayReportReading {
  constructor(
    private readonly queries: QueryBus,
    private readonly factViews: FactViews,
  ) {}

  /** A county office reads what is frozen. */
  async one(day: string, actor: Actor): Promise<ShownReport> {
    const found = await this.queries.execute(new DayReportOf(day));
    const isFrozen = found?.report.state === 'frozen';
    if (!found || (ownOffice(actor) !== undefined && !isFrozen)) throw new Refused('day-report-unknown');
    return found;
  }

  /** The facts behind a figure: those that a signed report was signed on, also later. */
  async rows(day: string, query: FactQuery, actor: Actor, after: Keyset | undefined): Promise<Page<FactView>> {
    const { statement } = await this.one(day, actor);
    const own = ownOffice(actor);
    if (own !== undefined && query.office !== own) throw new Refused('not-allowed-in-area');
    const asked: FactsAsked = {
      figure: query.figure,
      ...(query.period === 'day' && { from: statement.from }),
      until: statement.cutOff,
      knownAt: statement.knownAt,
      ...inOffice(query.office),
    };
    const place = after as [string, string] | undefined;
    const found = await this.queries.execute(new FactRows(asked, pageSize(query) + 1, place));
    return Page.of(found, query, ({ at, fact }) => [at, fact], await this.factViews.of(found));
  }
}

/** The areas of one line of the table. */
function inOffice(office: string): Pick<FactsAsked, 'areas' | 'notAreas'> {
  if (office === TOTAL) return {};
  return office === ELSEWHERE ? { notAreas: OFFICE_AREAS } : { areas: [office] };
}
