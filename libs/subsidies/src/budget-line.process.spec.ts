import { Streams } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { instantTime, SetClock } from '@app/kernel';
import { commandContext, memoryStreams } from '@testing/event-store';
import { BudgetLineProcess } from './budget-line.process';
import { claim, ClaimCommand } from './claim.decider';
import type { ClaimEvent } from './claim-story.rules';
import { round, RoundCommand } from './round.decider';
import { act, AFTER_NOTICE, city, clerk, MORNING, SME, Step, text, WAY } from './testing';

const by = { account: 'opener', name: 'O' };

async function opened() {
  const memory = memoryStreams(new SetClock(instantTime(AFTER_NOTICE)));
  const open: RoundCommand = {
    type: 'OpenRound',
    round: 'B1',
    policy: {
      scheme: 'cluster-sme',
      version: '2020',
      hash: 'h',
      short: 'first-come',
      rounding: 'yuan-down',
      isPublished: true,
      from: '2020-02-01',
      to: '2021-12-31',
    },
    terms: {
      name: 'first round',
      document: 'No. 1',
      filing: { from: '2021-01-15', to: '2021-02-28' },
      year: 2020,
      shares: { city: '1', county: '0' },
      budgets: [{ level: 'city', amount: '100000' }],
    },
    by,
    at: MORNING,
  };
  await memory.streams.decide(round, 'round-B1', open, commandContext());
  const process = new BudgetLineProcess(memory.streams, memory.clock);
  let seen = 0;
  /** What a worker does with what the claim's stream tells since it last looked. */
  const follow = async () => {
    const events: Recorded<ClaimEvent>[] = [];
    for await (const event of memory.store.read('claim-C1')) events.push(event as Recorded<ClaimEvent>);
    for (const event of events.slice(seen)) {
      if (!process.filter.types.includes(event.type)) continue;
      for (const { task } of process.react(event) as { task: { claim: string } }[]) {
        await process.perform(task, commandContext());
      }
    }
    seen = events.length;
    return lineOf(memory.streams);
  };
  return { ...memory, follow };
}

async function lineOf(streams: Streams) {
  const { state } = await streams.load(round, 'round-B1');
  return [...state!.asked.values()];
}

async function go(streams: Streams, ...steps: Step[]): Promise<void> {
  for (const step of steps) {
    for (const command of WAY[step] as readonly ClaimCommand[]) {
      await streams.decide(claim, 'claim-C1', command, commandContext());
    }
  }
}

const inLine = { claim: 'C1', firm: SME, county: '350582', amount: '60000', filedAt: MORNING };

describe('the line of a round', () => {
  it('holds a claim from its filing on, as estimated and then as found', async () => {
    const { streams, follow } = await opened();
    await go(streams, 'filed');
    expect(await follow()).toEqual([{ ...inLine, isFound: false }]);
    await go(streams, 'county-passed', 'city-passed');
    expect(await follow()).toEqual([{ ...inLine, isFound: false }]);
    await go(streams, 'jointly-reviewed');
    expect(await follow()).toEqual([{ ...inLine, isFound: true }]);
  });

  it('lets out a claim that was withdrawn', async () => {
    const { streams, follow } = await opened();
    await go(streams, 'filed');
    await follow();
    const withdrawing = { type: 'WithdrawClaim', reason: 'no need', by: clerk, at: MORNING } as ClaimCommand;
    await streams.decide(claim, 'claim-C1', withdrawing, commandContext());
    expect(await follow()).toEqual([]);
  });

  it('lets out a claim that is not supported, and takes it in again after a review', async () => {
    const { streams, follow } = await opened();
    await go(streams, 'filed', 'county-passed');
    await follow();
    const tell = (command: ClaimCommand) => streams.decide(claim, 'claim-C1', command, commandContext());
    await tell({ type: 'RefuseSupport', ...act(city('city-1')) });
    expect(await follow()).toEqual([]);
    await tell({ type: 'AskClaimReview', text, by: clerk, at: MORNING });
    await tell({ type: 'DecideClaimReview', ...act(city('city-7')), result: 'reopened' });
    expect(await follow()).toEqual([{ ...inLine, isFound: false }]);
  });

  it('is the same however often it is told', async () => {
    const { streams, follow } = await opened();
    await go(streams, 'filed', 'county-passed', 'city-passed', 'jointly-reviewed');
    await follow();
    const told = new BudgetLineProcess(streams, new SetClock(instantTime(AFTER_NOTICE)));
    const before = (await streams.load(round, 'round-B1')).revision;
    await told.perform({ claim: 'C1' }, commandContext());
    expect((await streams.load(round, 'round-B1')).revision).toBe(before);
  });
});
