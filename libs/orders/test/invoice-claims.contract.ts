import { EventStore, Streams } from '@app/event-store';
import { derivedId, instantText, Refused, SetClock } from '@app/kernel';
import { commandContext, memoryStreams } from '@testing/event-store';
import { assert, asyncProperty, array, constantFrom, integer, record } from 'fast-check';
import { evidence, holdsInvoice } from '../src/evidence.decider';
import { Claim, evidenceStream, InvoiceClaims, SWEPT_AFTER } from '../src/invoice-claims.handlers';
import { InvoiceSweepProcess } from '../src/invoice-sweep.process';
import { order } from '../src/order.decider';
import { orderStream } from '../src/order.handlers';
import { factsOf, isLive } from '../src/order-state.rules';
import { LEAD, opened, person, SUPPLIER } from '../src/testing';
import { Trade } from '../src/trade.handlers';

const NUMBERS = ['3500201130-00000001', '3500201130-00000002'] as const;
const ORDERS = ['O1', 'O2', 'O3'] as const;
const START = Date.parse('2020-06-01T02:00:00.000Z');
const FIGURES = { net: '100.00', gross: '113.00' };

/** A log that nobody has written to, and what closes it. */
export type InvoiceLog = { readonly store: EventStore; readonly drop: () => Promise<unknown> };

/** Several processes on one log that holds three orders of the same two firms. */
async function platformOn(store: EventStore, processes: number) {
  const clock = new SetClock(START);
  const { catalogue } = memoryStreams(clock);
  for (const id of ORDERS) {
    const { commandId, ...context } = commandContext();
    const { type, data } = opened();
    const metadata = { ...context, commandId, recordedAt: instantText(START), schema: '1', salt: '' };
    await store.append(orderStream(id), 'none', [
      { id: derivedId(commandId), type, data: { ...data, order: id }, metadata },
    ]);
  }
  const streams = Array.from({ length: processes }, () => new Streams(store, clock, catalogue));
  return { store, clock, streams };
}

type Platform = Awaited<ReturnType<typeof platformOn>>;
type Asked = { readonly order: string; readonly fact: string; readonly number: string };

const entering = ({ fact, number }: Asked, at: string) =>
  ({
    type: 'EnterInvoice',
    fact,
    number,
    invoicedOn: '2020-05-30',
    ...FIGURES,
    ...person('supplier'),
    files: [],
    at,
  }) as const;

const claimOf = ({ order: id, fact, number }: Asked, at: string): Claim => ({
  type: 'ClaimInvoice',
  ...{ number, claimant: { kind: 'order', order: id, fact }, seller: SUPPLIER, buyer: LEAD },
  figures: { invoicedOn: '2020-05-30', ...FIGURES, vatRate: '0.13' },
  parts: [{ order: id, fact, ...FIGURES }],
  ...{ source: 'hand', files: [], by: { side: 'supplier', account: 'su' }, at },
});

/** One registration, as its handler does it; `dies` after the claim is a crash between the two streams. */
async function register(streams: Streams, clock: SetClock, asked: Asked, dies = false, context = commandContext()) {
  const at = instantText(clock.now());
  const claims = new InvoiceClaims(streams, clock);
  await claims.claim(claimOf(asked, at), context);
  if (dies) return;
  try {
    await streams.decide(order, orderStream(asked.order), entering(asked, at), context);
  } catch (error) {
    await claims.releaseIfLeft(claimOf(asked, at), 'refused', context);
    throw error;
  }
}

const codeOf = async (act: Promise<unknown>): Promise<string> => {
  try {
    await act;
    return 'done';
  } catch (error) {
    return (error as Refused).code;
  }
};

/** What the process does with everything that happened, at a time at which all of it is due. */
async function sweep({ store, clock, streams }: Platform): Promise<void> {
  clock.advance(SWEPT_AFTER + 1);
  const process = new InvoiceSweepProcess(streams[0]!, new InvoiceClaims(streams[0]!, clock));
  const agenda = new Map<string, { at?: string; task: never }>();
  for await (const event of store.readAll({ filter: process.filter })) {
    for (const planned of process.react(event as never)) {
      if ('drop' in planned) agenda.delete(planned.drop);
      else agenda.set(planned.do, planned as never);
    }
  }
  for (const { at, task } of agenda.values()) {
    if (at === undefined || Date.parse(at) <= clock.now()) await process.perform(task, commandContext());
  }
}

/** Where each invoice stands on orders, and who holds it. */
async function standing(store: EventStore, clock: SetClock) {
  const { catalogue } = memoryStreams();
  const streams = new Streams(store, clock, catalogue);
  const entered: string[] = [];
  const unheld: string[] = [];
  const left: string[] = [];
  for (const id of ORDERS) {
    const { state } = await streams.load(order, orderStream(id));
    for (const { fact, number } of factsOf(state!, 'invoice').filter(isLive)) {
      entered.push(number);
      const { state: held } = await streams.load(evidence, evidenceStream(number));
      if (!holdsInvoice(held, id, fact)) unheld.push(number);
    }
  }
  for (const number of NUMBERS) {
    const { state } = await streams.load(evidence, evidenceStream(number));
    if (state?.isHeld && !entered.includes(number)) left.push(number);
  }
  return { entered: entered.sort(), unheld, left };
}

/** One invoice, one order, on whatever store the log lives: under races, and with crashes between the two streams. */
export function describeInvoiceClaims(
  name: string,
  log: () => Promise<InvoiceLog>,
  times: { readonly races: number; readonly stories: number },
): void {
  describe(`invoices on ${name}`, () => {
    const logs: InvoiceLog[] = [];
    const platform = async (processes: number) => {
      const fresh = await log();
      logs.push(fresh);
      return platformOn(fresh.store, processes);
    };
    afterEach(() => Promise.all(logs.splice(0).map(({ drop }) => drop())));

    describe('an invoice that several orders name', () => {
      it('stands on one of them, however three race', async () => {
        for (let race = 0; race < times.races; race++) {
          const { streams, clock, store } = await platform(ORDERS.length);
          const racing = ORDERS.map((id, n) =>
            codeOf(register(streams[n]!, clock, { order: id, fact: `F${id}`, number: NUMBERS[0] })),
          );
          expect((await Promise.all(racing)).sort()).toEqual(['done', 'invoice-taken', 'invoice-taken']);
          expect(await standing(store, clock)).toEqual({ entered: [NUMBERS[0]], unheld: [], left: [] });
        }
      }, 60_000);

      it('control: without a stream of its own it is counted on each', async () => {
        const { streams, clock, store } = await platform(ORDERS.length);
        const at = instantText(clock.now());
        for (const [n, id] of ORDERS.entries()) {
          const asked = { order: id, fact: `F${id}`, number: NUMBERS[0] };
          await streams[n]!.decide(order, orderStream(id), entering(asked, at), commandContext());
        }
        const { entered, unheld } = await standing(store, clock);
        expect(entered).toHaveLength(3);
        expect(unheld).toHaveLength(3);
      });

      it('stands on one at the most whatever comes between, and is held by nobody who has not entered it', async () => {
        const act = record({
          order: constantFrom(...ORDERS),
          number: constantFrom(...NUMBERS),
          fact: constantFrom('F1', 'F2', 'F3'),
          process: integer({ min: 0, max: 1 }),
          dies: constantFrom(true, false, false),
          then: constantFrom('nothing', 'nothing', 'take back', 'sweep'),
        });
        await assert(
          asyncProperty(
            array(array(act, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
            async (rounds) => {
              const city = await platform(2);
              const { streams, clock, store } = city;
              for (const round of rounds) {
                // Beside each other, from two processes.
                await Promise.all(
                  round.map(({ process, dies, ...asked }) => codeOf(register(streams[process]!, clock, asked, dies))),
                );
                for (const { order: id, fact, then } of round) {
                  const takeBack = {
                    type: 'TakeBackFact',
                    fact,
                    ...person('supplier'),
                    at: instantText(clock.now()),
                  } as const;
                  if (then === 'take back')
                    await codeOf(streams[0]!.decide(order, orderStream(id), takeBack, commandContext()));
                  if (then === 'sweep') await sweep(city);
                }
              }
              await sweep(city);
              const { entered, left, unheld } = await standing(store, clock);
              expect(new Set(entered).size).toBe(entered.length);
              expect(left).toEqual([]);
              expect(unheld).toEqual([]);
            },
          ),
          { numRuns: times.stories },
        );
      }, 120_000);
    });

    describe('a claim that a crash left without an order', () => {
      const asked = { order: 'O1', fact: 'F1', number: NUMBERS[0] };

      it('is finished by the retry of its own request', async () => {
        const { streams, clock, store } = await platform(1);
        const context = commandContext();
        await register(streams[0]!, clock, asked, true, context);
        clock.advance(60_000);
        await register(streams[0]!, clock, asked, false, context);
        expect(await standing(store, clock)).toEqual({ entered: [NUMBERS[0]], unheld: [], left: [] });
      });

      it('is swept after ten minutes, not before, and is then free', async () => {
        const city = await platform(1);
        const { streams, clock, store } = city;
        await register(streams[0]!, clock, asked, true);
        const other = { order: 'O2', fact: 'F2', number: NUMBERS[0] };
        clock.advance(SWEPT_AFTER - 1_000);
        expect(await codeOf(register(streams[0]!, clock, other))).toBe('invoice-taken');
        await sweep(city);
        expect(await standing(store, clock)).toEqual({ entered: [], unheld: [], left: [] });
        expect(await codeOf(register(streams[0]!, clock, other))).toBe('done');
      });

      it('is not entered by a retry that comes too late to be sure of it', async () => {
        const city = await platform(1);
        const { streams, clock, store } = city;
        const context = commandContext();
        await register(streams[0]!, clock, asked, true, context);
        clock.advance(SWEPT_AFTER - 60_000);
        expect(await codeOf(register(streams[0]!, clock, asked, false, context))).toBe('invoice-claim-lapsed');
        await sweep(city);
        expect(await codeOf(register(streams[0]!, clock, asked, false, context))).toBe('invoice-claim-lapsed');
        expect(await codeOf(register(streams[0]!, clock, asked))).toBe('done');
        expect(await standing(store, clock)).toEqual({ entered: [NUMBERS[0]], unheld: [], left: [] });
      });

      it('counts nowhere where a process that slept for hours entered it all the same', async () => {
        const city = await platform(1);
        const { streams, clock, store } = city;
        await register(streams[0]!, clock, asked, true);
        await sweep(city);
        const other = { order: 'O2', fact: 'F2', number: NUMBERS[0] };
        await register(streams[0]!, clock, other);
        const at = instantText(clock.now());
        await streams[0]!.decide(order, orderStream('O1'), entering(asked, at), commandContext());
        const trade = new Trade(store);
        const counted: string[] = [];
        for (const { order: id, fact } of [asked, other]) {
          const confirm = { type: 'ConfirmFact', fact, ...person('lead'), at } as const;
          await streams[0]!.decide(order, orderStream(id), confirm, commandContext());
          const { invoices } = (await trade.of(id))!;
          counted.push(...invoices.map(({ number }) => `${id} ${number}`));
        }
        expect((await standing(store, clock)).entered).toHaveLength(2);
        expect(counted).toEqual([`O2 ${NUMBERS[0]}`]);
      });

      it('control: nobody sweeps, and the invoice stays taken for ever', async () => {
        const { streams, clock, store } = await platform(1);
        await register(streams[0]!, clock, asked, true);
        clock.advance(100 * SWEPT_AFTER);
        expect(await codeOf(register(streams[0]!, clock, { ...asked, order: 'O2' }))).toBe('invoice-taken');
        expect((await standing(store, clock)).left).toEqual([NUMBERS[0]]);
      });
    });

    describe('a red invoice that its order refuses', () => {
      it('gives back what it had reversed', async () => {
        const { streams, clock } = await platform(1);
        await register(streams[0]!, clock, { order: 'O1', fact: 'F1', number: NUMBERS[0] });
        const at = instantText(clock.now());
        const claims = new InvoiceClaims(streams[0]!, clock);
        const red: Claim = {
          ...claimOf({ order: 'O1', fact: 'F2', number: NUMBERS[1] }, at),
          redOf: NUMBERS[0],
          figures: { invoicedOn: '2020-05-31', net: '-100.00', gross: '-113.00', vatRate: '0.13' },
          parts: [{ order: 'O1', fact: 'F2', net: '-100.00', gross: '-113.00' }],
        };
        const original = async () =>
          (await streams[0]!.load(evidence, evidenceStream(NUMBERS[0]))).state!.reversals.size;
        await claims.claim(red, commandContext());
        expect(await original()).toBe(1);
        await claims.releaseIfLeft(red, 'refused', commandContext());
        expect(await original()).toBe(0);
        expect((await streams[0]!.load(evidence, evidenceStream(NUMBERS[1]))).state!.isHeld).toBe(false);
        // Of more than the original the red one's own claim goes again too.
        const more = { ...red, parts: [{ order: 'O1', fact: 'F2', net: '-100.01', gross: '-113.00' }] };
        const tooMuch = { ...more, figures: { ...red.figures, net: '-100.01' } };
        expect(await codeOf(claims.claim(tooMuch, commandContext()))).toBe('red-exceeds-original');
        expect((await streams[0]!.load(evidence, evidenceStream(NUMBERS[1]))).state!.isHeld).toBe(false);
      });
    });
  });
}
