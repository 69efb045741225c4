import type { BrowserContext, Page } from 'playwright-core';
import type { Traffic } from './browser-traffic';

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

/** Milliseconds until what a page is to show counts as missing. It ends with the page: only a machine under load waits longer. */
const PATIENCE = 60_000;
/** So long nothing has been under way on the line. */
const QUIET = 150;

/** One person's browser: a context of its own, one tab, everything that went wrong in it and every byte that reached it. */
export class Visit {
  private readonly seen: string[] = [];
  private expected: RegExp[] = [];

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

  /** Nothing is under way on the line, no skeleton and no spinner is shown, and fonts are there. */
  async settled(): Promise<void> {
    const deadline = performance.now() + PATIENCE;
    const awaits = `document.readyState !== 'complete' || document.fonts.status !== 'loaded' ||
      document.querySelector('.ant-skeleton, .ant-spin-spinning, [aria-busy="true"]') !== null`;
    do {
      await this.traffic.quiet(QUIET, deadline);
      if (performance.now() > deadline) throw new Error(`${this.page.url()} does not come to rest`);
      // After a frame of the page, in which it shows what came.
      await this.ask('new Promise((resolve) => requestAnimationFrame(() => resolve(true)))');
    } while (this.traffic.quietFor() < QUIET || (await this.ask<boolean>(awaits)));
  }

  /** The value of an expression in the page, run past the content security policy, which forbids eval. */
  async ask<T>(expression: string, tries = 3): Promise<T> {
    const session = await this.context.newCDPSession(this.page);
    try {
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
      if (tries > 1 && /navigated or closed|context was destroyed/.test(String(error)))
        return this.ask(expression, tries - 1);
      throw error;
    } finally {
      await session.detach().catch(() => undefined);
    }
  }

  /** A fault that the story provokes, such as a line that is cut. */
  expects(fault: RegExp): void {
    this.expected.push(fault);
  }

  /** Errors in the console or thrown, violations of the policy, failed and foreign requests, answers of 500 and missing files. */
  faults(): string[] {
    const answers = this.traffic.exchanges
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
