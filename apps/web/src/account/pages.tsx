import { SafetyCertificateOutlined, TeamOutlined, UserOutlined } from '@ant-design/icons';
import { page, type ContextPages } from '../app/pages';
import type { Standing } from '../app/session';

const signedIn = { for: ({ me }: Standing) => me !== null };
const administrates = { for: ({ administrator, auditor }: Standing) => administrator || auditor };

export const accountPages: ContextPages = {
  routes: [
    { path: '/sign-in', lazy: page(() => import('./sign-in-page'), 'SignInPage') },
    { path: '/register', lazy: page(() => import('./register-page'), 'RegisterPage') },
    { path: '/password', lazy: page(() => import('./link-pages'), 'PasswordPage') },
    { path: '/join', lazy: page(() => import('./link-pages'), 'JoinPage') },
    { path: '/me', handle: signedIn, lazy: page(() => import('./me-page'), 'MePage') },
    {
      path: '/members',
      handle: { for: ({ firm }: Standing) => firm },
      lazy: page(() => import('./members-page'), 'MembersPage'),
    },
    { path: '/officers', handle: administrates, lazy: page(() => import('./officers-page'), 'OfficersPage') },
  ],
  nav: [
    {
      path: '/members',
      title: ['同事', 'Colleagues'],
      icon: <TeamOutlined aria-hidden />,
      for: ({ firm }) => firm,
      order: 80,
    },
    {
      path: '/officers',
      title: ['工作人员', 'Officers'],
      icon: <SafetyCertificateOutlined aria-hidden />,
      for: administrates.for,
      order: 82,
    },
    {
      path: '/me',
      title: ['我的账号', 'My account'],
      icon: <UserOutlined aria-hidden />,
      for: ({ me }) => me !== null,
      order: 90,
    },
  ],
};
