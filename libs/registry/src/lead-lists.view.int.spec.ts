import { applyAll, rebuildEquals, recorded } from '@testing/projections';
import { freshDatabase } from '../../../test/support/database';
import { LeadListEvent } from './lead-list.decider';
import { leadLists } from './lead-lists.view';

const A = '91350100M000100Y43';
const B = '91110000600037341L';
const head = { title: '2020 年名单', document: '1号', from: '2020-01-01', to: '2020-12-31' };
const by = '市局';
const drafted = (list: string): LeadListEvent => ({
  type: 'LeadListDrafted',
  data: { list, head, firms: [{ enterprise: A, name: '甲' }] },
});
const log = recorded<LeadListEvent>(
  ['leadlist-L1', drafted('L1')],
  ['leadlist-L2', drafted('L2')],
  ['leadlist-L1', { type: 'LeadListChanged', data: { head, firms: [{ enterprise: A, name: '甲' }] } }],
  ['leadlist-L1', { type: 'LeadListPublished', data: { list: 'L1', publishedOn: '2020-08-15', by } }],
  ['leadlist-L2', { type: 'LeadListDiscarded', data: {} }],
  [
    'leadlist-L1',
    {
      type: 'LeadFirmExited',
      data: { enterprise: A, on: '2020-10-01', announcedOn: '2020-10-01', reason: '迁出', by },
    },
  ],
  [
    'leadlist-L1',
    {
      type: 'LeadListCorrected',
      data: { added: [{ enterprise: B, name: '乙' }], removed: [], announcedOn: '2020-10-02', reason: '漏列', by },
    },
  ],
);

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.drop());

describe('the lists of lead firms', () => {
  it('follow from events alone', () => rebuildEquals(leadLists, log, database.url));

  it('hold what was announced about each firm', async () => {
    const view = await applyAll(leadLists, log, database.url);
    try {
      expect((await view.rows()).lead_list).toEqual([
        {
          list: 'L1',
          state: 'published',
          ...head,
          publishedOn: '2020-08-15',
          firms: [
            [
              A,
              [
                { kind: 'listed', name: '甲', announcedOn: '2020-08-15' },
                { kind: 'exited', on: '2020-10-01', announcedOn: '2020-10-01' },
              ],
            ],
            [B, [{ kind: 'listed', name: '乙', announcedOn: '2020-10-02' }]],
          ],
        },
        expect.objectContaining({ list: 'L2', state: 'discarded' }),
      ]);
    } finally {
      await view.close();
    }
  });
});
