export type SmsOptions = {
  /** Takes POST of `{ to, text }` as JSON and answers 2xx once it will deliver it. */
  readonly url: string;
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string;
};

export type MailOptions = {
  /** `smtp://` or `smtps://`, with user and password where the server asks for them. */
  readonly url: string;
  /** Address of the sender. */
  readonly from: string;
};

export type WechatOptions = {
  readonly appId: string;
  readonly secret: string;
  /** A template with the two places `thing1` (what) and `thing2` (what to do). */
  readonly templateId: string;
  /** `https://api.weixin.qq.com`, unless a double stands in for it. */
  readonly apiUrl?: string;
  /** `https://open.weixin.qq.com`. */
  readonly openUrl?: string;
};

/** How messages leave the platform, where they do. What is left out is not configured. */
export type InboxOptions = {
  readonly smsGateway?: SmsOptions;
  readonly mail?: MailOptions;
  readonly wechat?: WechatOptions;
  /** Where phones and mail readers reach the web app, without a slash at the end. Without it nothing sent has a link. */
  readonly publicUrl?: string;
  /** When the daily digest is made, `HH:MM` in Asia/Shanghai. */
  readonly digestAt?: string;
};

export class InboxSettings {
  readonly sms: SmsOptions | undefined;
  readonly mail: MailOptions | undefined;
  readonly wechat: WechatOptions | undefined;
  readonly digestAt: string;
  private readonly publicUrl: string | undefined;

  constructor(options: InboxOptions) {
    this.sms = options.smsGateway;
    this.mail = options.mail;
    this.wechat = options.wechat;
    this.publicUrl = options.publicUrl;
    this.digestAt = options.digestAt ?? '18:00';
  }

  /** The whole address of a page of the web app, or undefined where nobody said how it is reached. */
  urlOf(path: string): string | undefined {
    return path !== '' && this.publicUrl !== undefined ? this.publicUrl + path : undefined;
  }
}
