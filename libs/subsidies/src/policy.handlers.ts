import { CommandContext, Committed, EventStore, Recorded, Streams } from '@app/event-store';
import { Refused } from '@app/kernel';
import { policyTexts } from '@app/labels';
import type { Language } from '@app/labels';
import { Command, CommandHandler, ICommandHandler, IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { checkEvaluable, evaluationOf } from './policy-evaluation.rules';
import { evaluateDoor } from './policy-door.rules';
import type { PolicyTerms } from './policy-terms.rules';
import { lastDayOf, Policy, policy, PolicyCommand, PolicyEvent, PolicyState } from './policy.decider';
import { isShipped, PolicyWords, ShippedPolicy, shippedPolicies, shippedPolicy } from './shipped-policies.rules';
import type { Evaluation } from './subsidy.rules';

export const policyStream = (scheme: string): string => `policy-${scheme}`;

type Draft = Omit<Extract<PolicyCommand, { type: 'DraftPolicyVersion' }>, 'isShipped'>;

/** Any command to one version of a scheme. */
export class TellPolicy extends Command<Committed<PolicyEvent>> {
  constructor(
    readonly scheme: string,
    readonly command: Exclude<PolicyCommand, { type: 'DraftPolicyVersion' }> | Draft,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(TellPolicy)
export class TellPolicyHandler implements ICommandHandler<TellPolicy> {
  constructor(private readonly streams: Streams) {}

  execute({ scheme, command, context }: TellPolicy) {
    const told: PolicyCommand =
      command.type === 'DraftPolicyVersion' ? { ...command, isShipped: isShipped(scheme, command.version) } : command;
    return this.streams.decide(policy, policyStream(scheme), told, context);
  }
}

export type FoundPolicy = {
  readonly scheme: string;
  readonly version: string;
  /** Shipped versions are constants of the platform, and historical; all others stand in the log. */
  readonly origin: 'shipped' | 'drafted';
  readonly state: PolicyState;
  readonly terms: PolicyTerms;
  /** Of a shipped version that of its Chinese text, in whatever language it is read. */
  readonly hash: string;
  /** Last day of filing, which an end may have brought forward. */
  readonly lastDay: string;
  readonly supersededBy?: string;
  /** In the shape of the door; undefined while it cannot be evaluated, as a draft may be. */
  readonly evaluation?: object;
};

/**
 * A version of a policy, whoever wrote it: folded from its stream, or one of those shipped. With `knownAt` (UTC, ISO 8601) as
 * it stood then. Undefined where there is none.
 */
export class PolicyVersionOf extends Query<FoundPolicy | undefined> {
  constructor(
    readonly scheme: string,
    readonly version: string,
    readonly asked: { readonly knownAt?: string; readonly language?: Language } = {},
  ) {
    super();
  }
}

@QueryHandler(PolicyVersionOf)
export class PolicyVersionOfHandler implements IQueryHandler<PolicyVersionOf> {
  constructor(
    private readonly streams: Streams,
    private readonly store: EventStore,
  ) {}

  async execute({ scheme, version, asked }: PolicyVersionOf): Promise<FoundPolicy | undefined> {
    const shipped = shippedPolicy(scheme, version, wordsIn(asked.language));
    if (shipped) return { ...fromShipped(shipped), hash: shippedPolicy(scheme, version, wordsIn())!.hash };
    const { versions } = await this.policyAt(scheme, asked.knownAt);
    const found = versions.get(version);
    if (!found || found.state === 'discarded') return undefined;
    const { state, terms, hash, supersededBy } = found;
    return {
      scheme,
      version,
      origin: 'drafted',
      state,
      terms,
      hash,
      lastDay: lastDayOf(found),
      ...(supersededBy !== undefined && { supersededBy }),
      ...(isEvaluable(scheme, version, terms) && { evaluation: evaluationOf(scheme, version, terms) }),
    };
  }

  private async policyAt(scheme: string, knownAt: string | undefined): Promise<Policy> {
    const stream = policyStream(scheme);
    if (knownAt === undefined) return (await this.streams.load(policy, stream)).state;
    let state = policy.initial;
    for await (const event of this.store.read(stream)) {
      if (event.metadata.recordedAt > knownAt) break;
      state = policy.evolve(state, event as Recorded<PolicyEvent>);
    }
    return state;
  }
}

/** The historical versions that the platform ships. */
export class ShippedPolicies extends Query<FoundPolicy[]> {
  constructor(readonly language: Language = 'zh') {
    super();
  }
}

@QueryHandler(ShippedPolicies)
export class ShippedPoliciesHandler implements IQueryHandler<ShippedPolicies> {
  execute({ language }: ShippedPolicies): Promise<FoundPolicy[]> {
    return Promise.resolve(shippedPolicies(wordsIn(language)).map(fromShipped));
  }
}

/** What facts in the shape of the door bring under a version, by the very evaluator that claims use. */
export class EvaluatePolicy extends Query<Evaluation> {
  constructor(
    readonly scheme: string,
    readonly version: string,
    readonly facts: unknown,
    readonly which: 'published-only' | 'with-drafts',
  ) {
    super();
  }
}

@QueryHandler(EvaluatePolicy)
export class EvaluatePolicyHandler implements IQueryHandler<EvaluatePolicy> {
  constructor(private readonly queries: QueryBus) {}

  async execute({ scheme, version, facts, which }: EvaluatePolicy): Promise<Evaluation> {
    const found = await this.queries.execute(new PolicyVersionOf(scheme, version));
    const isHidden = which === 'published-only' && found?.state !== 'published';
    if (!found || isHidden) throw new Refused('policy-version-unknown');
    // Says by which path, where a draft is not whole.
    checkEvaluable(scheme, version, found.terms);
    return evaluateDoor(found.evaluation, facts);
  }
}

function fromShipped({ scheme, version, terms, hash, evaluation }: ShippedPolicy): FoundPolicy {
  const shipped = { origin: 'shipped', state: 'published', lastDay: terms.endsOn } as const;
  return { scheme, version, ...shipped, terms, hash, evaluation };
}

/** The hash of a version is that of its Chinese text; English is for reading. */
const wordsIn =
  (language: Language = 'zh'): PolicyWords =>
  (key) =>
    policyTexts[key]?.[language] ?? key;

function isEvaluable(scheme: string, version: string, terms: PolicyTerms): boolean {
  try {
    checkEvaluable(scheme, version, terms);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}
