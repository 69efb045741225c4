import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, instantText, Party } from '@app/kernel';
import { Command, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { catalogue } from './catalogue.decider';
import { catalogueStream, checkEntering, derivedContext } from './catalogue.handlers';
import { FirmFacts } from './listing.handlers';
import { promotion, PromotionCommand, PromotionEvent, PromotionTerms } from './promotion.decider';

export const promotionStream = (id: string): string => `promotion-${id}`;

export type ToldPromotion = Committed<PromotionEvent>;

/** Any command to one product of an SME that needs nothing from elsewhere. */
export class TellPromotion extends Command<ToldPromotion> {
  constructor(
    readonly promotion: string,
    readonly command: PromotionCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(TellPromotion)
export class TellPromotionHandler implements ICommandHandler<TellPromotion> {
  constructor(private readonly streams: Streams) {}

  execute({ promotion: id, command, context }: TellPromotion) {
    return this.streams.decide(promotion, promotionStream(id), command, context);
  }
}

/** Drafts a product and enters it into the catalogue that it names, its owner's own. */
export class DraftPromotion extends Command<Committed[]> {
  constructor(
    readonly promotion: string,
    readonly by: Party,
    readonly terms: PromotionTerms,
    readonly catalogue: string | undefined,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DraftPromotion)
export class DraftPromotionHandler implements ICommandHandler<DraftPromotion> {
  constructor(private readonly streams: Streams) {}

  async execute({ promotion: id, by, terms, catalogue: into, context }: DraftPromotion) {
    const draft = { type: 'DraftPromotion', promotion: id, by, terms, catalogue: into } as const;
    if (into === undefined) return [await this.streams.decide(promotion, promotionStream(id), draft, context)];
    const enter = { type: 'AddToCatalogue', by, kind: 'promotion', items: [id] } as const;
    await checkEntering(this.streams, into, [enter]);
    const drafted: Committed = await this.streams.decide(promotion, promotionStream(id), draft, context);
    const entering = derivedContext(context, 'enter');
    return [drafted, await this.streams.decide(catalogue, catalogueStream(into), enter, entering)];
  }
}

export class PublishPromotion extends Command<ToldPromotion> {
  constructor(
    readonly promotion: string,
    readonly by: Party,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(PublishPromotion)
export class PublishPromotionHandler implements ICommandHandler<PublishPromotion> {
  constructor(
    private readonly streams: Streams,
    private readonly facts: FirmFacts,
    private readonly clock: Clock,
  ) {}

  async execute({ promotion: id, by, context }: PublishPromotion) {
    const standing = await this.facts.standing(by);
    const at = instantText(this.clock.now());
    return this.streams.decide(promotion, promotionStream(id), { type: 'PublishPromotion', by, standing, at }, context);
  }
}
