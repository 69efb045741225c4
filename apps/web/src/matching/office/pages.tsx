import { AuditOutlined, EyeOutlined, FileSearchOutlined, HistoryOutlined } from '@ant-design/icons';
import { page, type ContextPages } from '../../app/pages';
import type { Standing } from '../../app/session';

const reads = ({ office, auditor }: Standing): boolean => office || auditor;
const looks = ({ auditor }: Standing): boolean => auditor;

export const officePages: ContextPages = {
  routes: [
    {
      path: '/matches',
      handle: { for: reads },
      lazy: page(() => import('./match-register-page'), 'MatchRegisterPage'),
    },
    { path: '/matches/:match', handle: { for: reads }, lazy: page(() => import('./match-page'), 'MatchPage') },
    {
      path: '/checks',
      handle: { for: ({ firm, ...rest }: Standing) => firm || reads({ firm, ...rest }) },
      lazy: page(() => import('./checks-page'), 'ChecksPage'),
    },
    // The firms of the match read it too, and give their statements.
    { path: '/checks/:match/:check', lazy: page(() => import('./check-page'), 'CheckPage') },
    { path: '/looks', handle: { for: looks }, lazy: page(() => import('./records-pages'), 'LooksPage') },
    {
      path: '/account-acts',
      handle: { for: looks },
      lazy: page(() => import('./records-pages'), 'AccountActsPage'),
    },
  ],
  nav: [
    {
      path: '/matches',
      title: ['对接台账', 'Match register'],
      icon: <FileSearchOutlined aria-hidden />,
      for: reads,
      order: 25,
    },
    { path: '/checks', title: ['核查', 'Checks'], icon: <AuditOutlined aria-hidden />, for: reads, order: 30 },
    {
      path: '/looks',
      title: ['查看与导出记录', 'Looks and exports'],
      icon: <EyeOutlined aria-hidden />,
      for: looks,
      order: 60,
    },
    {
      path: '/account-acts',
      title: ['账号记录', 'Account acts'],
      icon: <HistoryOutlined aria-hidden />,
      for: looks,
      order: 62,
    },
  ],
};
