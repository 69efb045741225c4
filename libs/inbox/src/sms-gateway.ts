import { CodeMessages } from '@app/auth';
import { sms } from '@app/labels';
import { Injectable } from '@nestjs/common';

export type SmsOptions = {
  /** Takes POST of `{ to, text }` as JSON and answers 2xx once it will deliver it. */
  readonly url: string;
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string;
};

export class SmsSettings {
  constructor(readonly gateway: SmsOptions | undefined) {}
}

const PATIENCE = 5_000;

/** The office's own SMS gateway behind a plain HTTP call. */
@Injectable()
export class SmsGateway {
  constructor(private readonly settings: SmsSettings) {}

  get available(): boolean {
    return this.settings.gateway !== undefined;
  }

  /** Resolves once the gateway has taken it, rejects after 5 s or on any answer but 2xx; never repeats what it was sent. */
  async send(mobile: string, text: string): Promise<void> {
    const { gateway } = this.settings;
    if (!gateway) throw new Error('no-gateway');
    const { url, token } = gateway;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ to: mobile, text }),
      signal: AbortSignal.timeout(PATIENCE),
      redirect: 'error',
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
  }
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
