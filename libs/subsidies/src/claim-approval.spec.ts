import { EventStore, Streams } from '@app/event-store';
import type { Appended, EventCatalogue, Recorded } from '@app/event-store';
import { Clock, instantTime, SetClock, sum } from '@app/kernel';
import { commandContext, memoryStreams } from '@testing/event-store';
import { approveInSteps } from './claim-approval.handlers';
import { ClaimApprovalProcess } from './claim-approval.process';
import { claim, ClaimCommand } from './claim.decider';
import type { ClaimEvent } from './claim-story.rules';
import { entitlement, EntitlementEvent } from './entitlement.decider';
import { round } from './round.decider';
import { AFTER_NOTICE, MORNING, SME, Step, WAY } from './testing';

const by = { account: 'opener', name: 'O' };
const ENTITLEMENT = `entitlement-cluster-sme-${SME}`;
const CAP = { amount: '200000', per: 'round' } as const;

/** A log that fails at its n-th append: before it is written, or after, when only the answer is lost. */
class FailingStore extends EventStore {
  private appends = 0;

  constructor(
    private readonly inner: EventStore,
    private readonly at: number,
    private readonly when: 'before' | 'after',
  ) {
    super();
  }

  override async append(...args: Parameters<EventStore['append']>): Promise<Appended> {
    const isIt = ++this.appends === this.at;
    if (isIt && this.when === 'before') throw new Error('crashed');
    const done = await this.inner.append(...args);
    if (isIt) throw new Error('crashed');
    return done;
  }

  override storeId = () => this.inner.storeId();
  override read = (...args: Parameters<EventStore['read']>) => this.inner.read(...args);
  override readAll = (...args: Parameters<EventStore['readAll']>) => this.inner.readAll(...args);
  override subscribe = (...args: Parameters<EventStore['subscribe']>) => this.inner.subscribe(...args);
  override head = () => this.inner.head();
  override compare: EventStore['compare'] = (a, b) => this.inner.compare(a, b);
  override close = () => this.inner.close();
}

async function opened(budget = '1000000') {
  const clock = new SetClock(instantTime(AFTER_NOTICE));
  const memory = memoryStreams(clock);
  const policy = {
    ...{
      scheme: 'cluster-sme',
      version: '2020',
      hash: 'h',
      short: 'full-then-scale' as const,
      rounding: 'yuan-down' as const,
    },
    ...{ isPublished: true, from: '2020-02-01', to: '2021-12-31' },
  } as const;
  const terms = {
    ...{ name: '2020年第一批', document: '泉工信〔2021〕2号', year: 2020, shares: { city: '1', county: '0' } },
    filing: { from: '2021-01-15', to: '2021-02-28' },
    budgets: [{ level: 'city', amount: budget }],
  };
  const open = { type: 'OpenRound', round: 'B1', policy, terms, by, at: MORNING } as const;
  await memory.streams.decide(round, 'round-B1', open, commandContext());
  return { ...memory, clock };
}

/** Tells a claim of its own id all that comes before the approval. */
async function onNotice(streams: Streams, id: string): Promise<void> {
  const steps = Object.keys(WAY) as Step[];
  for (const step of steps.slice(0, steps.indexOf('approved'))) {
    for (const command of WAY[step] as readonly ClaimCommand[]) {
      const own = command.type === 'FileClaim' ? { ...command, head: { ...command.head, claim: id } } : command;
      await streams.decide(claim, `claim-${id}`, own, commandContext());
    }
  }
}

async function approve(streams: Streams, clock: Clock, id: string, context = commandContext()) {
  const { state } = await streams.load(claim, `claim-${id}`);
  const command = { ...WAY.approved[0], attempt: context.commandId };
  return approveInSteps(streams, clock, { state: state!, command, cap: CAP }, context);
}

async function standing(streams: Streams, ...ids: string[]) {
  const { state: own } = await streams.load(entitlement, ENTITLEMENT);
  const { state: money } = await streams.load(round, 'round-B1');
  const approved: string[] = [];
  for (const id of ids) {
    if ((await streams.load(claim, `claim-${id}`)).state?.state === 'approved') approved.push(id);
  }
  return { approved, entitled: [...own.reservations.keys()], budgeted: [...money!.reserved.keys()] };
}

/** What the process does with this log once its tasks are due. */
async function swept(store: EventStore, catalogue: EventCatalogue, clock: Clock) {
  const streams = new Streams(store, clock, catalogue);
  const process = new ClaimApprovalProcess(streams, clock);
  const agenda = new Map<string, { claim: string; attempt: string }>();
  for await (const event of store.readAll({ filter: process.filter })) {
    for (const planned of process.react(event as Recorded<EntitlementEvent | ClaimEvent>)) {
      if ('drop' in planned) agenda.delete(planned.drop);
      else agenda.set(planned.do, planned.task);
    }
  }
  for (const task of agenda.values()) await process.perform(task, commandContext());
  return streams;
}

it('reserves with the firm, then with the round, then approves; said again it is the same', async () => {
  const { streams, clock } = await opened();
  await onNotice(streams, 'C1');
  const context = commandContext();
  const first = await approve(streams, clock, 'C1', context);
  expect(await standing(streams, 'C1')).toEqual({ approved: ['C1'], entitled: ['C1'], budgeted: ['C1'] });
  const again = await approve(streams, clock, 'C1', context);
  expect([again.repeated, again.events.map(({ id }) => id)]).toEqual([true, first.events.map(({ id }) => id)]);
});

it('takes back with the firm what the round refuses', async () => {
  const { streams, clock } = await opened('59999.99');
  await onNotice(streams, 'C1');
  await expect(approve(streams, clock, 'C1')).rejects.toMatchObject({ code: 'budget-short' });
  expect(await standing(streams, 'C1')).toEqual({ approved: [], entitled: [], budgeted: [] });
});

describe.each(['before', 'after'] as const)('a crash %s', (when) => {
  it.each([1, 2, 3])(
    'append %i leaves all or, once swept, nothing; and the claim can still be approved',
    async (at) => {
      const { streams, store, clock, catalogue } = await opened();
      await onNotice(streams, 'C1');
      const context = commandContext();
      const crashing = new Streams(new FailingStore(store, at, when), clock, catalogue);
      await expect(approve(crashing, clock, 'C1', context)).rejects.toThrow('crashed');
      const after = await swept(store, catalogue, clock);
      const left = await standing(after, 'C1');
      const isWhole = at === 3 && when === 'after';
      expect(left).toEqual(
        isWhole
          ? { approved: ['C1'], entitled: ['C1'], budgeted: ['C1'] }
          : { approved: [], entitled: [], budgeted: [] },
      );
      if (!isWhole) await approve(after, clock, 'C1');
      expect(await standing(after, 'C1')).toEqual({ approved: ['C1'], entitled: ['C1'], budgeted: ['C1'] });
    },
  );

  it.each([1, 2, 3])('append %i, then said again by the same client, comes to its end', async (at) => {
    const { streams, store, clock, catalogue } = await opened();
    await onNotice(streams, 'C1');
    const context = commandContext();
    const crashing = new Streams(new FailingStore(store, at, when), clock, catalogue);
    await expect(approve(crashing, clock, 'C1', context)).rejects.toThrow('crashed');
    const again = new Streams(store, clock, catalogue);
    await approve(again, clock, 'C1', context);
    expect(await standing(again, 'C1')).toEqual({ approved: ['C1'], entitled: ['C1'], budgeted: ['C1'] });
    expect(await standing(await swept(store, catalogue, clock), 'C1')).toMatchObject({
      approved: ['C1'],
      entitled: ['C1'],
    });
  });
});

it('a try that was given up while it ran ends in nothing', async () => {
  const { streams, store, clock, catalogue } = await opened();
  await onNotice(streams, 'C1');
  const context = commandContext();
  const crashing = new Streams(new FailingStore(store, 3, 'before'), clock, catalogue);
  await expect(approve(crashing, clock, 'C1', context)).rejects.toThrow('crashed');
  const after = await swept(store, catalogue, clock);
  await expect(approve(after, clock, 'C1', context)).rejects.toMatchObject({ code: 'approval-abandoned' });
  expect(await standing(after, 'C1')).toEqual({ approved: [], entitled: [], budgeted: [] });
});

describe('two claims over one invoice', () => {
  const RACES = 30;

  it('race, and one is approved', async () => {
    for (let race = 0; race < RACES; race++) {
      const { streams, store, clock, catalogue } = await opened();
      await onNotice(streams, 'C1');
      await onNotice(streams, 'C2');
      // As two API processes: nothing but the log between them.
      const [one, other] = [new Streams(store, clock, catalogue), new Streams(store, clock, catalogue)];
      const results = await Promise.allSettled([approve(one, clock, 'C1'), approve(other, clock, 'C2')]);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const left = await standing(await swept(store, catalogue, clock), 'C1', 'C2');
      expect(left.approved).toHaveLength(1);
      expect([left.entitled, left.budgeted]).toEqual([left.approved, left.approved]);
    }
  });

  it('are both paid where nobody asks the entitlement', async () => {
    const { streams } = await opened();
    const granted: string[] = [];
    for (const id of ['C1', 'C2']) {
      await onNotice(streams, id);
      const context = commandContext();
      const attempt = context.commandId;
      const reserve = {
        type: 'ReserveBudget',
        claim: id,
        county: '350582',
        amount: '60000',
        attempt,
        at: AFTER_NOTICE,
      } as const;
      await streams.decide(round, 'round-B1', reserve, context);
      const { events } = await streams.decide(claim, `claim-${id}`, { ...WAY.approved[0], attempt }, context);
      granted.push(...events.map(({ data }) => (data as { amount: string }).amount));
    }
    expect(sum(granted).toFixed(2)).toBe('120000.00');
  });
});
