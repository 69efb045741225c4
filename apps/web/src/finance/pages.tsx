import { BankOutlined, PayCircleOutlined } from '@ant-design/icons';
import { page, type ContextPages } from '../app/pages';
import type { Role, Standing } from '../app/session';

const holds = ({ me }: Standing, ...roles: Role[]): boolean => roles.some((role) => me?.roles.includes(role));
const asks = (standing: Standing): boolean => standing.firm;
const lends = (standing: Standing): boolean => holds(standing, 'bank');
const ofRequests = (standing: Standing): boolean =>
  standing.firm || holds(standing, 'bank', 'adviser', 'city-officer', 'auditor');
const ofLoans = (standing: Standing): boolean =>
  standing.firm || holds(standing, 'bank', 'city-officer', 'city-finance', 'auditor');

export const financePages: ContextPages = {
  routes: [
    { path: '/finance', handle: { for: ofRequests }, lazy: page(() => import('./requests-page'), 'RequestsPage') },
    { path: '/finance/new', handle: { for: asks }, lazy: page(() => import('./ask-page'), 'AskPage') },
    {
      path: '/finance/:request',
      handle: { for: ofRequests },
      lazy: page(() => import('./request-page'), 'RequestPage'),
    },
    { path: '/loans', handle: { for: ofLoans }, lazy: page(() => import('./loans-page'), 'LoansPage') },
    { path: '/loans/new', handle: { for: lends }, lazy: page(() => import('./evidence-page'), 'EvidencePage') },
    { path: '/loans/:loan', handle: { for: ofLoans }, lazy: page(() => import('./loan-page'), 'LoanPage') },
  ],
  nav: [
    {
      path: '/finance',
      title: ['融资需求', 'Finance'],
      icon: <PayCircleOutlined aria-hidden />,
      for: ofRequests,
      order: 28,
    },
    { path: '/loans', title: ['贷款', 'Loans'], icon: <BankOutlined aria-hidden />, for: ofLoans, order: 29 },
  ],
};
