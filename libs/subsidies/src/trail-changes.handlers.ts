import type { Recorded } from '@app/event-store';
import { Clock, instantText, Refused, shanghaiDay } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { askedAgain } from './claim-exports.handlers';
import { ClaimFigures } from './claim-figures.handlers';
import type { Figure } from './claim-figures.handlers';
import { ClaimPages } from './claim-pages.handlers';
import type { OpenClaim } from './claim-state.rules';
import type { CountedChangeView, TrailChangesView, WorthView } from './claim-trail-answer.rules';
import { claimStream } from './claim-officer.handlers';
import { worthDay } from './claim-worth.rules';
import { TrailEvents } from './trail-events.handlers';

type Worth = { readonly view: WorthView; readonly figure?: Figure };

/** What has changed since an instant in all that a claim rests on. */
@Injectable()
export class ClaimChanges {
  constructor(
    private readonly pages: ClaimPages,
    private readonly figures: ClaimFigures,
    private readonly events: TrailEvents,
    private readonly clock: Clock,
  ) {}

  /** `since` in UTC, ISO 8601. Refuses `claim-unknown`. */
  async of(id: string, since: string): Promise<TrailChangesView> {
    const until = instantText(this.clock.now());
    const told = await this.pages.told(id, until);
    if (!told) throw new Refused('claim-unknown');
    const known = (await this.pages.told(id, since))?.state;
    const [before, now] = [known && (await this.worth(known, since)), await this.worth(told.state, until)];
    const streams = [before?.figure, now.figure].flatMap((figure) => {
      if (!figure) return [claimStream(id)];
      const { own, others } = this.events.streams(told.state, figure);
      return [...own, ...others];
    });
    const events = await this.events.read([...new Set(streams)], until, since);
    return {
      ...{ since, until, now: now.view },
      ...(before && { before: before.view }),
      counted: countedChanges(before?.figure?.counted ?? {}, now.figure?.counted ?? {}),
      events: await this.events.shown(inTheirOrder(events)),
    };
  }

  /** By the facts of an instant, whatever was decided by then. */
  private async worth(state: OpenClaim, knownAt: string): Promise<Worth> {
    const view = { state: state.state, decided: state.grounds.award };
    try {
      const asked = askedAgain(state);
      const asOf = asked.proposed ? worthDay(state, knownAt) : shanghaiDay(knownAt);
      const figure = await this.figures.of({ ...asked, asOf, knownAt });
      return { view: { ...view, award: figure.grounds.award }, figure };
    } catch (error) {
      if (error instanceof Refused) return { view: { ...view, refused: error.code } };
      throw error;
    }
  }
}

function countedChanges(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): CountedChangeView[] {
  const invoices = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return invoices
    .map((invoice) => ({ invoice, before: before[invoice], now: now[invoice] }))
    .filter((one) => one.before !== one.now);
}

/** Events of several streams by the time of their recording; those of one stream stay as they stand in it. */
const inTheirOrder = (events: readonly Recorded[]): Recorded[] =>
  [...events].sort((one, other) =>
    one.metadata.recordedAt === other.metadata.recordedAt
      ? 0
      : one.metadata.recordedAt < other.metadata.recordedAt
        ? -1
        : 1,
  );
