import { AuditOutlined, ReadOutlined } from '@ant-design/icons';
import { page, type ContextPages } from '../app/pages';
import type { Standing } from '../app/session';
import { readsClaims, readsFunds, seesDoubts, writesClaims } from './readers';

const bureau = { for: ({ city }: Standing): boolean => city };
const claims = { for: readsClaims };
const lists = { for: seesDoubts };
const firms = { for: ({ firm }: Standing): boolean => firm };
const files = { for: writesClaims };
const funds = { for: readsFunds };

export const subsidyPages: ContextPages = {
  routes: [
    { path: '/policies', lazy: page(() => import('./policies-page'), 'PoliciesPage') },
    { path: '/policies/new', handle: bureau, lazy: page(() => import('./policy-form-page'), 'NewPolicyPage') },
    { path: '/policies/:scheme/:version', lazy: page(() => import('./policy-page'), 'PolicyPage') },
    {
      path: '/policies/:scheme/:version/edit',
      handle: bureau,
      lazy: page(() => import('./policy-form-page'), 'EditPolicyPage'),
    },
    { path: '/rounds', lazy: page(() => import('./rounds-page'), 'RoundsPage') },
    { path: '/rounds/new', handle: bureau, lazy: page(() => import('./open-round-page'), 'OpenRoundPage') },
    { path: '/rounds/:round', lazy: page(() => import('./round-page'), 'RoundPage') },
    { path: '/rounds/:round/doubts', handle: lists, lazy: page(() => import('./doubts-page'), 'DoubtsPage') },
    {
      path: '/rounds/:round/bank-lists',
      handle: funds,
      lazy: page(() => import('./bank-lists-page'), 'BankListsPage'),
    },
    {
      path: '/rounds/:round/bank-lists/:list',
      handle: funds,
      lazy: page(() => import('./bank-list-page'), 'BankListPage'),
    },
    { path: '/rounds/:round/samples', handle: lists, lazy: page(() => import('./samples-page'), 'SamplesPage') },
    { path: '/rounds/:round/samples/:sample', handle: lists, lazy: page(() => import('./sample-page'), 'SamplePage') },
    { path: '/claims', handle: claims, lazy: page(() => import('./claims-page'), 'ClaimsPage') },
    { path: '/claims/new', handle: files, lazy: page(() => import('./self-check-page'), 'SelfCheckPage') },
    { path: '/claims/advice', handle: firms, lazy: page(() => import('./advice-page'), 'AdvicePage') },
    { path: '/claims/:claim', handle: claims, lazy: page(() => import('./claim-page'), 'ClaimPage') },
    { path: '/claims/:claim/trail', handle: funds, lazy: page(() => import('./claim-trail-page'), 'ClaimTrailPage') },
    { path: '/claims/:claim/pledge', handle: files, lazy: page(() => import('./pledge-page'), 'PledgePage') },
    { path: '/replays', handle: lists, lazy: page(() => import('./replays-page'), 'ReplaysPage') },
    { path: '/replays/:replay', handle: lists, lazy: page(() => import('./replay-page'), 'ReplayPage') },
    { path: '/notices', lazy: page(() => import('./notices-page'), 'NoticesPage') },
    { path: '/notices/:notice', lazy: page(() => import('./notice-page'), 'NoticePage') },
  ],
  nav: [
    {
      path: '/claims',
      title: ['补贴申报', 'Subsidy claims'],
      icon: <AuditOutlined aria-hidden />,
      for: readsClaims,
      order: 26,
    },
    {
      path: '/policies',
      also: ['/rounds', '/replays', '/notices'],
      title: ['扶持政策', 'Policies'],
      icon: <ReadOutlined aria-hidden />,
      for: () => true,
      order: 27,
    },
  ],
};
