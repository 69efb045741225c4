import { claim } from './claim.decider';
import type { Claim } from './claim-state.rules';
import type { ClaimEvent } from './claim-story.rules';
import { Entitlement, entitlement, EntitlementEvent } from './entitlement.decider';
import { restingOn } from './resting.rules';
import { act, county, MORNING, SME, until } from './testing';

/** Events as they are read from the log, one after the other. */
const read = <E extends object>(stream: string, events: readonly E[]) =>
  events.map((event, n) => {
    const metadata = { recordedAt: MORNING };
    return { ...event, id: `E${n}`, stream, revision: BigInt(n), metadata };
  });

describe('what a fold keeps rests on the events that made it', () => {
  it('of an award: its own and its recoveries’', () => {
    const events: EntitlementEvent[] = [
      {
        type: 'EntitlementReserved',
        data: { claim: 'C1', attempt: 'A', round: 'B1', year: 2020, invoices: ['I1'], award: '60000', at: MORNING },
      },
      {
        type: 'AwardRecovered',
        data: { claim: 'C1', recovery: 'X1', part: '1', amount: '100', wholly: false, at: MORNING },
      },
    ];
    const stream = `entitlement-cluster-sme-${SME}`;
    const { reservations } = read(stream, events).reduce<Entitlement>(entitlement.evolve, entitlement.initial);
    expect(reservations.get('C1')?.rests).toEqual([
      { event: 'E0', stream, revision: '0', recordedAt: MORNING },
      { event: 'E1', stream, revision: '1', recordedAt: MORNING },
    ]);
  });
  it('of findings: their recording', () => {
    const { reason, by, at } = act(county('county-1'));
    const recording: ClaimEvent = {
      type: 'FindingsRecorded',
      data: { findings: [{ ground: 'dishonest', from: '2020-01-01' }], reason, by, at },
    };
    const history = read('claim-C1', [...until('filed'), recording]);
    const state = history.reduce<Claim>(claim.evolve, claim.initial);
    expect(state?.findings).toMatchObject([{ ground: 'dishonest', rests: [{ event: `E${history.length - 1}` }] }]);
  });
  it('is nothing where an event does not stand in the log yet', () => expect(restingOn({ type: 'X' })).toEqual([]));
});
