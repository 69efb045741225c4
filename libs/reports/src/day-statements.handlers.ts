import { EventStore, StoreUnavailable, Streams } from '@app/event-store';
import { Clock, instantText, instantTime } from '@app/kernel';
import { ReadModels } from '@app/projections';
import { OFFICES } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { CountFacts, FactsChanged } from './counted-facts.view';
import { correctionsOf, Statement, statementOf } from './day-figures.rules';
import { dayReport, OpenReport } from './day-report.decider';
import { dayReports, SignedReportsBefore } from './day-reports.view';
import { tradeFacts } from './trade-facts.view';

export const dayReportStream = (day: string): string => `dayreport-${day}`;

/** In the order of the table. */
export const OFFICE_AREAS: readonly string[] = OFFICES.map(({ area }) => area);

/**
 * A command takes its time before it stands in the log, and clocks of processes differ: what was recorded in the last
 * moments may still be on its way. Figures are taken as known this long ago, in milliseconds, so that nothing that they
 * should have counted comes in behind them.
 */
export const SETTLING = 10_000;
const PATIENCE = 3_000;
const DAY = 86_400_000;

/** Takes the figures of a report as they are known now. */
@Injectable()
export class DayStatements {
  constructor(
    private readonly streams: Streams,
    private readonly store: EventStore,
    private readonly readModels: ReadModels,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async of({
    day,
    cutOff,
    previous,
    entered,
  }: OpenReport): Promise<{ statement: Statement; predecessor?: OpenReport }> {
    const knownAt = instantText(this.clock.now() - SETTLING);
    await this.caughtUp();
    const predecessor = previous === undefined ? undefined : await this.report(previous);
    const from = predecessor?.cutOff ?? instantText(instantTime(cutOff) - DAY);
    const signed = await this.queries.execute(new SignedReportsBefore(day));
    const last = signed.periods.at(-1);
    const then = last && (await this.report(last.day)).statement?.knownAt;
    const [{ sums, facts }, changes] = await Promise.all([
      this.queries.execute(new CountFacts({ from, cutOff, knownAt })),
      then === undefined ? undefined : this.queries.execute(new FactsChanged(signed.periods, then, knownAt)),
    ]);
    const { changed, stated } = changes ?? { changed: [], stated: [] };
    const corrections = correctionsOf(signed.periods, OFFICE_AREAS, changed, stated, signed.entered);
    const statement = statementOf({
      day,
      ...(previous !== undefined && { previous }),
      from,
      cutOff,
      knownAt,
      offices: OFFICE_AREAS,
      sums,
      corrections,
      enteredBefore: signed.entered,
      entered,
      facts,
    });
    return { statement, ...(predecessor && { predecessor }) };
  }

  /** What is signed rests on all that stands in the log; a view that lags behind would leave facts out unseen. */
  private async caughtUp(): Promise<void> {
    const head = await this.store.head();
    if (head === undefined) return;
    const reached = await Promise.all(
      [tradeFacts, dayReports].map((view) => this.readModels.reached(view, head, PATIENCE)),
    );
    if (reached.includes(false)) throw new StoreUnavailable('the figures are not up to date yet');
  }

  private async report(day: string): Promise<OpenReport> {
    const { state } = await this.streams.load(dayReport, dayReportStream(day));
    if (!state) throw new StoreUnavailable(`the report of ${day} was added and not opened yet`);
    return state;
  }
}
