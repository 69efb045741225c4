import { pause } from '@app/kernel';
import { Campaign } from './campaign';
import { Trades } from './trades';

jest.setTimeout(300_000);
// A machine that is busy with other tests may stand still for longer than a request waits: it gets another try.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

const APIS = 2;
const AT_ONCE = 8;
/** Milliseconds from an answer to the next request: people look at what they got, and the machine serves other tests too. */
const LOOKS_AT_IT = 100;
/** Milliseconds in which a process that is going to be killed answers nothing, so that requests are under way there. */
const STANDS_STILL = 150;

let campaign: Campaign;
beforeAll(async () => {
  campaign = await Campaign.open({ apis: APIS, workers: 1 });
});
afterAll(() => campaign?.close());

type Load = { readonly failed: string[]; answered: number; stop(): Promise<void> };

/** People who ask on and on, each request once. */
function steadyLoad(url: string): Load {
  const failed: string[] = [];
  let ended = false;
  const load = { failed, answered: 0, stop: () => ((ended = true), Promise.all(running).then(() => undefined)) };
  const ask = async (number: number) => {
    const headers = { 'X-Forwarded-For': `10.0.1.${number}` };
    while (!ended) {
      const said = await fetch(`${url}/api/open-demands`, { headers }).then(
        async (response) => (await response.text(), response.status),
        (error: unknown) => String(error),
      );
      if (said === 200) load.answered++;
      else failed.push(String(said));
      await pause(LOOKS_AT_IT);
    }
  };
  const running = Array.from({ length: AT_ONCE }, (_, number) => ask(number));
  return load;
}

const answers = async (load: Load, more: number): Promise<void> => {
  for (const wanted = load.answered + more; load.answered < wanted;) await pause(10);
};

const apis = () => campaign.fleet.names.filter((name) => name.startsWith('api'));

async function restartedInTurn(): Promise<Load> {
  const { fleet } = campaign;
  const load = steadyLoad(fleet.proxy.url);
  await answers(load, 50);
  for (const name of apis()) {
    await fleet.end(name);
    await answers(load, 50);
    await fleet.fill(name);
    while (fleet.proxy.ready < APIS) await pause(20);
    await answers(load, 50);
  }
  await load.stop();
  return load;
}

describe('every API process is restarted in turn under a steady load', () => {
  it('in order, and no request fails', async () => {
    const { unanswered } = campaign.ledger;
    const trades = new Trades(campaign, { timedEvery: Infinity, pace: 300 });
    trades.noMoreTimed();
    trades.start(2);
    const { failed, answered } = await restartedInTurn();
    await trades.finish();
    expect(failed).toEqual([]);
    expect(answered).toBeGreaterThanOrEqual(50 + 100 * APIS);
    // Writes went the same way, and each was answered at the first try.
    expect(trades.finished).toBeGreaterThan(0);
    expect(campaign.ledger.unanswered - unanswered).toBe(0);
  });

  it('(control) one is killed, and some do', async () => {
    const { fleet } = campaign;
    const [name] = apis();
    const load = steadyLoad(fleet.proxy.url);
    await answers(load, 50);
    fleet.program(name!).signal('SIGSTOP');
    await pause(STANDS_STILL);
    await fleet.kill(name!);
    await answers(load, 50);
    await load.stop();
    expect(load.failed).toContain('502');
    // Another try of the test before comes after this one.
    await fleet.fill(name!);
  });
});
