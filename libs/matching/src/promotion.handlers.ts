import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, instantText, Party } from '@app/kernel';
import { Command, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { FirmFacts } from './listing.handlers';
import { promotion, PromotionCommand, PromotionEvent } from './promotion.decider';

export const promotionStream = (id: string): string => `promotion-${id}`;

type ToldPromotion = Committed<PromotionEvent>;

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
