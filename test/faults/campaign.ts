import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sessions } from '@app/auth';
import { EventStore } from '@app/event-store';
import { pause, SetClock } from '@app/kernel';
import { Followers } from '@app/projections';
import { differingAgendas, DifferingTable, differingViews, unsettled } from '@testing/projections';
import { startApp, TestApp } from '../support/app';
import { Firm, Firms } from '../support/firms';
import { befall, befallStore, Draw, drawFaults, drawStoreFault } from './faults';
import { Fleet } from './fleet';
import { checkLog, LogFindings } from './log-check';
import { Ledger, PatientClient } from './patient-client';
import { StoreProcess } from './store-process';
import { Trades } from './trades';

export type LogPlace = 'postgres' | 'eventstoredb';

type Platform = { readonly apis?: number; readonly workers?: number; readonly log?: LogPlace };

export type CampaignOptions = {
  readonly rounds: number;
  readonly seed: number;
  /** Trades at the same time. */
  readonly atOnce?: number;
  /** Milliseconds from one act of a trade to the next; none unless told. */
  readonly pace?: number;
  readonly say?: (line: string) => void;
};

export type Findings = LogFindings & {
  readonly acknowledged: number;
  readonly unanswered: number;
  readonly trades: number;
  /** Lines about appointments that were not kept, set aside, or are not those of the log. */
  readonly agendas: string[];
  readonly views: DifferingTable[];
};

const LEADS = 3;
const SMES = 6;
const AT_ONCE = 4;
const TIMED_EVERY = 9;
/** Rounds before the last in which listings are still left to the clock. */
const TIMED_UNTIL = 2;
const SETTLED_WITHIN = 60_000;
const ACTS_AFTER_FAULTS = 10;
const GOES_ON_WITHIN = 20_000;

/** A platform of several processes on a database of its own, with firms that trade on it. */
export class Campaign {
  readonly ledger = new Ledger();

  private constructor(
    /** Looks at the platform from within and follows nothing. */
    readonly observer: TestApp,
    readonly fleet: Fleet,
    readonly leads: readonly PatientClient[],
    readonly smes: readonly PatientClient[],
    private readonly folder: string,
    private readonly store: StoreProcess | undefined,
  ) {}

  /** `log`: where it stands, in the database or in a double of an EventStoreDB cluster. */
  static async open({ apis = 3, workers = 3, log = 'postgres' }: Platform = {}): Promise<Campaign> {
    const store = log === 'eventstoredb' ? await StoreProcess.start() : undefined;
    const folder = mkdtempSync(join(tmpdir(), 'peitao-faults-'));
    const eventStoreUrl = store && { eventStoreUrl: store.url };
    const observer = await startApp({ follows: false, clock: new SetClock(Date.now()), ...eventStoreUrl });
    const env = {
      DATABASE_URL: observer.databaseUrl,
      PEITAO_DATA: folder,
      PEITAO_SERVER_KEY: SERVER_KEY,
      ...(store && { EVENTSTORE_URL: store.url }),
    };
    const fleet = await Fleet.start({ apis, workers, env }).catch(async (error: unknown) => {
      await observer.stop();
      await store?.stop();
      throw error;
    });
    const [leads, smes]: PatientClient[][] = [[], []];
    const campaign = new Campaign(observer, fleet, leads!, smes!, folder, store);
    try {
      const firms = new Firms(observer);
      for (let made = 0; made < LEADS; made++) leads!.push(await campaign.client(await firms.lead()));
      for (const firm of await firms.many(SMES)) smes!.push(await campaign.client(firm));
      return campaign;
    } catch (error) {
      await campaign.close();
      throw error;
    }
  }

  /** Faults round by round while firms trade; then what stands in the log and in the views. */
  async run({ rounds, seed, atOnce = AT_ONCE, pace = 0, say = () => undefined }: CampaignOptions): Promise<Findings> {
    const draw = new Draw(seed);
    const trades = new Trades(this, { timedEvery: TIMED_EVERY, pace });
    trades.start(atOnce);
    for (let round = 1; round <= rounds; round++) {
      if (round > rounds - TIMED_UNTIL) trades.noMoreTimed();
      const faults = drawFaults(draw, this.fleet.names);
      const before = this.ledger.acknowledged.length;
      const ofStore = this.store && drawStoreFault(draw);
      const over = await Promise.allSettled([
        ...faults.map((fault) => befall(this.fleet, fault)),
        ofStore && befallStore(this.store, ofStore),
      ]);
      for (const one of over) if (one.status === 'rejected') throw one.reason;
      await this.goesOn(trades);
      const acts = this.ledger.acknowledged.length - before;
      const told = faults.map(({ to, does, lasts }) => `${to} ${does} ${(lasts / 1_000).toFixed(1)} s`);
      if (ofStore) told.push(`store: ${ofStore.does}`);
      say(`round ${round}: ${told.join(', ')}; ${acts} writes acknowledged`);
    }
    await trades.finish();
    return this.findings(trades);
  }

  async close(): Promise<void> {
    await this.fleet.stop();
    await this.observer.stop();
    await this.store?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Ends every process; what they leave behind is compared with the log. */
  async findings(trades: Pick<Trades, 'timed' | 'finished'>): Promise<Findings> {
    const { app } = this.observer;
    await this.settle();
    await this.fleet.stop();
    const agendas = [...(await unsettled(app, Date.now())), ...(await differingAgendas(app))];
    const views = await differingViews(app);
    const log = await checkLog(app.get(EventStore), this.ledger.acknowledged, trades.timed);
    const { acknowledged, unanswered } = this.ledger;
    return { ...log, acknowledged: acknowledged.length, unanswered, trades: trades.finished, agendas, views };
  }

  /** Faults must leave nothing behind that keeps writes from being answered. */
  private async goesOn(trades: Trades): Promise<void> {
    const wanted = this.ledger.acknowledged.length + ACTS_AFTER_FAULTS;
    for (const end = performance.now() + GOES_ON_WITHIN; this.ledger.acknowledged.length < wanted; await pause(50)) {
      trades.failed.signal.throwIfAborted();
      if (performance.now() > end) throw new Error(`writes did not go on within ${GOES_ON_WITHIN} ms`);
    }
  }

  /** Until followers have handled everything and nothing that is due waits. */
  private async settle(): Promise<void> {
    const { app } = this.observer;
    for (const end = performance.now() + SETTLED_WITHIN; performance.now() < end; await pause(100)) {
      const followers = await app.get(Followers).status();
      const behind = followers.filter(({ lag, state }) => lag > 0 || state !== 'following');
      if (behind.length === 0 && (await unsettled(app, Date.now())).length === 0) return;
    }
  }

  private async client({ client }: Firm): Promise<PatientClient> {
    const sessions = this.observer.app.get(Sessions);
    const { id, session } = await sessions.open(client.account!, 'password');
    const signedIn = { cookie: `__Host-peitao=${id}`, csrf: sessions.csrfToken(session) };
    const address = `10.0.0.${this.leads.length + this.smes.length + 1}`;
    return new PatientClient(this.fleet.proxy.url, client.account!, signedIn, this.ledger, address);
  }
}

/** That of every application of the tests. */
const SERVER_KEY = '5e'.repeat(32);
