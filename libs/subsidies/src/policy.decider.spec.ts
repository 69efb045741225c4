import { given } from '@testing/kernel';
import { ChosenReading } from './policy-readings.rules';
import { PolicyTerms, termsHash } from './policy-terms.rules';
import { policy, PolicyCommand, PolicyEvent } from './policy.decider';
import { shippedPolicy } from './shipped-policies.rules';

const MORNING = '2020-03-02T01:00:00.000Z';
const ann = { account: 'ann', name: 'Ann' };
const bob = { account: 'bob', name: 'Bob' };
const terms = shippedPolicy('cluster-sme', '2020')!.terms;
const hash = termsHash(terms);
const about = { version: '2020b', by: ann, at: MORNING };

const draft = (given: Partial<PolicyTerms> = {}) =>
  ({
    type: 'DraftPolicyVersion',
    ...about,
    scheme: 'cluster-sme',
    terms: { ...terms, ...given },
    isShipped: false,
  }) as const;
const drafted = (given: Partial<PolicyTerms> = {}): PolicyEvent => ({
  type: 'PolicyVersionDrafted',
  data: { ...about, scheme: 'cluster-sme', terms: { ...terms, ...given } },
});
const proposed: PolicyEvent = { type: 'PolicyVersionProposed', data: { ...about, hash } };
const approved: PolicyEvent = {
  type: 'PolicyVersionApproved',
  data: { ...about, by: bob, hash, reason: 'reviewed' },
};
const published: PolicyEvent = { type: 'PolicyVersionPublished', data: { ...about, hash, document: 'No. 1' } };
const propose = { type: 'ProposePolicyVersion', ...about } as const;
const approve = { type: 'ApprovePolicyVersion', ...about, by: bob, hash, reason: 'reviewed' } as const;
const publish = { type: 'PublishPolicyVersion', ...about, hash, document: 'No. 1' } as const;
const end = (endsOn: string): PolicyCommand => ({
  type: 'EndPolicyVersion',
  ...about,
  endsOn,
  document: 'No. 2',
  reason: 'the budget is spent',
  day: '2020-03-02',
});
const change = (given: Partial<PolicyTerms>) =>
  ({ type: 'ChangePolicyVersion', ...about, by: bob, terms: { ...terms, ...given } }) as const;
const withReading = (one: Partial<ChosenReading> & { parameter: ChosenReading['parameter'] }) =>
  terms.readings.map((reading) => (reading.parameter === one.parameter ? { ...reading, ...one } : reading));
const without = (parameter: string) => terms.readings.filter((one) => one.parameter !== parameter);

describe('a version of a policy', () => {
  it('is drafted, once', () => {
    given(policy).when(draft()).records(drafted());
    given(policy, drafted()).when(draft()).refuses('policy-version-exists');
    given(policy)
      .when({ ...draft(), isShipped: true })
      .refuses('policy-version-exists');
  });
  it('has a name that can stand in an address', () => {
    for (const name of ['', 'A', 'a/b', '../x', '-', 'a'.repeat(61)]) {
      given(policy)
        .when({ ...draft(), scheme: name })
        .refuses('name-not-kebab');
      given(policy)
        .when({ ...draft(), version: name })
        .refuses('name-not-kebab');
    }
  });
  it('may be drafted again after it was discarded', () => {
    const discarded: PolicyEvent = { type: 'PolicyVersionDiscarded', data: about };
    given(policy, drafted())
      .when({ type: 'DiscardPolicyVersion', ...about })
      .records(discarded);
    given(policy, drafted(), discarded).when(propose).refuses('policy-version-unknown');
    given(policy, drafted(), discarded).when(draft()).records(drafted());
  });
  it('changes while it is a draft', () => {
    const data = { ...about, by: bob, terms: { ...terms, cap: '1', title: 'other' } };
    given(policy, drafted())
      .when(change({ title: 'other' }))
      .records({ type: 'PolicyVersionChanged', data: { ...data, terms: { ...terms, title: 'other' } } });
    given(policy, drafted()).when(change({})).records();
    given(policy, drafted(), proposed)
      .when(change({ title: 'other' }))
      .refuses('policy-version-not-draft');
  });
  it('is proposed, approved by another person and published', () => {
    given(policy, drafted()).when(propose).records(proposed);
    given(policy, drafted(), proposed).when(approve).records(approved);
    given(policy, drafted(), proposed, approved).when(publish).records(published);
  });
  it('is not approved by whoever wrote or proposed it', () => {
    given(policy, drafted(), proposed)
      .when({ ...approve, by: ann })
      .refuses('same-person');
    const changedByBob: PolicyEvent = { type: 'PolicyVersionChanged', data: { ...about, by: bob, terms } };
    given(policy, drafted(), changedByBob, proposed).when(approve).refuses('same-person');
    const proposedByBob: PolicyEvent = { type: 'PolicyVersionProposed', data: { ...about, by: bob, hash } };
    given(policy, drafted(), proposedByBob).when(approve).refuses('same-person');
  });
  it('is approved and published as it was read', () => {
    given(policy, drafted(), proposed)
      .when({ ...approve, hash: 'x' })
      .refuses('policy-version-changed');
    given(policy, drafted(), proposed, approved)
      .when({ ...publish, hash: 'x' })
      .refuses('policy-version-changed');
  });
  it('goes its way step by step', () => {
    given(policy, drafted()).when(approve).refuses('policy-version-not-proposed');
    given(policy, drafted(), proposed).when(publish).refuses('policy-version-not-approved');
    given(policy, drafted(), proposed).when(propose).refuses('policy-version-not-draft');
    given(policy, drafted()).when(end('2021-06-30')).refuses('policy-version-not-published');
    given(policy).when(propose).refuses('policy-version-unknown');
  });
  it('is returned with a reason, also when it was approved', () => {
    const back = { type: 'ReturnPolicyVersion', ...about, by: bob, reason: 'the window is unclear' } as const;
    const returned: PolicyEvent = {
      type: 'PolicyVersionReturned',
      data: { ...about, by: bob, reason: 'the window is unclear' },
    };
    given(policy, drafted(), proposed).when(back).records(returned);
    given(policy, drafted(), proposed, approved).when(back).records(returned);
    given(policy, drafted()).when(back).refuses('policy-version-not-proposed');
    given(policy, drafted(), proposed, approved, returned).when(publish).refuses('policy-version-not-approved');
  });
  it('never changes once it is published', () => {
    const story = given(policy, drafted(), proposed, approved, published);
    const refusing: PolicyCommand[] = [
      change({ title: 'other' }),
      { type: 'DiscardPolicyVersion', ...about },
      propose,
      approve,
      publish,
      { type: 'ReturnPolicyVersion', ...about, reason: 'why' },
    ];
    for (const command of refusing) story.when(command).refuses('policy-version-published');
  });
  it('ends sooner, never later, and not in the past', () => {
    const story = given(policy, drafted(), proposed, approved, published);
    const data = { ...about, endsOn: '2021-06-30', document: 'No. 2', reason: 'the budget is spent' };
    story.when(end('2021-06-30')).records({ type: 'PolicyVersionEnded', data });
    story.when(end('2021-12-31')).records();
    story.when(end('2022-01-01')).refuses('policy-end-only-sooner');
    story.when(end('2020-03-01')).refuses('policy-end-passed');
    const today = end('2020-03-02') as Extract<PolicyCommand, { type: 'EndPolicyVersion' }>;
    story.when(today).records({ type: 'PolicyVersionEnded', data: { ...data, endsOn: today.endsOn } });
    given(policy, drafted(), proposed, approved, published, { type: 'PolicyVersionEnded', data })
      .when(end('2021-07-01'))
      .refuses('policy-end-only-sooner', { endsOn: '2021-06-30' });
  });
  it('takes the place of an earlier one', () => {
    const old = [drafted(), proposed, approved, published].map(
      (event) => ({ ...event, data: { ...event.data, version: '2019' } }) as PolicyEvent,
    );
    const superseded: PolicyEvent = {
      type: 'PolicyVersionSuperseded',
      data: { ...about, version: '2019', supersededBy: '2020b', from: terms.effectiveFrom },
    };
    const replace = { ...publish, supersedes: '2019' };
    given(policy, ...old, drafted(), proposed, approved)
      .when(replace)
      .records({ ...published, data: { ...published.data, supersedes: '2019' } }, superseded);
    given(policy, drafted(), proposed, approved).when(replace).refuses('superseded-version-unknown');
    given(policy, ...old, superseded, drafted(), proposed, approved)
      .when(replace)
      .refuses('version-superseded-already');
  });
  it('names no person', () => {
    const number = 'call 13800138000';
    given(policy)
      .when(draft({ title: number }))
      .refuses('text-names-person');
    given(policy, drafted(), proposed)
      .when({ ...approve, reason: number })
      .refuses('text-names-person');
    given(policy, drafted(), proposed, approved)
      .when({ ...publish, document: number })
      .refuses('text-names-person');
  });
});

describe('the terms of a version', () => {
  const refuses = (changed: Partial<PolicyTerms>, code: string, values?: Record<string, string>) =>
    given(policy, drafted()).when(change(changed)).refuses(code, values);
  const notProposed = (changed: Partial<PolicyTerms>, code: string, values?: Record<string, string>) =>
    given(policy, drafted(changed)).when(propose).refuses(code, values);

  it.each(terms.readings.map(({ parameter }) => parameter))(
    'leave %s open in no version that is proposed',
    (parameter) => notProposed({ readings: without(parameter) }, 'open-point-unread', { parameters: parameter }),
  );
  it.each(terms.readings.map(({ parameter }) => parameter))('say on what the reading of %s rests', (parameter) =>
    notProposed({ readings: withReading({ parameter, basis: undefined }) }, 'reading-without-basis', {
      parameters: parameter,
    }),
  );
  it('may leave points open while it is a draft', () =>
    given(policy)
      .when(draft({ readings: [] }))
      .records(drafted({ readings: [] })));
  it('read each point in one known way', () => {
    refuses({ readings: [...terms.readings, terms.readings[0]!] }, 'reading-twice');
    refuses({ readings: withReading({ parameter: 'vat', reading: 'larger' }) }, 'reading-unknown', {
      parameter: 'vat',
      allowed: 'net, gross',
    });
    refuses(
      { readings: [...terms.readings, { parameter: 'day-count', reading: 'actual/360', ours: true }] },
      'parameter-not-applicable',
    );
  });
  it('give a reading the values that it needs and no others', () => {
    refuses(
      { readings: withReading({ parameter: 'window', values: { from: '2020-01-01' } }) },
      'reading-value-missing',
      {
        parameter: 'window',
        value: 'to',
      },
    );
    refuses({ readings: withReading({ parameter: 'vat', values: { total: '1' } }) }, 'reading-value-unused');
    const backwards = { from: '2020-12-31', to: '2020-01-01' };
    refuses({ readings: withReading({ parameter: 'window', values: backwards }) }, 'period-backwards');
    refuses({ effectiveFrom: '2022-01-01' }, 'period-backwards');
  });
  it('have the clauses of their beneficiary', () => {
    const { stated } = terms;
    refuses({ stated: { ...stated, rates: { ...stated.rates, sales: '0.01' } } }, 'clause-not-applicable');
    refuses({ stated: { ...stated, rates: { output: '1.1', fee: '0.02' } } }, 'rate-malformed');
    refuses({ stated: { ...stated, rates: { output: '0.00', fee: '0.02' } } }, 'rate-malformed');
    notProposed({ stated: { ...stated, thresholds: undefined, cap: undefined } }, 'policy-incomplete', {
      fields: 'stated/cap, stated/thresholds',
    });
    notProposed({ legalBasis: [], reviews: [], materials: [] }, 'policy-incomplete', {
      fields: 'legalBasis, reviews, materials',
    });
  });
  it('name materials in one way', () => {
    const [one] = terms.materials;
    refuses({ materials: [one!, one!] }, 'material-twice');
    refuses({ materials: [{ ...one!, material: 'Contract 1' }] }, 'name-not-kebab');
  });
  it('that cannot be evaluated are not proposed', () =>
    notProposed(
      { stated: { ...terms.stated, thresholds: { shareOfSales: '0.3', output: '1' } } },
      'policy-not-evaluable',
      {
        path: 'policy.thresholds.fee',
      },
    ));
});
