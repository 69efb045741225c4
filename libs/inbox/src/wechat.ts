import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { InboxSettings, WechatOptions } from './inbox-settings';
import { NotTaken, notTakenBy, Words } from './way';

type Answer = {
  readonly errcode?: number;
  readonly access_token?: string;
  readonly expires_in?: number;
  readonly openid?: string;
};

const API = 'https://api.weixin.qq.com';
const OPEN = 'https://open.weixin.qq.com';
const PATIENCE = 5_000;
/** A token is given up this long before it ends, so that none ends on its way. */
const EARLY = 120_000;
/** What a `thing` place of a template takes. */
const LONGEST_THING = 20;

const TOKEN_ENDED = new Set([40001, 40014, 42001]);
/** The person never followed the account, or does no more. */
const NOT_BOUND = new Set([40003, 43004]);
/** Busy, or too many calls. */
const PASSING = new Set([-1, 45009, 45011]);

/** The office's WeChat service account 服务号: template messages, and the page by which a person binds an account to it. */
@Injectable()
export class Wechat {
  private token: { readonly value: string; readonly endsAt: number } | undefined;

  constructor(
    private readonly settings: InboxSettings,
    private readonly clock: Clock,
  ) {}

  get available(): boolean {
    return this.settings.wechat !== undefined;
  }

  /** Resolves once WeChat has taken it; throws NotTaken otherwise. */
  async send(openid: string, { title, body, url }: Words): Promise<void> {
    const message = {
      touser: openid,
      template_id: this.options.templateId,
      ...(url !== undefined && { url }),
      data: { thing1: thing(title.zh), thing2: thing(body.zh || title.zh) },
    };
    let answer = await this.sendWith(await this.accessToken(), message);
    if (TOKEN_ENDED.has(answer.errcode ?? 0)) {
      this.token = undefined;
      answer = await this.sendWith(await this.accessToken(), message);
    }
    const { errcode = 0 } = answer;
    if (errcode === 0) return;
    if (NOT_BOUND.has(errcode)) throw new NotTaken('not-bound', true);
    if (PASSING.has(errcode) || TOKEN_ENDED.has(errcode)) throw new NotTaken('gateway-unreachable', false);
    throw new NotTaken('gateway-refused', true);
  }

  /** Where a person agrees, inside WeChat, that messages may come; WeChat then opens `returnTo` with a code and `state`. */
  bindingUrl(returnTo: string, state: string): string {
    const { appId, openUrl = OPEN } = this.options;
    const query = new URLSearchParams({
      appid: appId,
      redirect_uri: returnTo,
      response_type: 'code',
      scope: 'snsapi_base',
      state,
    });
    return `${openUrl}/connect/oauth2/authorize?${query.toString()}#wechat_redirect`;
  }

  /** Who came back with this code; undefined when WeChat does not know it. Throws NotTaken when WeChat does not answer. */
  async openidOf(code: string): Promise<string | undefined> {
    const { appId: appid, secret } = this.options;
    const query = new URLSearchParams({ appid, secret, code, grant_type: 'authorization_code' });
    return (await this.ask(`/sns/oauth2/access_token?${query.toString()}`)).openid;
  }

  private get options(): WechatOptions {
    if (!this.settings.wechat) throw new NotTaken('no-gateway', true);
    return this.settings.wechat;
  }

  private sendWith(token: string, message: object): Promise<Answer> {
    return this.ask(`/cgi-bin/message/template/send?access_token=${encodeURIComponent(token)}`, message);
  }

  /** The stable one: several processes that ask each get the same, and none ends another's. */
  private async accessToken(): Promise<string> {
    const now = this.clock.now();
    if (this.token && this.token.endsAt > now) return this.token.value;
    const { appId: appid, secret } = this.options;
    const asked = { grant_type: 'client_credential', appid, secret };
    const { access_token: value, expires_in: seconds = 0 } = await this.ask('/cgi-bin/stable_token', asked);
    if (value === undefined) throw new NotTaken('gateway-refused', false);
    this.token = { value, endsAt: now + seconds * 1_000 - EARLY };
    return value;
  }

  private async ask(path: string, body?: object): Promise<Answer> {
    const { apiUrl = API } = this.options;
    const response = await fetch(apiUrl + path, {
      method: body ? 'POST' : 'GET',
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE),
      redirect: 'error',
    }).catch(() => {
      throw new NotTaken('gateway-unreachable', false);
    });
    if (!response.ok) throw notTakenBy(response.status);
    return (await response.json().catch(() => {
      throw new NotTaken('gateway-unreachable', false);
    })) as Answer;
  }
}

function thing(text: string): { value: string } {
  const letters = [...text];
  return { value: letters.length <= LONGEST_THING ? text : `${letters.slice(0, LONGEST_THING - 1).join('')}…` };
}
