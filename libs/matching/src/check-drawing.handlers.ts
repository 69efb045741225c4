import { createHash } from 'node:crypto';
import { StoreUnavailable, Streams } from '@app/event-store';
import type { CommandContext, Committed } from '@app/event-store';
import { canonicalHash, Clock, derivedId, instantText, Refused } from '@app/kernel';
import { Command, CommandBus, CommandHandler, ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { derivedContext, inBatches } from './catalogue.handlers';
import { draw } from './check-draw.decider';
import { OpenCheck } from './check.handlers';
import { MatchById, MatchIds } from './match-register.view';
import type { Officer } from './match.decider';

export const drawStream = (id: string): string => `draw-${id}`;

export type OpenedByDraw = {
  readonly committed: readonly Committed[];
  readonly population: number;
  readonly populationHash: string;
  readonly checks: readonly { readonly match: string; readonly check: string }[];
};

/** Draws matches by a seed and opens a check on each. A match that is under a check already is passed over. */
export class DrawChecks extends Command<OpenedByDraw> {
  constructor(
    readonly draw: string,
    readonly seed: string,
    readonly count: number,
    readonly by: Officer,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DrawChecks)
export class DrawChecksHandler implements ICommandHandler<DrawChecks> {
  constructor(
    private readonly streams: Streams,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute({ draw: id, seed, count, by, context }: DrawChecks): Promise<OpenedByDraw> {
    const matches = await this.queries.execute(new MatchIds({}));
    const at = instantText(this.clock.now());
    const drawing = { draw: id, seed, count, population: matches.length, ...drawn(matches, seed, count), by, at };
    const stream = drawStream(id);
    const recorded = await this.streams.decide(draw, stream, { type: 'DrawMatches', ...drawing }, context);
    const { population, populationHash, chosen } = (await this.streams.load(draw, stream)).state!;
    const cause = { draw: id, seed, population, populationHash };
    const opened = await inBatches(chosen, (match) => this.open(match, cause, by, derivedContext(context, match)));
    return {
      committed: [recorded, ...opened.flat().map(({ committed }) => committed)],
      population,
      populationHash,
      checks: opened.flat().map(({ match, check }) => ({ match, check })),
    };
  }

  private async open(match: string, cause: OpenCheck['cause'] & object, by: Officer, context: CommandContext) {
    const found = await this.queries.execute(new MatchById(match));
    if (!found) throw new StoreUnavailable('the register does not show what was drawn from it');
    const check = derivedId('drawn-check', cause.draw, match);
    const pair = { listing: found.listing, supplier: found.supplierRegistration };
    try {
      return [{ match, check, committed: await this.commands.execute(new OpenCheck(pair, check, cause, by, context)) }];
    } catch (error) {
      if (error instanceof Refused && error.code === 'check-open') return [];
      throw error;
    }
  }
}

/**
 * Whoever has the seed and the list draws the same. Each match gets the SHA-256 of seed and id as its lot, and the smallest
 * lots are drawn.
 */
export function drawn(
  matches: readonly string[],
  seed: string,
  count: number,
): { chosen: string[]; populationHash: string } {
  const all = [...new Set(matches)].sort();
  const lot = (id: string): string => createHash('sha256').update(`${seed}\n${id}`).digest('hex');
  const lots = all.map((id) => ({ id, lot: lot(id) })).sort((a, b) => (a.lot < b.lot ? -1 : 1));
  return { chosen: lots.slice(0, count).map(({ id }) => id), populationHash: canonicalHash(all) };
}
