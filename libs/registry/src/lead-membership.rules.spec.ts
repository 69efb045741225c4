import { LeadList, leadList, LeadListEvent } from './lead-list.decider';
import { wasKnownOn, wasLeadOn } from './lead-membership.rules';

const A = '91350100M000100Y43';
const B = '91110000600037341L';
const head = { title: '2020 年名单', document: '', from: '2020-01-01', to: '2020-12-31' };
const list = (...events: LeadListEvent[]): LeadList => events.reduce(leadList.evolve, leadList.initial);
const by = '市局';
const drafted: LeadListEvent = {
  type: 'LeadListDrafted',
  data: { list: 'L1', head, firms: [{ enterprise: A, name: '甲' }] },
};
const published: LeadListEvent = { type: 'LeadListPublished', data: { list: 'L1', publishedOn: '2020-08-15', by } };
const exited = (on: string, announcedOn: string): LeadListEvent => ({
  type: 'LeadFirmExited',
  data: { enterprise: A, on, announcedOn, reason: '', by },
});

describe('a list published in August for the whole year', () => {
  const lists = [list(drafted, published)];
  it('makes a lead firm in March', () => expect(wasLeadOn(lists, A, '2020-03-01')).toBe(true));
  it('was not known in March, nor the day before publication', () => {
    expect(wasKnownOn(lists, A, '2020-03-01', '2020-03-01')).toBe(false);
    expect(wasKnownOn(lists, A, '2020-03-01', '2020-08-14')).toBe(false);
    expect(wasKnownOn(lists, A, '2020-03-01', '2020-08-15')).toBe(true);
  });
  it.each([
    ['2019-12-31', false],
    ['2020-01-01', true],
    ['2020-12-31', true],
    ['2021-01-01', false],
  ])('holds for its period, both days included: %s %s', (day, expected) =>
    expect(wasLeadOn(lists, A, day)).toBe(expected),
  );
  it('says nothing of other firms', () => expect(wasLeadOn(lists, B, '2020-03-01')).toBe(false));
});

describe('a list that changes', () => {
  it('in draft makes nobody a lead firm', () => expect(wasLeadOn([list(drafted)], A, '2020-03-01')).toBe(false));

  it('lets a firm out from the day of its exit, known when it was announced', () => {
    const lists = [list(drafted, published, exited('2020-10-01', '2020-10-20'))];
    expect(wasLeadOn(lists, A, '2020-09-30')).toBe(true);
    expect(wasLeadOn(lists, A, '2020-10-01')).toBe(false);
    expect(wasKnownOn(lists, A, '2020-10-05', '2020-10-10')).toBe(true);
    expect(wasKnownOn(lists, A, '2020-10-05', '2020-10-20')).toBe(false);
  });

  it('corrects itself back to its first day', () => {
    const corrected: LeadListEvent = {
      type: 'LeadListCorrected',
      data: { added: [{ enterprise: B, name: '乙' }], removed: [A], announcedOn: '2020-09-01', reason: '', by },
    };
    const lists = [list(drafted, published, corrected)];
    expect(wasLeadOn(lists, B, '2020-02-01')).toBe(true);
    expect(wasLeadOn(lists, A, '2020-02-01')).toBe(false);
    expect(wasKnownOn(lists, A, '2020-02-01', '2020-08-31')).toBe(true);
    expect(wasKnownOn(lists, B, '2020-02-01', '2020-08-31')).toBe(false);
  });

  it('is one of several: the next year’s version makes the next year', () => {
    const next = list(
      {
        ...drafted,
        data: { ...drafted.data, head: { ...head, from: '2021-01-01', to: '2021-12-31' } },
      },
      { type: 'LeadListPublished', data: { list: 'L2', publishedOn: '2021-03-01', by } },
    );
    const lists = [list(drafted, published), next];
    expect(wasLeadOn(lists, A, '2020-12-31')).toBe(true);
    expect(wasLeadOn(lists, A, '2021-01-01')).toBe(true);
    expect(wasKnownOn(lists, A, '2021-01-01', '2021-01-01')).toBe(false);
  });
});
