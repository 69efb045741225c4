import type { Act } from './claim-checking.rules';
import { claim } from './claim.decider';
import type { ClaimCommand } from './claim.decider';
import type { Claim } from './claim-state.rules';
import type { Applicant, ClaimEvent, ClaimHead, ClaimOfficer, ClaimRole, Grounds } from './claim-story.rules';

// A claim as tests tell it: of one SME in Jinjiang, from its filing to the bank's receipt.

export const SME = '91350582M000100Y4G';
export const LEAD = '91350502M000100Y4L';
export const PAIR = `${LEAD}/${SME}`;
export const MORNING = '2021-02-01T02:00:00.000Z';

export const officer = (account: string, role: ClaimRole, area?: string): ClaimOfficer => ({
  account,
  role,
  ...(area !== undefined && { area }),
});
export const county = (account = 'county-1') => officer(account, 'county-officer', '350582');
export const city = (account: string) => officer(account, 'city-officer');
export const cityFinance = (account: string) => officer(account, 'city-finance');
export const countyFinance = (account: string) => officer(account, 'county-finance', '350582');

export const clerk: Applicant = { enterprise: SME, registration: 'R1', account: 'clerk' };
export const leadClerk: Applicant = { enterprise: LEAD, registration: 'R2', account: 'lead-clerk' };

export const head: ClaimHead = {
  claim: 'C1',
  round: 'B1',
  policy: { scheme: 'cluster-sme', version: '2020' },
  beneficiary: 'sme',
  firm: { enterprise: SME, registration: 'R1' },
  office: '350582',
  year: 2020,
};

export const grounds = (award = '60000', derivation = 'd1'): Grounds => ({
  policy: head.policy,
  evaluator: '1',
  asOf: '2021-02-01',
  knownAt: MORNING,
  base: { output: '6000000', fee: '0' },
  award,
  derivation,
});

export const act = (by: ClaimOfficer, change: Partial<Act> = {}): Act => ({
  by,
  reason: '材料齐全',
  entered: [],
  grounds: grounds(),
  at: MORNING,
  ...change,
});

export const payee = { payee: 'P1', commitment: 'k1' };
export const file = { id: 'F1', sha256: 'ab' };
export const text = { id: 'V1', sha256: 'cd' };
export const soundTrade = { invoices: [{ number: 'I1', state: 'valid' }], newPairs: [PAIR] };

export const filing = {
  type: 'FileClaim',
  head,
  filing: { from: '2021-01-15', to: '2021-02-28', lastDay: '2021-12-31' },
  required: ['contract', 'invoices'],
  materials: [
    { material: 'contract', files: [file] },
    { material: 'invoices', files: [file] },
  ],
  payee,
  grounds: grounds(),
  by: clerk,
  at: MORNING,
} satisfies ClaimCommand;

export const NOTICE_UNTIL = '2021-02-10';
export const STAND_STILL_UNTIL = '2021-02-13';
export const AFTER_NOTICE = '2021-02-18T02:00:00.000Z';

/** Each step of the way, in order: what it is called and the command that takes it. */
export const WAY = {
  filed: [filing],
  'county-passed': [
    { type: 'CheckPayee', payee: 'P1', doubts: [], by: county(), entered: [], at: MORNING },
    { type: 'PassCountyCheck', ...act(county()), deferred: [], deferrable: [] },
  ],
  'city-passed': [
    { type: 'PledgeNoTrade', pair: PAIR, by: clerk, at: MORNING },
    { type: 'PledgeNoTrade', pair: PAIR, by: leadClerk, at: MORNING },
    {
      type: 'CheckRelation',
      pair: PAIR,
      result: 'checked-none',
      checkedOn: '2021-01-31',
      reason: '走访两家企业',
      by: city('city-1'),
      entered: [],
      at: MORNING,
    },
    { type: 'PassCityCheck', ...act(city('city-1')), trade: soundTrade },
  ],
  'jointly-reviewed': [{ type: 'ReviewJointly', ...act(cityFinance('finance-1')), minutes: '会议纪要〔2021〕3号' }],
  proposed: [
    {
      type: 'ProposeClaim',
      ...act(city('city-2')),
      list: 'N1',
      granted: '60000',
      invoices: ['I1'],
      orders: ['O1'],
      firms: [LEAD, SME],
      trade: soundTrade,
    },
  ],
  'on-notice': [
    {
      type: 'StartNotice',
      notice: 'N1',
      workingDays: 7,
      until: NOTICE_UNTIL,
      standStillUntil: STAND_STILL_UNTIL,
      by: city('city-2'),
      entered: [],
      at: MORNING,
    },
  ],
  approved: [
    {
      type: 'ApproveClaim',
      ...act(city('city-3'), { at: AFTER_NOTICE }),
      minutes: '会议纪要〔2021〕5号',
      attempt: 'A1',
      worthNow: '60000',
      doubtfulMatches: [],
    },
  ],
  'passed-down': [
    {
      type: 'PassFundsDown',
      ...act(cityFinance('finance-2'), { at: AFTER_NOTICE }),
      document: '泉财〔2021〕8号',
      worthNow: '60000',
    },
  ],
  paid: [
    {
      type: 'PreparePayment',
      ...act(countyFinance('pay-1'), { at: AFTER_NOTICE }),
      payment: 'Y1',
      payee: 'P1',
      doubts: [],
      worthNow: '60000',
    },
    {
      type: 'MakePayment',
      ...act(countyFinance('pay-2'), { at: AFTER_NOTICE }),
      payment: 'Y1',
      payee: 'P1',
      doubts: [],
      receipt: 'BR-1',
      paidOn: '2021-02-18',
    },
  ],
} as const satisfies Record<string, readonly ClaimCommand[]>;
export type Step = keyof typeof WAY;

/** The events of a claim that was told these commands, on top of a history. */
export function told(history: readonly ClaimEvent[], ...commands: readonly ClaimCommand[]): ClaimEvent[] {
  const events = [...history];
  let state: Claim = events.reduce(claim.evolve, claim.initial);
  for (const command of commands) {
    const next = claim.decide(command, state);
    events.push(...next);
    state = next.reduce(claim.evolve, state);
  }
  return events;
}

/** The events of a claim that came as far as a step. */
export function until(step: Step): ClaimEvent[] {
  const steps = Object.keys(WAY) as Step[];
  return told([], ...steps.slice(0, steps.indexOf(step) + 1).flatMap((one): readonly ClaimCommand[] => WAY[one]));
}

export const stateOf = (events: readonly ClaimEvent[]): NonNullable<Claim> =>
  events.reduce<Claim>(claim.evolve, claim.initial)!;
