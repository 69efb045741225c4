import { given } from '@testing/kernel';
import { claim } from './claim.decider';
import type { ClaimCommand } from './claim.decider';
import {
  act,
  city,
  clerk,
  county,
  file,
  filing,
  grounds,
  head,
  LEAD,
  leadClerk,
  MORNING,
  PAIR,
  payee,
  SME,
  soundTrade,
  stateOf,
  Step,
  told,
  until,
  WAY,
} from './testing';

const refused = (history: ReturnType<typeof until>, command: ClaimCommand, code: string) =>
  given(claim, ...history)
    .when(command)
    .refuses(code);
const STRANGER = '91350503M000100Y4E';
const last = <S extends Step>(step: S): ClaimCommand => WAY[step].at(-1)!;

describe('the way of a claim', () => {
  it.each([
    ['filed', 'applied'],
    ['county-passed', 'county-passed'],
    ['city-passed', 'city-passed'],
    ['jointly-reviewed', 'jointly-reviewed'],
    ['proposed', 'proposed'],
    ['on-notice', 'on-notice'],
    ['approved', 'approved'],
    ['passed-down', 'passed-down'],
    ['paid', 'paid'],
  ] as const)('%s leaves it %s', (step, state) => expect(stateOf(until(step)).state).toBe(state));

  it('skips no stage', () => {
    const steps = Object.keys(WAY) as Step[];
    for (const [at, step] of steps.entries()) {
      for (const ahead of steps.slice(at + 2)) refused(until(step), last(ahead), 'claim-state');
    }
  });

  it('is unknown before it is filed, and is filed once', () => {
    refused([], WAY['county-passed'][1], 'claim-unknown');
    refused(until('filed'), filing, 'claim-exists');
  });
});

describe('filing', () => {
  it('holds what was asked, what was brought, and what it is worth', () => {
    const { type: _, filing: __, payee: ___, ...data } = filing;
    const { head: ____, ...rest } = data;
    given(claim)
      .when(filing)
      .records(
        { type: 'ClaimFiled', data: { ...head, mode: 'applied', pledged: true, ...rest } },
        { type: 'PayeeNamed', data: { ...payee, by: clerk, at: MORNING } },
      );
  });
  it.each([
    ['2021-01-14T15:59:59.999Z', 'filing-not-begun'],
    ['2021-02-28T16:00:00.000Z', 'filing-closed'],
  ])('is refused an instant outside of the period: %s', (at, code) => refused([], { ...filing, at }, code));
  it.each(['2021-01-14T16:00:00.000Z', '2021-02-28T15:59:59.999Z'])('is taken at %s', (at) =>
    expect(claim.decide({ ...filing, at }, undefined)).toHaveLength(2),
  );
  it('is over with the policy, where that ended before the round', () => {
    const ended = { ...filing, filing: { ...filing.filing, lastDay: '2021-02-10' } };
    expect(claim.decide({ ...ended, at: '2021-02-10T15:59:59.999Z' }, undefined)).toHaveLength(2);
    refused([], { ...ended, at: '2021-02-10T16:00:00.000Z' }, 'filing-closed');
  });
  it('asks for an award above zero and for known materials', () => {
    refused([], { ...filing, grounds: grounds('0') }, 'claim-award-zero');
    refused([], { ...filing, materials: [{ material: 'poem', files: [file] }] }, 'material-not-listed');
    refused([], { ...filing, materials: [{ material: 'contract', files: [] }] }, 'material-empty');
    // What the policy lists and does not ask for may be brought.
    const poem = { ...filing, listed: ['poem'], materials: [{ material: 'poem', files: [file] }] };
    expect(stateOf(told([], poem)).materials.has('poem')).toBe(true);
  });
  it('is the firm’s own, and withdrawn until the approval', () => {
    const withdraw = { type: 'WithdrawClaim', reason: '重新核对', by: clerk, at: MORNING } as const;
    refused(until('filed'), { ...withdraw, by: leadClerk }, 'claim-unknown');
    expect(stateOf(told(until('on-notice'), withdraw)).state).toBe('withdrawn');
    refused(until('approved'), withdraw, 'claim-not-withdrawable');
    refused(until('filed'), { ...withdraw, reason: '找张三 13800138000' }, 'text-names-person');
  });
});

describe('a claim that nobody applied for', () => {
  const offering = { type: 'OfferClaim', head, grounds: grounds(), by: city('city-1'), at: MORNING } as const;
  const offered = () => told([], offering);
  it('waits for the firm’s word and goes to the list at once', () => {
    expect(stateOf(offered()).state).toBe('offered');
    const confirmed = told(offered(), filing);
    expect(stateOf(confirmed)).toMatchObject({ state: 'jointly-reviewed', mode: 'no-application' });
    refused(offered(), offering, 'claim-exists');
    refused([], { ...offering, grounds: grounds('0') }, 'claim-award-zero');
    refused(offered(), { ...filing, by: leadClerk }, 'claim-unknown');
  });
  it('is listed only with sound invoices', () => {
    const [propose] = WAY.proposed;
    const checked = told(offered(), filing, WAY['county-passed'][0]);
    const trade = { ...soundTrade, invoices: [{ number: 'I1' }] };
    refused(checked, { ...propose, trade }, 'invoices-unchecked');
    refused(checked, propose, 'relation-unchecked');
    expect(stateOf(told(checked, { ...propose, trade: { ...soundTrade, newPairs: [] } })).state).toBe('proposed');
  });
});

describe('a return', () => {
  const gap = (material: string) => ({ material, note: '缺盖章页' });
  const giveBack = (...materials: string[]): ClaimCommand => ({
    type: 'ReturnClaim',
    ...act(county()),
    gaps: materials.map(gap),
  });
  const complete = (...materials: string[]): ClaimCommand => ({
    type: 'CompleteClaim',
    materials: materials.map((material) => ({ material, files: [file] })),
    grounds: grounds(),
    by: clerk,
    at: MORNING,
  });
  it('names gaps, all at once', () => {
    refused(until('filed'), giveBack(), 'claim-gaps-none');
    refused(until('filed'), giveBack('王某 13900001111'), 'text-names-person');
    const again = told(until('filed'), giveBack('contract'), complete('contract'));
    expect(stateOf(again).state).toBe('applied');
    refused(again, giveBack('invoices'), 'claim-gap-late');
    expect(stateOf(told(again, giveBack('contract'))).state).toBe('returned');
  });
  it('is answered whole, by the firm alone', () => {
    const returned = told(until('filed'), giveBack('contract', 'invoices'));
    refused(returned, complete('contract'), 'claim-gaps-left');
    refused(returned, { ...complete('contract', 'invoices'), by: leadClerk } as ClaimCommand, 'claim-unknown');
    refused(until('filed'), complete('contract'), 'claim-not-returned');
  });
  it('goes on where it was returned from, before whoever returned it', () => {
    const back: ClaimCommand = { type: 'ReturnClaim', ...act(city('city-1')), gaps: [gap('contract')] };
    const again = told(until('county-passed'), back, complete('contract'));
    expect(stateOf(again).state).toBe('county-passed');
    refused(again, { ...back, ...act(city('city-9')) }, 'claim-stage-held');
  });
});

describe('容缺', () => {
  const lacking = { ...filing, materials: filing.materials.slice(0, 1) };
  const [checkPayee, pass] = WAY['county-passed'];
  const later = { ...pass, deferred: [{ material: 'invoices', until: '2021-02-05' }], deferrable: ['invoices'] };
  const filed = told([], lacking, checkPayee);
  it('lets what the policy allows be brought until a day', () => {
    refused(filed, pass, 'materials-missing');
    refused(filed, { ...later, deferrable: [] }, 'material-not-deferrable');
    refused(filed, { ...later, deferred: [{ material: 'invoices', until: '2021-02-01' }] }, 'day-past');
    refused(until('filed'), { ...later, ...act(county()) }, 'payee-unchecked');
    refused(
      filed,
      { ...later, deferred: [...later.deferred, { material: 'contract', until: '2021-02-05' }] },
      'material-not-missing',
    );
    expect(stateOf(told(filed, later)).deferred).toEqual(later.deferred);
  });
  it('is over with the day, and holds the approval until it is brought', () => {
    const passed = told(filed, later);
    const steps = WAY['city-passed'];
    const overdue = { ...steps[3], at: '2021-02-05T16:00:00.000Z' };
    refused(told(passed, ...steps.slice(0, 3)), overdue, 'deferred-overdue');
    const inTime = { ...steps[3], at: '2021-02-05T15:59:59.999Z' };
    expect(stateOf(told(passed, ...steps.slice(0, 3), inTime)).state).toBe('city-passed');
    const noticed = told(passed, ...steps, ...WAY['jointly-reviewed'], ...WAY.proposed, ...WAY['on-notice']);
    refused(noticed, WAY.approved[0], 'deferred-open');
    const supply = {
      type: 'SupplyMaterials',
      materials: [{ material: 'invoices', files: [file] }],
      by: clerk,
      at: MORNING,
    } as const;
    refused(noticed, { ...supply, materials: [{ material: 'contract', files: [file] }] }, 'material-not-listed');
    expect(stateOf(told(noticed, supply, WAY.approved[0])).state).toBe('approved');
    refused(until('filed'), supply, 'claim-nothing-deferred');
  });
});

describe('the city check', () => {
  const [, , relation, pass] = WAY['city-passed'];
  it.each([undefined, 'voided', 'reversed', 'not-found'])('is not passed with an invoice that is %s', (state) => {
    const trade = {
      ...soundTrade,
      invoices: [
        { number: 'I1', state: 'valid' },
        { number: 'I2', state },
      ],
    };
    const code = state === undefined ? 'invoices-unchecked' : 'invoices-not-valid';
    given(claim, ...until('county-passed'))
      .when({ ...pass, trade })
      .refuses(code, { invoices: 'I2' });
  });
  it.each(['trade-found', 'none-in-system'] as const)('is not passed by %s', (result) => {
    const found = told(until('county-passed'), { ...relation, result });
    refused(found, pass, 'relation-unchecked');
  });
  it('takes 经核查无往来 only with both pledges, by a named check on a day', () => {
    refused(until('county-passed'), pass, 'relation-unchecked');
    refused(until('county-passed'), relation, 'pledges-missing');
    const pledged = told(until('county-passed'), WAY['city-passed'][0]);
    refused(pledged, relation, 'pledges-missing');
    refused(pledged, { ...relation, checkedOn: '2021-02-02' }, 'day-ahead');
    refused(pledged, { ...relation, pair: `${LEAD}/${LEAD}` }, 'pair-not-of-claim');
    expect(stateOf(until('city-passed')).relations.get(PAIR)).toEqual({ pledges: [SME, LEAD], result: 'checked-none' });
  });
  it('takes pledges of the two firms alone', () => {
    const stranger = { ...leadClerk, enterprise: STRANGER, registration: 'R3' };
    refused(until('filed'), { ...WAY['city-passed'][0], by: stranger }, 'claim-unknown');
    // A pair of its lead with somebody else is none of this claim's.
    refused(until('filed'), { ...WAY['city-passed'][1], pair: `${LEAD}/${STRANGER}` }, 'claim-unknown');
    refused(until('filed'), { ...WAY['city-passed'][0], by: { ...clerk, registration: 'R9' } }, 'claim-unknown');
    refused(until('approved'), { ...WAY['city-passed'][0], pair: `${STRANGER}/${SME}` }, 'claim-over');
    // Every letter of a pair stands in the event.
    for (const pair of [`X/${SME}`, `${PAIR}/张`, `${SME}/${SME}`, `${SME}/13900001111`, SME])
      refused(until('filed'), { ...WAY['city-passed'][0], pair }, 'claim-unknown');
  });
  it('asks for an award', () =>
    refused(
      told(until('county-passed'), ...WAY['city-passed'].slice(0, 3)),
      { ...pass, grounds: grounds('0') },
      'claim-award-zero',
    ));
});

it.each([
  ['city-passed', 'jointly-reviewed', { minutes: '王某 13900001111' }],
  ['on-notice', 'approved', { minutes: '王某 13900001111' }],
  ['approved', 'passed-down', { document: '王某 13900001111' }],
] as const)('after %s no number of a person comes into the log', (before, step, given) =>
  refused(until(before), { ...last(step), ...given }, 'text-names-person'),
);

it('findings are the county office’s, and an empty list is one', () => {
  const record = {
    type: 'RecordFindings',
    findings: [],
    reason: '查询信用平台',
    by: county(),
    entered: [],
    at: MORNING,
  } as const;
  expect(stateOf(told(until('filed'), record)).findings).toEqual([]);
  refused(until('filed'), { ...record, by: city('city-1') }, 'claim-of-other-office');
  refused(until('county-passed'), record, 'claim-state');
});
