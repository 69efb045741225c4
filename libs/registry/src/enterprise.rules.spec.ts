import { awaitingCheck, factsAsOf, FirmFacts, knownAt, Officer, sizeAsOf, Source, Statement } from './enterprise.rules';

const by: Officer = { account: 'a', name: '演示', office: '350582' };
const checked = { kind: 'checked', by } as Source;
const declared = { kind: 'self-declared' } as Source;
const imported = { kind: 'imported', origin: '名录' } as Source;
const said = (from: string, facts: FirmFacts, source = declared): Statement => ({ from, facts, source });

describe('facts as of a day', () => {
  const history = [said('2018-01-01', { staff: 10, industry: '1953' }), said('2020-01-01', { staff: 30 })];
  it('are the latest from on or before the day', () => {
    expect(factsAsOf(history, '2019-12-31')).toEqual({ staff: 10, industry: '1953' });
    expect(factsAsOf(history, '2020-01-01')).toEqual({ staff: 30, industry: '1953' });
    expect(factsAsOf(history, '2017-12-31')).toEqual({});
  });
  it('go by their day, not by when they were recorded', () =>
    expect(factsAsOf([...history].reverse(), '2020-06-01').staff).toBe(30));
  it('of one day go by the better source, then by the later word', () => {
    const onOneDay = (...statements: [number, Source][]) =>
      factsAsOf(
        statements.map(([staff, source]) => said('2020-01-01', { staff }, source)),
        '2020-01-01',
      ).staff;
    expect(onOneDay([1, declared], [2, declared])).toBe(2);
    expect(onOneDay([1, checked], [2, declared])).toBe(1);
    expect(onOneDay([1, imported], [2, declared])).toBe(1);
    expect(onOneDay([1, imported], [2, checked])).toBe(2);
  });
});

describe('what stands on the licence', () => {
  const history = [
    said('2018-01-01', { name: '旧名', registeredAddress: { area: '350582', text: '一号路' } }),
    said('2018-01-01', { name: '旧名', registeredAddress: { area: '350582', text: '一号路' } }, checked),
    said('2020-02-01', { name: '别家的名字', staff: 5 }),
  ];
  it('waits for a check once somebody has seen the licence', () => {
    expect(factsAsOf(history, '2020-03-01')).toMatchObject({ name: '旧名', staff: 5 });
    expect(awaitingCheck(history, '2020-03-01')).toEqual({ name: '别家的名字' });
  });
  it('is the firm’s word before', () =>
    expect(factsAsOf([history[0]!, history[2]!], '2020-03-01').name).toBe('别家的名字'));
  it('waits no longer once it was checked', () =>
    expect(awaitingCheck([...history, said('2020-02-01', { name: '新名' }, checked)], '2020-03-01')).toEqual({}));
});

describe('size as of a day', () => {
  it('goes by the facts of that day', () => {
    const history = [
      said('2018-01-01', { industry: '1953', staff: 299, revenue: '50000000' }),
      said('2020-01-01', { staff: 300 }),
    ];
    expect(sizeAsOf(history, '2019-12-31')).toBe('small');
    expect(sizeAsOf(history, '2020-01-01')).toBe('medium');
    expect(sizeAsOf([], '2020-01-01')).toBeUndefined();
  });
});

it('knownAt leaves out what was recorded later', () => {
  const event = (recordedAt: string) => ({ metadata: { recordedAt } });
  const events = [event('2020-02-10T02:00:00.000Z'), event('2020-02-10T02:00:00.001Z')];
  expect(knownAt(events, '2020-02-10T02:00:00.000Z')).toEqual([events[0]]);
});
