import { usccCheckCharacter } from '@app/kernel';
import type { EnterpriseEvent } from '@app/registry';
import { applyAll, rebuildEquals, recorded } from '@testing/projections';
import { freshDatabase } from '../../../test/support/database';
import { heldFirms } from './held-firms.view';

const firm = (first17: string) => first17 + usccCheckCharacter(first17);
const [LEAD, SME] = [firm('91350527MA0000001'), firm('91350527MA0000002')];

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => (database = await freshDatabase()));
afterAll(() => database?.drop());

type Stating = Extract<EnterpriseEvent, { type: 'RegistrationApplied' | 'FactsRecorded' }>;
const held = (enterprise: string, from: string, ...holders: [holder: string, share: string][]) =>
  [
    `enterprise-${enterprise}`,
    {
      type: 'FactsRecorded',
      data: {
        ...{ registration: 'R1', from, source: { kind: 'self-declared' } },
        facts: { holders: holders.map(([holder, share]) => ({ holder, share })) },
      },
    } as Stating,
  ] as const;
const history = recorded<Stating>(
  held(SME, '2019-01-01', [LEAD, '0.6'], ['person:abc', '0.4']),
  held(SME, '2020-01-01', [LEAD, '0.2']),
  held(LEAD, '2019-01-01', ['person:abc', '1']),
);

it('names who ever belonged to whom, also when that is over', async () => {
  const view = await applyAll(heldFirms, history, database.url);
  const { held_firm: rows } = (await view.rows()) as { held_firm: object[] };
  await view.close();
  expect(rows).toEqual([{ key: `${LEAD}/${SME}`, holder: LEAD, enterprise: SME }]);
});

it('is the same rebuilt, and told twice', () => rebuildEquals(heldFirms, history, database.url));
