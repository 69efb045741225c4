import { EventStore, Streams } from '@app/event-store';
import type { Appended, EventCatalogue, Recorded } from '@app/event-store';
import { Clock, instantTime, SetClock, sum } from '@app/kernel';
import { commandContext, memoryStreams } from '@testing/event-store';
import { approveInSteps } from '../src/claim-approval.handlers';
import { ClaimApprovalProcess } from '../src/claim-approval.process';
import { claim, ClaimCommand } from '../src/claim.decider';
import type { ClaimEvent } from '../src/claim-story.rules';
import { entitlement, EntitlementEvent } from '../src/entitlement.decider';
import { round } from '../src/round.decider';
import { AFTER_NOTICE, MORNING, SME, Step, told, WAY } from '../src/testing';

// 审定 over three streams, on whatever store the log lives: every step of it crashed before and after, and raced.

/** A log that nobody has written to, and what closes it. */
export type ApprovalLog = { readonly store: EventStore; readonly drop: () => Promise<unknown> };

const by = { account: 'opener', name: 'O' };
const ROUNDS = ['B1', 'B2'];
const ENTITLEMENT = `entitlement-cluster-sme-${SME}`;
const CAP = { amount: '200000', per: 'round' } as const;

/** A log that fails at its n-th append: before it is written, or after, when only the answer is lost. */
export class FailingStore extends EventStore {
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

async function opened(store: EventStore, budget = '1000000') {
  const clock = new SetClock(instantTime(AFTER_NOTICE));
  const { catalogue } = memoryStreams(clock);
  const streams = new Streams(store, clock, catalogue);
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
  for (const id of ROUNDS) {
    const open = { type: 'OpenRound', round: id, policy, terms, by, at: MORNING } as const;
    await streams.decide(round, `round-${id}`, open, commandContext());
  }
  return { streams, store, clock, catalogue };
}

/** A claim of its own id with all that comes before the approval, in one append: what is raced and crashed comes after it. */
async function onNotice(streams: Streams, id: string, inRound = 'B1', scheme = 'cluster-sme'): Promise<void> {
  const steps = Object.keys(WAY) as Step[];
  const commands = steps.slice(0, steps.indexOf('approved')).flatMap((step): readonly ClaimCommand[] => WAY[step]);
  const own = commands.map((command): ClaimCommand =>
    command.type === 'FileClaim'
      ? { ...command, head: { ...command.head, claim: id, round: inRound, policy: { scheme, version: '2020' } } }
      : command,
  );
  const whole: typeof claim = { ...claim, decide: () => told([], ...own) };
  await streams.decide(whole, `claim-${id}`, own[0]!, commandContext());
}

/** Under a policy that no other scheme stands in the way of. */
const ALONE: ReadonlyMap<string, string> = new Map();

async function approve(streams: Streams, clock: Clock, id: string, context = commandContext(), beside = ALONE) {
  const { state } = await streams.load(claim, `claim-${id}`);
  const command = { ...WAY.approved[0], attempt: context.commandId };
  return approveInSteps(streams, clock, { state: state!, command, cap: CAP, beside }, context);
}

async function standing(streams: Streams, ...ids: string[]) {
  const { state: own } = await streams.load(entitlement, ENTITLEMENT);
  const budgeted: string[] = [];
  for (const id of ROUNDS) budgeted.push(...(await streams.load(round, `round-${id}`)).state!.reserved.keys());
  const approved: string[] = [];
  for (const id of ids) {
    if ((await streams.load(claim, `claim-${id}`)).state?.state === 'approved') approved.push(id);
  }
  return { approved, entitled: [...own.reservations.keys()], budgeted };
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

/** What the approval keeps to on a store; `races` is how many races of two claims are run. */
export function describeClaimApproval(name: string, log: () => Promise<ApprovalLog>, races: number): void {
  describe(`approval on ${name}`, () => {
    const logs: ApprovalLog[] = [];
    const city = async (budget?: string) => {
      const fresh = await log();
      logs.push(fresh);
      return opened(fresh.store, budget);
    };
    afterEach(() => Promise.all(logs.splice(0).map(({ drop }) => drop())));

    it('reserves with the firm, then with the round, then approves; said again it is the same', async () => {
      const { streams, clock } = await city();
      await onNotice(streams, 'C1');
      const context = commandContext();
      const first = await approve(streams, clock, 'C1', context);
      expect(await standing(streams, 'C1')).toEqual({ approved: ['C1'], entitled: ['C1'], budgeted: ['C1'] });
      const again = await approve(streams, clock, 'C1', context);
      expect([again.repeated, again.events.map(({ id }) => id)]).toEqual([true, first.events.map(({ id }) => id)]);
    });

    it('is undone where the facts bear less since, and its invoices and budget are free again', async () => {
      const { streams, store, clock, catalogue } = await city('60000');
      await onNotice(streams, 'C1');
      await approve(streams, clock, 'C1');
      const { by } = WAY.proposed[0];
      const take = {
        type: 'TakeBackProposal',
        ...{ reason: '发票已红冲', worthNow: '0', by, entered: [], at: AFTER_NOTICE },
      } as const;
      await streams.decide(claim, 'claim-C1', take, commandContext());
      const after = await swept(store, catalogue, clock);
      expect(await standing(after, 'C1')).toEqual({ approved: [], entitled: [], budgeted: [] });
      await onNotice(after, 'C2');
      await approve(after, clock, 'C2');
      expect((await standing(await swept(store, catalogue, clock), 'C2')).entitled).toEqual(['C2']);
    });

    it('takes back with the firm what the round refuses', async () => {
      const { streams, clock } = await city('59999.99');
      await onNotice(streams, 'C1');
      await expect(approve(streams, clock, 'C1')).rejects.toMatchObject({ code: 'budget-short' });
      expect(await standing(streams, 'C1')).toEqual({ approved: [], entitled: [], budgeted: [] });
    });

    describe.each(['before', 'after'] as const)('a crash %s', (when) => {
      it.each([1, 2, 3])(
        'append %i leaves all or, once swept, nothing; and the claim can still be approved',
        async (at) => {
          const { streams, store, clock, catalogue } = await city();
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

      // The entitlement is reserved and the round refuses; then the claim, the round and the entitlement take it back.
      it.each([2, 3, 4])('append %i, while it takes back what the round refused, leaves nothing', async (at) => {
        const { streams, store, clock, catalogue } = await city('59999.99');
        await onNotice(streams, 'C1');
        const crashing = new Streams(new FailingStore(store, at, when), clock, catalogue);
        await expect(approve(crashing, clock, 'C1')).rejects.toThrow('crashed');
        const after = await swept(store, catalogue, clock);
        expect(await standing(after, 'C1')).toEqual({ approved: [], entitled: [], budgeted: [] });
        await expect(approve(after, clock, 'C1')).rejects.toMatchObject({ code: 'budget-short' });
      });

      it.each([1, 2, 3])('append %i, then said again by the same client, comes to its end', async (at) => {
        const { streams, store, clock, catalogue } = await city();
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
      const { streams, store, clock, catalogue } = await city();
      await onNotice(streams, 'C1');
      const context = commandContext();
      const crashing = new Streams(new FailingStore(store, 3, 'before'), clock, catalogue);
      await expect(approve(crashing, clock, 'C1', context)).rejects.toThrow('crashed');
      const after = await swept(store, catalogue, clock);
      await expect(approve(after, clock, 'C1', context)).rejects.toMatchObject({ code: 'approval-abandoned' });
      expect(await standing(after, 'C1')).toEqual({ approved: [], entitled: [], budgeted: [] });
    });

    it('is refused a fen above the cap, and leaves nothing behind', async () => {
      const { streams, clock } = await city();
      await onNotice(streams, 'C1');
      const { state } = await streams.load(claim, 'claim-C1');
      const of = (amount: string, context = commandContext()) => {
        const command = { ...WAY.approved[0], attempt: context.commandId };
        return approveInSteps(
          streams,
          clock,
          { state: state!, command, cap: { ...CAP, amount }, beside: ALONE },
          context,
        );
      };
      await expect(of('59999.99')).rejects.toMatchObject({ code: 'cap-exceeded' });
      expect(await standing(streams, 'C1')).toEqual({ approved: [], entitled: [], budgeted: [] });
      await of('60000');
      expect((await standing(streams, 'C1')).approved).toEqual(['C1']);
    });

    it('that stands is taken back by no task that comes too late', async () => {
      const { streams, clock } = await city();
      await onNotice(streams, 'C1');
      const context = commandContext();
      await approve(streams, clock, 'C1', context);
      const late = new ClaimApprovalProcess(streams, clock);
      await late.perform({ claim: 'C1', attempt: context.commandId }, commandContext());
      expect(await standing(streams, 'C1')).toEqual({ approved: ['C1'], entitled: ['C1'], budgeted: ['C1'] });
    });

    it('a try beside one that is under way takes nothing of it back, and may be said again', async () => {
      const { streams, store, clock, catalogue } = await city();
      await onNotice(streams, 'C1');
      const crashing = new Streams(new FailingStore(store, 2, 'before'), clock, catalogue);
      await expect(approve(crashing, clock, 'C1')).rejects.toThrow('crashed');
      const second = commandContext();
      await expect(approve(streams, clock, 'C1', second)).rejects.toMatchObject({ code: 'approval-under-way' });
      expect(await standing(streams, 'C1')).toEqual({ approved: [], entitled: ['C1'], budgeted: [] });
      const after = await swept(store, catalogue, clock);
      await approve(after, clock, 'C1', second);
      expect((await standing(after, 'C1')).approved).toEqual(['C1']);
    });

    describe('two claims under schemes that stand in each other’s way', () => {
      const SCHEMES = { C1: 'cluster-sme', C2: 'other' } as const;
      /** Both computed before either was approved. */
      const race = async ({ streams, store, clock, catalogue }: Awaited<ReturnType<typeof city>>, isAsked: boolean) => {
        for (const [id, scheme] of Object.entries(SCHEMES)) await onNotice(streams, id, 'B1', scheme);
        const beside = (scheme: string) => (isAsked ? new Map([[scheme, '0.00']]) : ALONE);
        const [one, other] = [new Streams(store, clock, catalogue), new Streams(store, clock, catalogue)];
        return Promise.allSettled([
          approve(one, clock, 'C1', commandContext(), beside(SCHEMES.C2)),
          approve(other, clock, 'C2', commandContext(), beside(SCHEMES.C1)),
        ]);
      };

      it('race, and one at most is approved; what the other had reserved is free again', async () => {
        for (let at = 0; at < races; at++) {
          const fresh = await city();
          const { streams, store, clock, catalogue } = fresh;
          const results = await race(fresh, true);
          const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as { code: string }] : []));
          expect(refused.length).toBeGreaterThan(0);
          expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['other-scheme-changed']));
          const left = await standing(await swept(store, catalogue, clock), 'C1', 'C2');
          expect(left.approved).toHaveLength(2 - refused.length);
          expect(left.budgeted).toEqual(left.approved);
          const held = await streams.load(entitlement, `entitlement-other-${SME}`);
          expect([...left.entitled, ...held.state.reservations.keys()]).toEqual(left.approved);
        }
      });

      it('are both approved where nobody looks at the other scheme once its own is reserved', async () => {
        const results = await race(await city(), false);
        expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
      });

      it('of a year that the other scheme awarded before, as the approval knew, stand', async () => {
        const { streams, clock } = await city();
        await onNotice(streams, 'C1');
        await onNotice(streams, 'C2', 'B1', 'other');
        await approve(streams, clock, 'C2');
        const known = new Map([[SCHEMES.C2, '60000.00']]);
        await approve(streams, clock, 'C1', commandContext(), known);
        expect((await standing(streams, 'C1', 'C2')).approved).toEqual(['C1', 'C2']);
      });
    });

    describe('two claims over one invoice', () => {
      it.each(ROUNDS)('race, the second in round %s, and one is approved', async (inRound) => {
        for (let race = 0; race < races; race++) {
          const { streams, store, clock, catalogue } = await city();
          await onNotice(streams, 'C1');
          await onNotice(streams, 'C2', inRound);
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
        const { streams } = await city();
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
  });
}
