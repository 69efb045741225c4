import { ServerKeys } from '@app/auth';
import { Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { InboxSettings } from './inbox-settings';
import type { Words } from './way';

/** The links under a digest. They name its account to this installation alone, work without a sign-in, and never end. */
@Injectable()
export class DigestLinks {
  constructor(
    private readonly keys: ServerKeys,
    private readonly settings: InboxSettings,
  ) {}

  of(account: string): Words['unsubscribe'] {
    const token = this.tokenOf(account);
    const [page, post] = [
      this.settings.urlOf(`/unsubscribe#${token}`),
      this.settings.urlOf(`/api/unsubscribe/${token}`),
    ];
    return page !== undefined && post !== undefined ? { page, post } : undefined;
  }

  tokenOf(account: string): string {
    return this.keys.seal('digest-link', 'unsubscribe', account);
  }

  /** Refuses `link-unknown`. */
  accountOf(token: string): string {
    const account = this.keys.open('digest-link', 'unsubscribe', token);
    if (account === undefined) throw new Refused('link-unknown', {}, 'token');
    return account;
  }
}
