import { Streams } from '@app/event-store';
import type { CommandContext, Committed } from '@app/event-store';
import { Clock, instantText, Refused } from '@app/kernel';
import { drawn, Readers } from '@app/matching';
import { Injectable } from '@nestjs/common';
import { Command, CommandHandler, ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { ClaimPages } from './claim-pages.handlers';
import { ClaimPolicies } from './claim-policies.handlers';
import type { ClaimOfficer } from './claim-story.rules';
import { ClaimIds } from './claim-trail-claims.view';
import { sample } from './samples.decider';
import type { SampleEvent } from './samples.decider';
import type { SampledClaim, SampleView } from './samples-forms.rules';

export const sampleStream = (id: string): string => `sample-${id}`;

/** Draws paid claims of a round by a seed. Refuses `round-unknown`. */
export class SampleClaims extends Command<Committed<SampleEvent>> {
  constructor(
    readonly round: string,
    readonly asked: { readonly sample: string; readonly seed: string; readonly count: number },
    readonly by: ClaimOfficer,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@Injectable()
export class Samples {
  constructor(
    private readonly streams: Streams,
    private readonly pages: ClaimPages,
    private readonly queries: QueryBus,
    private readonly readers: Readers,
    private readonly clock: Clock,
  ) {}

  /** Claims of the round with a payment known at an instant, whatever became of it. */
  async population(round: string, knownAt: string): Promise<string[]> {
    const paid: string[] = [];
    for (const id of await this.queries.execute(new ClaimIds({ round }))) {
      const told = await this.pages.told(id, knownAt);
      if (told?.events.some(({ type }) => type === 'PaymentMade')) paid.push(id);
    }
    return paid;
  }

  /** Refuses `sample-unknown`. */
  async one(round: string, id: string): Promise<SampleView> {
    const { state } = await this.streams.load(sample, sampleStream(id));
    if (state?.round !== round) throw new Refused('sample-unknown');
    const { seed, count, population, populationHash, chosen, at } = state;
    const again = drawn(await this.population(round, at), seed, count);
    return {
      ...{ sample: id, seed, count, population, populationHash, at },
      isReproduced: again.populationHash === populationHash && again.chosen.join() === chosen.join(),
      claims: await this.claims(chosen),
    };
  }

  private async claims(ids: readonly string[]): Promise<SampledClaim[]> {
    const now = instantText(this.clock.now());
    const states = (await Promise.all(ids.map((id) => this.pages.told(id, now)))).flatMap((told) => told?.state ?? []);
    const nameOf = await this.readers.namesOf(states.map(({ firm }) => firm.enterprise));
    return states.map(({ claim, firm: { enterprise }, state, proposal, recovered }) => ({
      ...{ claim, state, recovered, firm: { enterprise, name: nameOf(enterprise) } },
      ...(proposal && { granted: proposal.granted }),
    }));
  }
}

@CommandHandler(SampleClaims)
export class SampleClaimsHandler implements ICommandHandler<SampleClaims> {
  constructor(
    private readonly streams: Streams,
    private readonly samples: Samples,
    private readonly policies: ClaimPolicies,
    private readonly clock: Clock,
  ) {}

  async execute({ round, asked, by, context }: SampleClaims): Promise<Committed<SampleEvent>> {
    await this.policies.round(round);
    const at = instantText(this.clock.now());
    const paid = await this.samples.population(round, at);
    const drawing = { ...asked, round, population: paid.length, ...drawn(paid, asked.seed, asked.count), by, at };
    return this.streams.decide(sample, sampleStream(asked.sample), { type: 'SampleClaims', ...drawing }, context);
  }
}
