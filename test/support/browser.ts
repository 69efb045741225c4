import { Sessions } from '@app/auth';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { startApp, TestApp, TestAppOptions } from './app';
import { launchChromium } from './browser-program';
import { Traffic } from './browser-traffic';
import { Visit } from './browser-visit';
import { builtWeb } from './built-web';
import type { Client } from './client';

export type Screen = keyof typeof SCREENS;
export const SCREENS = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
} satisfies Record<string, BrowserContextOptions>;

export type Manner = {
  readonly screen?: Screen;
  readonly language?: 'zh' | 'en';
  readonly scheme?: 'light' | 'dark';
};

export type Web = TestApp & {
  /**
   * A browser of somebody's own, signed in as the client's account; without one, a visitor. Who has one open in this
   * manner goes on in it: to start it and to load the application anew costs a second. Closed by `stop`.
   */
  visit(who?: Client, manner?: Manner): Promise<Visit>;
};

/** The whole platform with its web app, and a Chromium that people open it with. */
export async function startWeb(options: TestAppOptions = {}): Promise<Web> {
  const app = await startApp({ ...options, web: options.web ?? builtWeb() });
  const people = await People.in(app.url).catch(async (error: unknown) => {
    await app.stop();
    throw error;
  });
  const enter = async (account: string | undefined, manner: Manner | undefined): Promise<Visit> => {
    if (account === undefined) return people.enter(undefined, manner);
    const { id } = await app.app.get(Sessions).open(account, 'password');
    return people.enter(id, manner);
  };
  const opened = new Map<string, Visit>();
  return {
    ...app,
    async visit(who, manner) {
      const key = JSON.stringify([who?.account, manner?.screen, manner?.language, manner?.scheme]);
      const before = opened.get(key);
      if (before?.isOpen) return before.again();
      const visit = await enter(who?.account, manner);
      opened.set(key, visit);
      return visit;
    },
    async stop(drain) {
      await people.leave();
      await app.stop(drain);
    },
  };
}

/** Chromium, and those who use it at once on one application. */
export class People {
  private readonly visits: Visit[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  static in = async (url: string): Promise<People> => new People(await launchChromium(), url);

  /** With the id of a session, or without one. */
  async enter(session?: string, { screen = 'desktop', language = 'zh', scheme = 'light' }: Manner = {}) {
    const traffic = await Traffic.to(this.url);
    const context = await this.browser.newContext({
      ...SCREENS[screen],
      locale: language === 'zh' ? 'zh-CN' : 'en',
      // As if it had been chosen on the page before.
      storageState: {
        cookies: [],
        origins: [{ origin: traffic.url, localStorage: [{ name: 'peitao.language', value: language }] }],
      },
      colorScheme: scheme,
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
      acceptDownloads: true,
    });
    if (session !== undefined) {
      // Chromium takes the prefix with a secure address only, and sends it to this machine without.
      const url = traffic.url.replace('http:', 'https:');
      await context.addCookies([{ name: '__Host-peitao', value: session, url, httpOnly: true, sameSite: 'Lax' }]);
    }
    const visit = await Visit.begin(context, traffic);
    this.visits.push(visit);
    return visit;
  }

  async leave(): Promise<void> {
    for (const visit of this.visits) await visit.close();
    await this.browser.close();
  }
}
