import { BellOutlined } from '@ant-design/icons';
import { page, type ContextPages } from '../app/pages';
import type { Standing } from '../app/session';

const signedIn = ({ me }: Standing): boolean => me !== null;

export const inboxPages: ContextPages = {
  routes: [
    { path: '/inbox', handle: { for: signedIn }, lazy: page(() => import('./inbox-page'), 'InboxPage') },
    { path: '/verify-mail', lazy: page(() => import('./verify-mail-page'), 'VerifyMailPage') },
    { path: '/unsubscribe', lazy: page(() => import('./unsubscribe-page'), 'UnsubscribePage') },
  ],
  nav: [{ path: '/inbox', title: ['消息', 'Messages'], icon: <BellOutlined aria-hidden />, for: signedIn, order: 70 }],
};
