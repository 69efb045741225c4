import { ExecutionContext, Injectable } from '@nestjs/common';
import { ThrottlerGuard, ThrottlerLimitDetail } from '@nestjs/throttler';
import type { Request } from 'express';
import { Problem } from './problem';

/** Counts by address over all routes; sign-in has its own, stricter count in @app/auth. */
@Injectable()
export class AddressThrottle extends ThrottlerGuard {
  protected override generateKey(_host: ExecutionContext, address: string): string {
    return address;
  }

  protected override getTracker(request: Request): Promise<string> {
    return Promise.resolve(request.ip ?? 'unknown');
  }

  protected override throwThrottlingException(_host: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    const seconds = Math.max(1, detail.timeToBlockExpire, detail.timeToExpire);
    throw new Problem(429, 'too-many-requests', { headers: { 'Retry-After': String(Math.ceil(seconds)) } });
  }
}
