import { given } from '@testing/kernel';
import { claim } from './claim.decider';
import type { ClaimCommand } from './claim.decider';
import {
  act,
  AFTER_NOTICE,
  city,
  cityFinance,
  clerk,
  county,
  countyFinance,
  MORNING,
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

describe('handing over and up', () => {
  const over = {
    type: 'HandStageOver',
    stage: 'county-check',
    to: 'county-2',
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
    refused(until('city-passed'), { ...over, to: 'city-1' }, 'claim-person-in-other-stage');
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
  it('ends with the approval', () => refused(until('approved'), refuse, 'claim-state'));
});
