import { countedAddress, RequestCounts } from '@app/auth';
import { ExecutionContext, Injectable } from '@nestjs/common';
import { ThrottlerGuard, ThrottlerLimitDetail, ThrottlerStorage } from '@nestjs/throttler';
import type { Request } from 'express';
import { LRUCache } from 'lru-cache';
import { Problem } from './problem';

/** Addresses beyond their limit that this process remembers. */
const MOST_REMEMBERED = 10_000;

/** Counts by address (IPv6 by /64) over all routes; sign-in has its own, stricter count in @app/auth. */
@Injectable()
export class AddressThrottle extends ThrottlerGuard {
  protected override generateKey(_host: ExecutionContext, address: string): string {
    return address;
  }

  protected override getTracker(request: Request): Promise<string> {
    return Promise.resolve(countedAddress(request.ip ?? 'unknown'));
  }

  protected override throwThrottlingException(_host: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    const seconds = Math.max(1, detail.timeToBlockExpire, detail.timeToExpire);
    throw new Problem(429, 'too-many-requests', { headers: { 'Retry-After': String(Math.ceil(seconds)) } });
  }
}

/** One count for all API processes. */
export class SharedCounts implements ThrottlerStorage {
  /** By address, when its window ends in machine time: who asks on and on costs the database nothing. */
  private readonly over = new LRUCache<string, number>({ max: MOST_REMEMBERED });

  constructor(private readonly counts: RequestCounts) {}

  async increment(address: string, window: number, limit: number) {
    const end = this.over.get(address) ?? 0;
    const left = end - performance.now();
    if (left > 0) return record(limit + 1, left, true);
    try {
      const { count, millisecondsLeft } = await this.counts.count(address, window);
      if (count > limit) this.over.set(address, performance.now() + millisecondsLeft);
      return record(count, millisecondsLeft, count > limit);
    } catch {
      // Whoever asks is answered by what the database does to his request; the count is not what refuses him.
      return record(1, window, false);
    }
  }
}

const record = (totalHits: number, milliseconds: number, isBlocked: boolean) => {
  const timeToExpire = Math.ceil(milliseconds / 1_000);
  return { totalHits, timeToExpire, isBlocked, timeToBlockExpire: isBlocked ? timeToExpire : 0 };
};
