import { CodeMessages } from '@app/auth';
import { sms } from '@app/labels';
import { Injectable } from '@nestjs/common';
import { InboxSettings } from './inbox-settings';
import { NotTaken, notTakenBy, Words } from './way';

const PATIENCE = 5_000;

/** The office's own SMS gateway behind a plain HTTP call. */
@Injectable()
export class SmsGateway {
  constructor(private readonly settings: InboxSettings) {}

  get available(): boolean {
    return this.settings.sms !== undefined;
  }

  /** Resolves once the gateway has taken it; throws NotTaken after 5 s or on any answer but 2xx. */
  async send(mobile: string, text: string): Promise<void> {
    if (!this.settings.sms) throw new NotTaken('no-gateway', true);
    const { url, token } = this.settings.sms;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ to: mobile, text }),
      signal: AbortSignal.timeout(PATIENCE),
      redirect: 'error',
    }).catch(() => {
      throw new NotTaken('gateway-unreachable', false);
    });
    await response.body?.cancel().catch(() => undefined);
    if (!response.ok) throw notTakenBy(response.status);
  }
}

/** The title, since every seventy characters cost; a digest also says what it counts. */
export function smsText({ title, body, url, unsubscribe }: Words): string {
  const said = sms.sign + title.zh + (unsubscribe ? ` ${body.zh}` : '');
  return [said, url, unsubscribe && sms.unsubscribe(unsubscribe.page)].filter(Boolean).join(' ');
}

/** One-time codes for sign-in. */
@Injectable()
export class SmsCodes extends CodeMessages {
  constructor(private readonly gateway: SmsGateway) {
    super();
  }

  get available(): boolean {
    return this.gateway.available;
  }

  send(mobile: string, code: string, minutes: number): Promise<void> {
    return this.gateway.send(mobile, sms.signInCode(code, minutes));
  }
}
