import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { extname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { withDurableServer } from './durable-log';
import type { SignedIn, Started } from './http-platform';
import { median, percentile, Report, rounded } from './report';

export const name = 'http';

const ROUNDS = 3;
const SLICE = 2_000;
const WARMING = 4;
const SMES = 32;
const PER_SECOND = 200;
/** Each SME offers once on each listing, so that many are open at once. */
const LISTINGS = 1_000;
const MOST_LINES = 200;

/**
 * Submitting offers over HTTP: the whole way from the session and the access rule to a durable event and its receipt, while
 * views and processes follow. The platform is a process of its own; this one sends, so that it shares the machine with it.
 */
export async function run(report: Report): Promise<void> {
  await withDurableServer(async (url) => {
    const child = fork(join(__dirname, `http-platform${extname(__filename)}`), {
      env: { ...process.env, DATABASE_URL: url, BENCH_SMES: String(SMES) },
      // Its log lines are written as ever, but nobody reads them.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const ended = new Promise<never>((_, reject) => {
      child.once('exit', (code) => reject(new Error(`the platform ended with ${code}`)));
    });
    ended.catch(() => undefined);
    try {
      const started = new Promise<Started>((resolve, reject) => {
        child.once('message', (message: Started | string) => {
          if (typeof message === 'string') reject(new Error(message));
          else resolve(message);
        });
      });
      await measure(new Load(await Promise.race([started, ended])), report);
    } finally {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      if (child.connected) child.disconnect();
      await Promise.race([gone, delay(15_000, undefined, { ref: false })]);
      child.kill('SIGKILL');
    }
  });
}

async function measure(load: Load, report: Report): Promise<void> {
  // A platform that has just started compiles as it goes.
  await load.list(LISTINGS);
  for (let slice = 0; slice < WARMING; slice++) await load.whileTime(SMES);
  for (const clients of [1, 8, 32]) {
    await load.list(clients === 32 ? LISTINGS / 2 : LISTINGS);
    const rounds: Slice[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await load.whileTime(clients));
    told(report, String(clients), rounds);
  }
  await load.list(LISTINGS / 2);
  const paced: Slice[] = [];
  for (let round = 0; round < ROUNDS; round++) paced.push(await load.atPace());
  told(report, `${PER_SECOND}/s`, paced);
  const hot: Slice[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await load.list(1);
    hot.push(await load.allAtOnce());
  }
  told(report, 'hot', hot);
}

/** What was sent in one round: the answers' statuses, and milliseconds from the moment at which each was due. */
type Slice = { readonly waits: readonly number[]; readonly statuses: readonly number[]; readonly milliseconds: number };

function told(report: Report, name: string, rounds: readonly Slice[]): void {
  const statuses = rounds.flatMap((round) => round.statuses);
  const faults = statuses.filter((status) => status >= 500).length;
  const refused = statuses.filter((status) => status !== 201).length - faults;
  if (refused > 0) throw new Error(`${name}: ${refused} of ${statuses.length} offers were refused`);
  const rate = median(rounds.map(({ waits, milliseconds }) => (waits.length / milliseconds) * 1_000));
  const p99 = median(rounds.map(({ waits }) => percentile(waits, 0.99)));
  const p50 = median(rounds.map(({ waits }) => percentile(waits, 0.5)));
  report({
    case: name,
    value: rounded(rate),
    unit: 'offers/s',
    ratio: null,
    p50: rounded(p50, 1),
    p99: rounded(p99, 1),
    faults,
  });
}

/** The sending side: people who are signed in, and listings that wait for offers. */
class Load {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 256 });
  private listings: string[] = [];
  /** The listing that each SME offers on next. */
  private readonly next = new Map<SignedIn, number>();

  constructor(private readonly platform: Started) {}

  /** Publishes so many listings; SMEs go on with these and leave the older ones. */
  async list(count: number): Promise<void> {
    this.next.clear();
    this.listings = Array.from({ length: count }, () => randomUUID());
    const deadline = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 86_400_000);
    const terms = termsOf(deadline);
    for (let from = 0; from < count; from += MOST_LINES) {
      const catalogue = randomUUID();
      const lines = this.listings.slice(from, from + MOST_LINES).map((listing) => ({ listing, terms }));
      const period = { title: '需求目录', from: '2020-03-01', to: '2020-03-31' };
      await this.must('/api/catalogues', { catalogue, kind: 'demand', terms: period });
      await this.must(`/api/catalogues/${catalogue}/lines`, { lines });
      await this.must(`/api/catalogues/${catalogue}/publication`);
    }
    await this.settled();
  }

  /** Until every view and process has followed: what came before is not to slow down what is measured. */
  private async settled(): Promise<void> {
    const { port } = this.platform;
    for (const end = performance.now() + 120_000; ; await delay(100)) {
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      const lags = [...metrics.matchAll(/^peitao_follower_lag_events\{.*\} (\d+)/gm)].map(([, lag]) => Number(lag));
      if (lags.length > 0 && lags.every((lag) => lag === 0)) return;
      if (performance.now() > end) throw new Error(`followers lag behind: ${lags.join(' ')}`);
    }
  }

  /** So many SMEs, each sending its next offer when the last one is answered. */
  async whileTime(clients: number): Promise<Slice> {
    const slice = new Recording();
    const end = slice.started + SLICE;
    await Promise.all(
      this.smes(clients).map(async (sme) => {
        while (performance.now() < end) await this.offer(sme, slice, performance.now());
      }),
    );
    return slice.ended();
  }

  /** A fixed number each second, whether or not the ones before are answered: what waits in a queue is counted. */
  async atPace(): Promise<Slice> {
    const slice = new Recording();
    const smes = this.smes(SMES);
    const sent: Promise<void>[] = [];
    const count = (PER_SECOND * SLICE * 2) / 1_000;
    for (let n = 0; n < count; n++) {
      const due = slice.started + (n * 1_000) / PER_SECOND;
      if (due > performance.now()) await delay(due - performance.now());
      sent.push(this.offer(smes[n % SMES]!, slice, due));
    }
    await Promise.all(sent);
    return slice.ended();
  }

  async allAtOnce(): Promise<Slice> {
    const slice = new Recording();
    await Promise.all(this.smes(SMES).map((sme) => this.offer(sme, slice, slice.started)));
    return slice.ended();
  }

  /** Other SMEs in each round of few, since one may offer only once on a listing. */
  private smes(count: number): SignedIn[] {
    const { smes } = this.platform;
    const least = [...smes].sort((a, b) => (this.next.get(a) ?? 0) - (this.next.get(b) ?? 0));
    return least.slice(0, count);
  }

  private async offer(sme: SignedIn, slice: Recording, due: number): Promise<void> {
    const at = this.next.get(sme) ?? 0;
    // Each begins elsewhere: all on one listing is a case of its own.
    const begin = this.platform.smes.indexOf(sme) * Math.ceil(this.listings.length / SMES);
    const listing = this.listings[(begin + at) % this.listings.length]!;
    if (at >= this.listings.length) throw new Error('an SME has offered on every listing');
    this.next.set(sme, at + 1);
    const terms = { quantity: '600', unitPrice: '12.5', vatRate: '0.13', deliverBy: DELIVER_BY };
    const { status } = await this.post(sme, `/api/listings/${listing}/offers`, { offer: randomUUID(), terms });
    slice.answered(status, performance.now() - due);
  }

  private async must(path: string, body?: unknown): Promise<void> {
    const { status, text } = await this.post(this.platform.lead, path, body);
    if (status !== 201) throw new Error(`${path}: ${status} ${text.slice(0, 500)}`);
  }

  private post(by: SignedIn, path: string, body?: unknown): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const sent = body === undefined ? '' : JSON.stringify(body);
      const headers = {
        Cookie: by.cookie,
        'Peitao-CSRF': by.csrf,
        'Idempotency-Key': randomUUID(),
        ...(sent && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(sent) }),
      };
      const { port } = this.platform;
      const asking = request(
        { host: '127.0.0.1', port, path, method: 'POST', agent: this.agent, headers },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (part: string) => (text += part));
          answer.once('end', () => resolve({ status: answer.statusCode!, text }));
          answer.once('error', reject);
        },
      );
      asking.once('error', reject);
      asking.end(sent);
    });
  }
}

class Recording {
  readonly started = performance.now();
  private readonly waits: number[] = [];
  private readonly statuses: number[] = [];

  answered(status: number, wait: number): void {
    this.waits.push(wait);
    this.statuses.push(status);
  }

  ended(): Slice {
    return { waits: this.waits, statuses: this.statuses, milliseconds: performance.now() - this.started };
  }
}

const DELIVER_BY = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);

const termsOf = (deadline: Date) => ({
  product: '鞋底',
  specification: 'EVA 42 码',
  industry: '1954',
  unit: { code: 'PR', name: '双' },
  quantity: '1000',
  supplyMode: 'goods',
  freightIncluded: true,
  deliveryPlace: { area: '350582', text: '安海镇' },
  deliverBy: DELIVER_BY,
  invoiceType: 'special',
  paymentTermDays: 30,
  quotingDeadline: deadline.toISOString(),
  acceptanceHours: 48,
  partsAccepted: true,
  earlyCloseAllowed: false,
  visibility: { class: 'public' },
});
