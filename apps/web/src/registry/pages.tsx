import { BankOutlined, IdcardOutlined, SafetyOutlined, TrophyOutlined } from '@ant-design/icons';
import { page, type ContextPages } from '../app/pages';
import type { Standing } from '../app/session';

const firm = ({ firm: one }: Standing): boolean => one;
const office = ({ office: one, auditor }: Standing): boolean => one || auditor;

export const registryPages: ContextPages = {
  routes: [
    {
      path: '/registration',
      handle: { for: firm },
      lazy: page(() => import('./own-registration-page'), 'OwnRegistrationPage'),
    },
    {
      path: '/registrations',
      handle: { for: office },
      lazy: page(() => import('./registrations-page'), 'RegistrationsPage'),
    },
    {
      path: '/registrations/:registrationId',
      handle: { for: office },
      lazy: page(() => import('./registration-page'), 'RegistrationPage'),
    },
    { path: '/enterprises', lazy: page(() => import('./enterprises-page'), 'EnterprisesPage') },
    { path: '/lead-lists', lazy: page(() => import('./lead-lists-page'), 'LeadListsPage') },
    { path: '/lead-lists/:listId', lazy: page(() => import('./lead-list-page'), 'LeadListPage') },
  ],
  nav: [
    {
      path: '/registration',
      title: ['企业资料', 'Our firm'],
      icon: <IdcardOutlined aria-hidden />,
      for: firm,
      order: 75,
    },
    {
      path: '/registrations',
      title: ['企业核验', 'Verification'],
      icon: <SafetyOutlined aria-hidden />,
      for: office,
      order: 20,
    },
    {
      path: '/enterprises',
      title: ['企业', 'Enterprises'],
      icon: <BankOutlined aria-hidden />,
      for: office,
      order: 40,
    },
    {
      path: '/lead-lists',
      title: ['龙头企业名单', 'Lead-firm lists'],
      icon: <TrophyOutlined aria-hidden />,
      for: office,
      order: 42,
    },
  ],
};
