import { EventCatalogue, maskSealed } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { Clock, instantText, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { figureAgain } from './claim-exports.handlers';
import { ClaimFigures } from './claim-figures.handlers';
import { ClaimPages } from './claim-pages.handlers';
import { BUNDLE_FORMAT, bundleOf } from './trail-bundle.rules';
import type { Bundle, BundledEvent } from './trail-bundle.rules';
import { TrailEvents } from './trail-events.handlers';

/** A claim to be taken away, with every event that its last decision rests on. */
@Injectable()
export class ClaimBundles {
  constructor(
    private readonly pages: ClaimPages,
    private readonly figures: ClaimFigures,
    private readonly events: TrailEvents,
    private readonly catalogue: EventCatalogue,
    private readonly clock: Clock,
  ) {}

  /** Refuses `claim-unknown`, and what keeps the claim from being computed. */
  async of(id: string, asked?: string): Promise<Bundle> {
    const knownAt = asked ?? instantText(this.clock.now());
    const told = await this.pages.told(id, knownAt);
    if (!told) throw new Refused('claim-unknown');
    const { claim, round, policy, beneficiary, firm, office, year, grounds } = told.state;
    const head = { claim, round, policy, beneficiary, firm, office, year };
    const figure = await figureAgain(this.figures, told.state);
    const { own, others } = this.events.streams(head, figure);
    const events = [
      ...(await this.events.read(own, knownAt)),
      // What others agreed or were granted stays with them.
      ...(await this.events.read(others, knownAt))
        .filter((event) => concerns(event, claim))
        .map((event) => maskSealed(event, this.catalogue)),
    ];
    const { terms, door: evaluation } = figure.policy;
    return bundleOf({
      ...{ format: BUNDLE_FORMAT, knownAt, claim: head, grounds },
      policy: { ...policy, terms, evaluation },
      facts: figure.facts,
      counted: figure.counted,
      derivation: figure.lines,
      events: events.map(bundled),
    });
  }
}

/** What a round says of another claim is none of this one's. */
const concerns = ({ stream, data }: Recorded, claim: string): boolean =>
  !stream.startsWith('round-') || !('claim' in data) || data.claim === claim;

function bundled({ id, stream, revision, type, data, metadata }: Recorded): BundledEvent {
  const { actor, enterprise, recordedAt, commandId, schema } = metadata;
  return {
    ...{ id, stream, revision: revision.toString(), type, data },
    metadata: { actor, enterprise, recordedAt, commandId, schema },
  };
}
