import type { BrowserContext, CDPSession, Locator, Page } from 'playwright-core';
import type { Exchange, Traffic } from './browser-traffic';

/** Reports what the policy stopped, which Chromium does not say in the console for every directive. */
const WATCH_POLICY = `document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
  console.error('policy violation: ' + violatedDirective + ' ' + blockedURI + ' ' + sourceFile + ':' + lineNumber));`;

/** Chromium's own sentence for every 4xx, also for those that are the right answer; what was answered is judged by itself. */
const BY_STATUS = /^Failed to load resource: the server responded with a status of/;

/** What a link does; false where no page of the application stands. */
const GO = `(path) => {
  if (!document.querySelector('#root > *')) return false;
  const state = { idx: (history.state?.idx ?? 0) + 1 };
  history.pushState(state, '', path);
  dispatchEvent(new PopStateEvent('popstate', { state }));
  return true;
}`;

/** After the page has done all that it has to do, and a frame in which it shows that; a busy machine takes long over both. */
const IDLE =
  'new Promise((resolve) => requestIdleCallback(() => requestAnimationFrame(() => resolve(true)), { timeout: 5000 }))';

/** Brings what moves on a page to its end, as motion leaves it; what turns for ever, such as a spinner, goes on. */
const STAND_STILL = `(async () => {
  for (let frames = 0; frames < 20; frames++) {
    const moving = document.getAnimations().filter((one) =>
      one.playState === 'running' && Number.isFinite(Number(one.effect?.getComputedTiming().endTime)));
    if (moving.length === 0) return;
    for (const one of moving) one.finish();
    // In the next frame, who waits for the end hears of it, and may let something else move.
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
})()`;

/** Milliseconds until what a page is to show counts as missing. It ends with the page: only a machine under load waits longer. */
const PATIENCE = 60_000;
/** So long nothing has been under way on the line. */
const QUIET = 150;

/** One person's browser: a context of its own, one tab, everything that went wrong in it and every byte that reached it. */
export class Visit {
  private seen: string[] = [];
  private expected: RegExp[] = [];
  private session: Promise<CDPSession> | undefined;

  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly traffic: Traffic,
  ) {}

  static async begin(context: BrowserContext, traffic: Traffic): Promise<Visit> {
    context.setDefaultTimeout(PATIENCE);
    await context.addInitScript(WATCH_POLICY);
    const visit = new Visit(await context.newPage(), context, traffic);
    visit.watch(visit.page);
    context.on('page', (page) => visit.watch(page));
    return visit;
  }

  /**
   * Opens an address of the application and waits until the page stands. Where the application is open already it goes
   * there as by a link; an address with a secret behind # comes from a message, and the page that is open is loaded anew.
   */
  async open(path: string): Promise<void> {
    const isOpen = this.page.url().startsWith(`${this.traffic.url}/`) && this.page.url() !== this.traffic.url + path;
    const went = isOpen && !path.includes('#') && (await this.ask<boolean>(`(${GO})(${JSON.stringify(path)})`));
    if (!went) await this.page.goto(this.traffic.url + path);
    await this.settled();
  }

  /**
   * Nothing has been under way on the line for a while, no skeleton and no spinner is shown, no page is awaited, fonts are
   * there, and nothing moves.
   */
  async settled(): Promise<void> {
    const deadline = performance.now() + PATIENCE;
    const awaits = `document.readyState !== 'complete' || document.fonts.status !== 'loaded' ||
      document.querySelector('.ant-skeleton, .ant-spin-spinning, .content-waits, [aria-busy="true"]') !== null`;
    // What was just pressed has asked for nothing yet: silence counts from now.
    this.traffic.listen();
    do {
      await this.traffic.quiet(QUIET, deadline);
      if (performance.now() > deadline)
        throw new Error(`${this.page.url()} does not come to rest: ${this.traffic.awaited().join(', ')}`);
      await this.ask(IDLE);
    } while (this.traffic.quietFor() < QUIET || (await this.ask<boolean>(awaits)));
    await this.standStill();
  }

  /** Takes an option of a field's list, once the list is there and stands still, until it is gone; `typed` finds it first. */
  async choose(field: Locator, option: string | RegExp, typed?: string): Promise<void> {
    await (typed === undefined ? field.click() : field.fill(typed));
    const found = this.page
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: option })
      .first();
    await found.waitFor();
    await this.standStill();
    await found.click();
    await found.waitFor({ state: 'hidden' });
  }

  /** Half-way, a dialog is not where it will be clicked, and half-transparent colours have a contrast that is nobody's. */
  standStill(): Promise<void> {
    return this.ask(STAND_STILL);
  }

  /** Whether its tab is there to be used again. */
  get isOpen(): boolean {
    return !this.page.isClosed();
  }

  /** The same browser on another errand: faults that the last one provoked are none of this one's, and none is expected. */
  again(): this {
    this.seen = this.seen.filter((fault) => !this.expected.some((one) => one.test(fault)));
    this.expected = [];
    this.traffic.losesAnswerOf = () => false;
    return this;
  }

  /** The value of an expression in the page, run past the content security policy, which forbids eval. */
  async ask<T>(expression: string, tries = 3): Promise<T> {
    // Made once: to attach to a page takes longer than most questions.
    this.session ??= this.context.newCDPSession(this.page);
    try {
      const session = await this.session;
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
        allowUnsafeEvalBlockedByCSP: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value as T;
    } catch (error) {
      // The page went elsewhere while it was asked: the one that came in its place is asked.
      if (tries > 1 && /navigated or closed|context was destroyed|Promise was collected/.test(String(error))) {
        this.session = undefined;
        return this.ask(expression, tries - 1);
      }
      throw error;
    }
  }

  /** A fault that the story provokes, such as a line that is cut. */
  expects(fault: RegExp): void {
    this.expected.push(fault);
  }

  /**
   * Errors in the console or thrown, violations of the policy, failed and foreign requests, answers of 500 and missing files,
   * and what was told to come again and was not answered then.
   */
  faults(): string[] {
    const { exchanges } = this.traffic;
    // What a busy machine has not caught up with is asked again when the answer says, and answered then.
    const cameAgain = ({ status, headers, method, path }: Exchange, at: number): boolean =>
      status === 503 &&
      /^retry-after$/im.test(headers) &&
      exchanges.slice(at + 1).some((one) => one.method === method && one.path === path && one.status !== 503);
    const answers = exchanges
      .filter((one, at) => !cameAgain(one, at))
      .filter(({ status, path }) => status >= 500 || (status === 404 && !path.startsWith('/api/')))
      .map(({ method, path, status }) => `answer: ${status} ${method} ${path}`);
    return [...this.seen, ...answers].filter((fault) => !this.expected.some((one) => one.test(fault)));
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.traffic.close();
  }

  private watch(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error' && !BY_STATUS.test(message.text())) this.seen.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.seen.push(`thrown: ${error.stack ?? error.message}`));
    page.on('requestfailed', (request) => {
      const failure = request.failure()?.errorText ?? '';
      // A page that is left drops what it was waiting for.
      if (failure !== 'net::ERR_ABORTED') this.seen.push(`failed: ${failure} ${request.method()} ${request.url()}`);
    });
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol === 'data:' || protocol === 'blob:' || origin === this.traffic.url) return;
      this.seen.push(`foreign: ${request.method()} ${request.url()}`);
    });
  }
}
