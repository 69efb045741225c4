import type { Label } from '@app/labels';

/** Outside of the app. */
export type Way = 'sms' | 'wechat' | 'mail';

/** What a message says wherever it goes. */
export type Words = {
  readonly title: Label;
  readonly body: Label;
  /** Whole address of the page where it is dealt with, where one is known. */
  readonly url?: string;
  /** The entries of a digest. */
  readonly lines?: readonly { readonly title: Label; readonly url?: string }[];
  /** Of a digest: the page that stops it, and the address that mail programs post to for it (RFC 8058). */
  readonly unsubscribe?: { readonly page: string; readonly post: string };
};

export const FAILURE_REASONS = [
  'no-gateway',
  'no-number',
  'no-address',
  'not-bound',
  'turned-off',
  'gateway-refused',
  'gateway-unreachable',
  'interrupted',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** A way, or why it is not gone. */
export type SentBy = { readonly way: Way; readonly isNot?: FailureReason };

/** It was not taken. `isLasting`: trying again would end the same. Names nobody: its reason stands in the record. */
export class NotTaken extends Error {
  constructor(
    readonly reason: FailureReason,
    readonly isLasting: boolean,
  ) {
    super(reason);
    this.name = 'NotTaken';
  }
}

/** An HTTP answer that is no success: the gateway's own trouble passes, what it finds wrong with the request stays. */
export const notTakenBy = (status: number): NotTaken =>
  status >= 500 || status === 408 || status === 429
    ? new NotTaken('gateway-unreachable', false)
    : new NotTaken('gateway-refused', true);
