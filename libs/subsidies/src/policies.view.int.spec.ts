import { applyAll, rebuildEquals, recorded } from '@testing/projections';
import { freshDatabase } from '../../../test/support/database';
import { policies } from './policies.view';
import { termsHash } from './policy-terms.rules';
import type { PolicyEvent } from './policy.decider';
import { shippedPolicy } from './shipped-policies.rules';

const { terms } = shippedPolicy('cluster-sme', '2020')!;
const hash = termsHash(terms);
const by = { account: 'ann', name: 'Ann' };
const bob = { account: 'bob', name: 'Bob' };
const at = (minute: number) => `2020-02-10T02:0${minute}:00.000Z`;
const of = (version: string, minute: number) => ({ version, by, at: at(minute) });
const drafted = (version: string): PolicyEvent => ({
  type: 'PolicyVersionDrafted',
  data: { ...of(version, 0), scheme: 'cluster-sme', terms },
});
const log = recorded<PolicyEvent>(
  ['policy-cluster-sme', drafted('2021')],
  ['policy-cluster-sme', drafted('2021b')],
  ['policy-other', drafted('2021')],
  ['policy-cluster-sme', { type: 'PolicyVersionProposed', data: { ...of('2021', 1), hash } }],
  ['policy-cluster-sme', { type: 'PolicyVersionReturned', data: { ...of('2021', 2), reason: 'more' } }],
  [
    'policy-cluster-sme',
    { type: 'PolicyVersionChanged', data: { ...of('2021', 3), terms: { ...terms, title: 'new' } } },
  ],
  ['policy-cluster-sme', { type: 'PolicyVersionApproved', data: { ...of('2021', 4), by: bob, hash, reason: 'ok' } }],
  ['policy-cluster-sme', { type: 'PolicyVersionPublished', data: { ...of('2021', 5), hash, document: 'No. 1' } }],
  [
    'policy-cluster-sme',
    { type: 'PolicyVersionSuperseded', data: { ...of('2021', 6), supersededBy: '2022', from: '2022-01-01' } },
  ],
  [
    'policy-cluster-sme',
    {
      type: 'PolicyVersionEnded',
      data: { ...of('2021', 7), endsOn: '2021-06-30', document: 'No. 2', reason: 'spent' },
    },
  ],
  ['policy-cluster-sme', { type: 'PolicyVersionDiscarded', data: of('2021b', 8) }],
);

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.drop());

describe('versions of policies', () => {
  it('follow from events alone', () => rebuildEquals(policies, log, database.url));

  it('hold their terms, and who did what to them', async () => {
    const view = await applyAll(policies, log, database.url);
    try {
      const rows = (await view.rows()).policy_version as { key: string; steps: { step: string; by: object }[] }[];
      const states = rows.map(({ key, ...row }) => [key, (row as { state?: string }).state]);
      expect(Object.fromEntries(states)).toEqual({
        'cluster-sme/2021': 'published',
        'cluster-sme/2021b': 'discarded',
        'other/2021': 'draft',
      });
      const published = rows.find(({ key }) => key === 'cluster-sme/2021')!;
      expect(published).toMatchObject({
        terms: { title: 'new' },
        publishedAt: at(5),
        document: 'No. 1',
        endedOn: '2021-06-30',
        supersededBy: '2022',
      });
      expect(published.steps.map(({ step }) => step)).toEqual([
        'drafted',
        'proposed',
        'returned',
        'changed',
        'approved',
        'published',
        'superseded',
        'ended',
      ]);
      expect(published.steps[4]).toEqual({ step: 'approved', by: bob, at: at(4), reason: 'ok' });
    } finally {
      await view.close();
    }
  });
});
