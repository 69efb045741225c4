import { given } from '@testing/kernel';
import { claim } from './claim.decider';
import type { ClaimCommand } from './claim.decider';
import { barredFrom, checkPerson, officesOf } from './claim-persons.rules';
import { officeText } from './claim-state.rules';
import { CLAIM_STAGES } from './claim-story.rules';
import type { ClaimOfficer } from './claim-story.rules';
import {
  act,
  AFTER_NOTICE,
  city,
  cityFinance,
  clerk,
  county,
  countyFinance,
  file,
  grounds,
  MORNING,
  STAND_STILL_UNTIL,
  stateOf,
  text,
  told,
  until,
  WAY,
} from './testing';

const refused = (history: ReturnType<typeof until>, command: ClaimCommand, code: string) =>
  given(claim, ...history)
    .when(command)
    .refuses(code);

describe('the persons of a claim', () => {
  it('act each in one stage', () => {
    const before = told(until('filed'), {
      type: 'HandStageUp',
      stage: 'county-check',
      reason: '人手不足',
      by: county(),
      at: MORNING,
    });
    const byCity = told(
      before,
      { ...WAY['county-passed'][0], by: city('city-1') },
      { ...WAY['county-passed'][1], by: city('city-1') },
    );
    refused(byCity, { ...WAY['city-passed'][3], by: city('city-1') }, 'claim-person-in-other-stage');
    refused(until('on-notice'), { ...WAY.approved[0], by: city('city-1') }, 'claim-person-in-other-stage');
    refused(until('on-notice'), { ...WAY.approved[0], by: city('city-2') }, 'claim-person-in-other-stage');
    refused(
      until('approved'),
      { ...WAY['passed-down'][0], by: cityFinance('finance-1') },
      'claim-person-in-other-stage',
    );
  });
  it('decide on no fact of their own', () =>
    refused(until('filed'), { ...WAY['county-passed'][0], entered: ['county-1'] }, 'claim-person-entered-fact'));
  it('act for the office whose stage it is', () => {
    refused(
      until('filed'),
      { ...WAY['county-passed'][1], by: { ...county(), area: '350502' } },
      'claim-of-other-office',
    );
    refused(until('county-passed'), { ...WAY['city-passed'][3], by: county('county-2') }, 'claim-of-other-office');
    refused(
      until('filed'),
      { type: 'HandStageUp', stage: 'county-check', reason: '人手不足', by: city('city-1'), at: MORNING },
      'claim-of-other-office',
    );
  });
  it('pay in two hands', () => {
    const prepared = told(until('passed-down'), WAY.paid[0]);
    refused(prepared, { ...WAY.paid[1], by: countyFinance('pay-1') }, 'payment-same-person');
    // Who approved is neither.
    const handed = told(until('passed-down'), {
      type: 'HandStageUp',
      stage: 'payment',
      reason: '人手不足',
      by: countyFinance('pay-1'),
      at: MORNING,
    });
    refused(handed, { ...WAY.paid[0], by: countyFinance('pay-1') }, 'claim-of-other-office');
    refused(handed, { ...WAY.paid[0], by: cityFinance('finance-2') }, 'claim-person-in-other-stage');
  });
});

describe('whoever acted in a stage, by whatever act,', () => {
  const elsewhere = 'claim-person-in-other-stage';
  const nine = city('city-9');
  const [first, second, relation, pass] = WAY['city-passed'];
  it('holds it by the check of a pair', () =>
    refused(told(until('county-passed'), first, second, { ...relation, by: nine }), pass, 'claim-stage-held'));
  it('approves nothing that he put on notice', () => {
    const noticed = told(until('proposed'), { ...WAY['on-notice'][0], by: nine });
    refused(noticed, { ...WAY.approved[0], by: nine }, elsewhere);
  });
  it('approves nothing to which he heard an objection', () => {
    const raise = { type: 'RaiseObjection', objection: 'J1', text, at: MORNING } as const;
    const rejected = { objection: 'J1', result: 'rejected', text, standStillUntil: STAND_STILL_UNTIL } as const;
    const heard = told(until('on-notice'), raise, { type: 'DecideObjection', ...act(nine), ...rejected });
    refused(heard, { ...WAY.approved[0], by: nine }, elsewhere);
    expect(stateOf(told(heard, WAY.approved[0])).state).toBe('approved');
  });
  it('checks nothing that he let in by a review', () => {
    const reviewed = told(
      until('county-passed'),
      { type: 'RefuseSupport', ...act(city('city-1')) },
      { type: 'AskClaimReview', text, by: clerk, at: MORNING },
      { type: 'DecideClaimReview', ...act(nine), result: 'reopened' },
    );
    refused(reviewed, { ...pass, by: nine }, elsewhere);
  });
  it('recovers nothing of which he told a 退票', () => {
    const by = countyFinance('pay-9');
    const later = '2021-06-01T02:00:00.000Z';
    const [prepare, make] = WAY.paid;
    const again = told(
      until('paid'),
      {
        type: 'ReportBounce',
        ...{ payment: 'Y1', receipt: 'TP-1', bouncedOn: '2021-02-18', reason: '账号有误', by, at: AFTER_NOTICE },
      },
      WAY['passed-down'][0],
      { ...prepare, payment: 'Y2' },
      { ...make, payment: 'Y2', receipt: 'BR-2' },
      {
        type: 'OpenRecovery',
        ...{ recovery: 'X1', cause: 'red-invoice', worthNow: '50000', grounds: grounds('50000'), at: later },
      },
    );
    const confirm = { type: 'ConfirmRecovery', recovery: 'X1', hearUntil: '2021-06-08' } as const;
    refused(again, { ...confirm, ...act(by, { at: later }) }, elsewhere);
  });
});

describe('what an officer is offered', () => {
  const people = [
    ...['county-1', 'county-2'].map((one) => county(one)),
    ...['city-1', 'city-2'].map((one) => city(one)),
    ...['finance-1', 'finance-2'].map((one) => cityFinance(one)),
    ...['pay-1', 'pay-2'].map((one) => countyFinance(one)),
  ];
  const steps = ['filed', 'county-passed', 'city-passed', 'jointly-reviewed', 'on-notice', 'approved', 'passed-down'];
  it.each(steps)('is what the decider lets him do: %s', (step) => {
    const state = stateOf(until(step as keyof typeof WAY));
    for (const by of people)
      for (const stage of CLAIM_STAGES) {
        if (!officesOf(state, stage).includes(officeText(by))) continue;
        const isBarred = barredFrom(state, by.account).includes(stage);
        const check = () => checkPerson(state, stage, by);
        if (isBarred && state.payment?.preparedBy !== by.account) expect(check).toThrow();
        if (!isBarred) expect(check).not.toThrow();
      }
  });
  it('is not the second hand of his own payment', () => {
    const prepared = stateOf(told(until('passed-down'), WAY.paid[0]));
    expect(barredFrom(prepared, 'pay-1')).toContain('payment');
    expect(barredFrom(prepared, 'pay-2')).not.toContain('payment');
  });
});

describe('handing over and up', () => {
  const over = {
    type: 'HandStageOver',
    stage: 'county-check',
    to: 'county-2',
    colleagues: ['county-1', 'county-2'],
    reason: '原经办人调离',
    by: city('head'),
    at: MORNING,
  } as const;
  const begun = told(until('filed'), WAY['county-passed'][0]);
  it('gives a stage to a colleague, never to oneself nor to who may not have it', () => {
    refused(begun, { ...WAY['county-passed'][1], by: county('county-2') }, 'claim-stage-held');
    expect(stateOf(told(begun, over, { ...WAY['county-passed'][1], by: county('county-2') })).state).toBe(
      'county-passed',
    );
    refused(begun, { ...over, by: county('county-2') }, 'claim-handed-to-oneself');
    refused(until('filed'), over, 'claim-stage-not-begun');
    refused(begun, { ...over, by: cityFinance('finance-1') }, 'claim-of-other-office');
    refused(until('city-passed'), { ...over, to: 'city-1', colleagues: ['city-1'] }, 'claim-person-in-other-stage');
    refused(begun, { ...over, to: 'county-9' }, 'claim-colleague-unknown');
    given(claim, ...begun)
      .when({ ...over, to: 'county-1' })
      .records();
  });
  it('leaves no claim stuck in a county office of two, both of whom entered its facts', () => {
    const entered = ['county-1', 'county-2'];
    for (const account of entered) {
      refused(
        until('filed'),
        { ...WAY['county-passed'][0], by: county(account), entered },
        'claim-person-entered-fact',
      );
    }
    const up = told(until('filed'), {
      type: 'HandStageUp',
      stage: 'county-check',
      reason: '两人均录入过事实',
      by: county('county-2'),
      at: MORNING,
    });
    const [checkPayee, pass] = WAY['county-passed'];
    const passed = told(up, { ...checkPayee, by: city('city-8'), entered }, { ...pass, by: city('city-8'), entered });
    expect(stateOf(passed).state).toBe('county-passed');
  });
  it('leaves no recovery stuck in offices of two: the county’s other officer does it', () => {
    const later = '2021-06-01T02:00:00.000Z';
    const up = {
      type: 'HandStageUp',
      stage: 'approval',
      reason: '人手不足',
      by: city('city-2'),
      at: AFTER_NOTICE,
    } as const;
    const [joint, down] = [WAY['jointly-reviewed'][0], WAY['passed-down'][0]];
    // In the bureau one checks and one lists, so that the finance bureau approves and passes down.
    const paid = told(
      until('city-passed'),
      { ...joint, by: city('city-2') },
      ...WAY.proposed,
      ...WAY['on-notice'],
      up,
      { ...WAY.approved[0], by: cityFinance('finance-1') },
      down,
      ...WAY.paid,
    );
    const opened = told(paid, {
      type: 'OpenRecovery',
      ...{ recovery: 'X1', cause: 'red-invoice', worthNow: '50000', grounds: grounds('50000'), at: later },
    });
    const confirm = (by: ClaimOfficer): ClaimCommand => ({
      ...{ type: 'ConfirmRecovery', recovery: 'X1', hearUntil: '2021-06-08' },
      ...act(by, { at: later }),
    });
    const all = [
      ...['city-1', 'city-2'].map(city),
      ...['finance-1', 'finance-2'].map(cityFinance),
      ...['pay-1', 'pay-2'].map(countyFinance),
      county('county-1'),
    ];
    for (const by of all) refused(opened, confirm(by), 'claim-person-in-other-stage');
    refused(opened, confirm({ ...county('county-2'), area: '350502' }), 'claim-of-other-office');
    const hand = { type: 'HandStageUp', stage: 'recovery', reason: '人手不足', by: city('city-1'), at: later } as const;
    for (const before of [opened, told(opened, hand)])
      expect(stateOf(told(before, confirm(county('county-2')))).state).toBe('to-recover');
  });
  it('leaves no claim stuck in a bureau of two: the approval goes to the finance bureau', () => {
    const up = told(until('on-notice'), {
      type: 'HandStageUp',
      stage: 'approval',
      reason: '人手不足',
      by: city('city-2'),
      at: AFTER_NOTICE,
    });
    expect(stateOf(told(up, { ...WAY.approved[0], by: cityFinance('finance-9') })).state).toBe('approved');
  });
});

describe('refusal of support', () => {
  const refuse: ClaimCommand = { type: 'RefuseSupport', ...act(city('city-1')) };
  const not = told(until('county-passed'), refuse);
  const ask: ClaimCommand = { type: 'AskClaimReview', text, by: clerk, at: MORNING };
  const decide = (result: 'kept' | 'reopened'): ClaimCommand => ({
    type: 'DecideClaimReview',
    ...act(city('city-7')),
    result,
  });
  it('is reviewed once, by somebody else', () => {
    expect(stateOf(not).state).toBe('not-supported');
    refused(until('filed'), ask, 'claim-not-refused');
    refused(not, decide('kept'), 'claim-review-not-asked');
    const asked = told(not, ask);
    refused(asked, { ...decide('kept'), ...act(city('city-1')) } as ClaimCommand, 'claim-person-in-other-stage');
    expect(stateOf(told(asked, decide('reopened'))).state).toBe('county-passed');
    refused(told(asked, decide('kept')), ask, 'claim-reviewed-once');
  });
  it('ends the waiting for a firm that was asked and never answers, by whoever asked it', () => {
    const gaps = [{ material: 'contract', note: '缺盖章页' }];
    const returned = told(until('county-passed'), { type: 'ReturnClaim', ...act(city('city-1')), gaps });
    refused(returned, { ...refuse, ...act(city('city-9')) }, 'claim-stage-held');
    refused(returned, { ...refuse, ...act(county()) }, 'claim-of-other-office');
    const over = told(returned, refuse);
    expect(stateOf(over).state).toBe('not-supported');
    // Reopened, it is the firm's to complete again, and goes on where it was.
    const reopened = told(over, ask, decide('reopened'));
    const materials = [{ material: 'contract', files: [file] }];
    const complete = { type: 'CompleteClaim', materials, grounds: grounds(), by: clerk, at: MORNING } as const;
    expect(stateOf(told(reopened, complete)).state).toBe('county-passed');
  });
  it('ends with the approval', () => refused(until('approved'), refuse, 'claim-state'));
});
