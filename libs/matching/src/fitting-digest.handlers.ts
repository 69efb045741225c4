import { DigestPart, DigestSource, TellsInDigest } from '@app/inbox';
import { instantTime, Party, shanghaiMinute } from '@app/kernel';
import { both, digest } from '@app/labels';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { FittingDemands } from './fitting-demands.handlers';
import { Readers } from './readers.handlers';

const MOST_LINES = 8;

/** In the daily digest: demands published since the last one that fit what the firm promotes, as far as it may see them. */
@TellsInDigest()
@Injectable()
export class FittingDigest implements DigestSource {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
  ) {}

  async newsFor(firm: Party, since: string): Promise<DigestPart | undefined> {
    const reader = await this.readers.ofFirm(firm);
    const fitting = await this.queries.execute(new FittingDemands(reader));
    const fresh = fitting.filter(({ demand }) => instantTime(demand.publishedAt) > instantTime(since));
    if (fresh.length === 0) return undefined;
    return {
      heading: both(digest.demands, { count: String(fresh.length) }),
      count: fresh.length,
      lines: fresh.slice(0, MOST_LINES).map(({ demand: { listing, terms } }) => {
        const { product, quantity, unit, quotingDeadline } = terms;
        const deadline = shanghaiMinute(quotingDeadline);
        return {
          title: both(digest.demand, { product, quantity, unit: unit.name, deadline }),
          link: `/listings/${listing}`,
        };
      }),
    };
  }
}
