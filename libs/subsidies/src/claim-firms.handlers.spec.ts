import type { Recorded } from '@app/event-store';
import type { EnterpriseEvent, LeadListEvent } from '@app/registry';
import { evaluateDoor } from './policy-door.rules';
import { firm, order, smePolicy } from '../test/door-facts';
import { firmStory } from './claim-firms.handlers';
import { LEAD, SME } from './testing';

// What a claim knows of a firm, from the events of its own stream and of the lists, as of a day and as known at an instant.

const KNOWN = '2021-02-01T02:00:00.000Z';
const AS_OF = '2021-02-01';
let told = 0;
/** An event as it stands in the log; when it was recorded decides nothing here, since only known ones are handed over. */
const recorded = <E>(event: E, stream: string): Recorded<E & { type: string; data: object }> => {
  const id = `E${++told}`;
  return { ...event, id, stream, revision: BigInt(told), metadata: { recordedAt: KNOWN } } as never;
};
const list = (...events: LeadListEvent[]) => events.map((event) => recorded(event, 'leadlist-L1')) as never;
const story = (events: readonly EnterpriseEvent[], lists: never[] = [], asOf = AS_OF, knownAt = KNOWN) =>
  firmStory(
    { enterprise: SME, registration: 'R1' },
    events.map((event) => recorded(event, `enterprise-${SME}`)),
    lists,
    asOf,
    knownAt,
  );
type Door = {
  registration: string | null;
  lists: { from: string; to: string }[];
  sizes: { from: string; size: string }[];
  holders: { from: string; list: object[] }[];
  subsidiaryOf?: { from: string; to?: string; lead: string }[];
};
const doorOf = (...given: Parameters<typeof story>) => story(...given).firm as unknown as Door;

const applied = (facts: object): EnterpriseEvent => ({
  type: 'RegistrationApplied',
  data: { registration: 'R1', enterprise: SME, from: '2018-05-01', facts },
});
const stated = (from: string, facts: object, by?: string): EnterpriseEvent =>
  ({
    type: 'FactsRecorded',
    data: {
      ...{ registration: 'R1', from, facts },
      source: by === undefined ? { kind: 'self-declared' } : { kind: 'checked', by: { account: by } },
    },
  }) as unknown as EnterpriseEvent;
const head = { title: '2020 年名单', document: '', from: '2020-01-01', to: '2020-12-31' };
const published: LeadListEvent[] = [
  { type: 'LeadListDrafted', data: { list: 'L1', head, firms: [{ enterprise: SME, name: '甲' }] } },
  { type: 'LeadListPublished', data: { list: 'L1', publishedOn: '2020-08-15', by: '市局' } },
];
const exited: LeadListEvent = {
  type: 'LeadFirmExited',
  data: { enterprise: SME, on: '2020-07-01', announcedOn: '2020-10-20', reason: '迁出', by: '市局' },
};

describe('a registration', () => {
  const replaced = (was: string): EnterpriseEvent => ({
    type: 'HolderReplaced',
    data: {
      registration: 'R2',
      replaced: was,
      evidence: [],
      reason: '',
      by: { account: 'a', name: '甲', office: '350582' },
    },
  });
  it('is void once another was found to hold the code, and no other is', () => {
    expect(story([applied({})]).isReplaced).toBe(false);
    expect(story([applied({}), replaced('R1')]).isReplaced).toBe(true);
    expect(story([applied({}), replaced('R3')]).isReplaced).toBe(false);
  });
});

describe('membership of a list', () => {
  const lists = (events: LeadListEvent[], knownAt = KNOWN) => doorOf([], [list(...events)], AS_OF, knownAt).lists;

  it('is its whole period, once it was published', () => {
    expect(lists(published)).toMatchObject([{ from: '2020-01-01', to: '2020-12-31' }]);
    expect(lists(published, '2020-08-14T15:59:59.999Z')).toEqual([]);
    expect(lists(published, '2020-08-14T16:00:00.000Z')).toHaveLength(1);
    expect(lists(published.slice(0, 1))).toEqual([]);
  });

  it('ends the day before an exit in mid-year, as soon as that was announced', () => {
    const left = [...published, exited];
    expect(lists(left)).toMatchObject([{ from: '2020-01-01', to: '2020-06-30' }]);
    expect(lists(left, '2020-10-19T15:59:59.999Z')).toMatchObject([{ to: '2020-12-31' }]);
    expect(lists(left, '2020-10-19T16:00:00.000Z')).toMatchObject([{ to: '2020-06-30' }]);
  });

  it('is none where a firm left on the first day, or was corrected away', () => {
    const atOnce = { ...exited, data: { ...exited.data, on: '2020-01-01' } } as LeadListEvent;
    const corrected: LeadListEvent = {
      type: 'LeadListCorrected',
      data: { added: [], removed: [SME], announcedOn: '2020-09-01', reason: '误列', by: '市局' },
    };
    expect(lists([...published, atOnce])).toEqual([]);
    expect(lists([...published, corrected])).toEqual([]);
  });

  it('decides what the lead’s suppliers get: the last day of the membership, and the day after', () => {
    const { lists: own } = doorOf([], [list(...published, exited)]);
    const award = (contractDate: string) =>
      evaluateDoor(smePolicy(), {
        ...{ asOf: AS_OF, beneficiary: 'sme-a', round: 'B1', year: 2020, usedInvoices: [], earlierAwards: [] },
        enterprises: [firm('lead-a', { lists: own }), firm('sme-a')],
        orders: [order('O1', '6000000', { contractDate })],
      });
    expect(award('2020-06-30').award).toBe('60000');
    expect(award('2020-07-01')).toMatchObject({ award: '0', excluded: { 'O1-1': 'not-on-lead-list' } });
  });
});

describe('dated facts', () => {
  const office = applied({ registeredAddress: { area: '350582', text: '' }, industry: '1953', staff: 50 });

  it('give the address in force on the day that is asked for, and nothing that is dated later', () => {
    const moved = [office, stated('2021-02-02', { registeredAddress: { area: '350200', text: '' } })];
    expect(doorOf(moved).registration).toBe('350582');
    expect(doorOf(moved, [], '2021-02-02').registration).toBe('350200');
  });

  it('give each size from its own day', () => {
    const grown = [office, stated('2019-01-01', { revenue: '8000000' }), stated('2020-07-01', { staff: 2_000 })];
    const sizes = doorOf([...grown, stated('2020-07-02', { revenue: '900000000' })]).sizes;
    const on = (day: string) => sizes.filter(({ from }) => from <= day).at(-1)?.size;
    expect([on('2018-04-30'), on('2020-06-30')]).toEqual([undefined, 'small']);
    expect(on('2020-07-02')).not.toBe('small');
  });

  it('make a subsidiary of whoever holds more than half, from that day until the holders change', () => {
    const holders = (share: string) => ({ holders: [{ holder: LEAD, share }] });
    const half = doorOf([office, stated('2019-01-01', holders('0.5'))]);
    expect(half.subsidiaryOf).toBeUndefined();
    const more = [office, stated('2019-01-01', holders('0.500001')), stated('2020-07-01', holders('0.2'))];
    expect(doorOf(more).subsidiaryOf).toMatchObject([{ lead: LEAD, from: '2019-01-01', to: '2020-06-30' }]);
    expect(story(more).parents).toEqual([LEAD]);
  });

  it('take revenue as that of the year before the day from which it is stated', () => {
    const { sales } = story([office, stated('2021-01-01', { revenue: '16000000' })]);
    expect(sales['2020']?.amount).toBe('16000000');
    expect(Object.keys(sales)).toEqual(['2020']);
  });

  it('name the officers who stated them, and nobody of the firm', () => {
    const events = [office, stated('2019-01-01', { staff: 40 }), stated('2020-01-01', { staff: 60 }, 'olga')];
    expect(story(events).enteredBy).toEqual(['olga']);
  });
});
