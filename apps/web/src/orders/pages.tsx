import { FileTextOutlined } from '@ant-design/icons';
import { page, type ContextPages } from '../app/pages';
import type { Standing } from '../app/session';

const firm = (standing: Standing): boolean => standing.firm;
const reads = ({ firm: isFirm, office, auditor }: Standing): boolean => isFirm || office || auditor;
const ofFirms = ({ firm: isFirm, auditor }: Standing): boolean => isFirm || auditor;
const handle = { for: reads };
const acts = { for: firm };

export const orderPages: ContextPages = {
  routes: [
    { path: '/orders', handle, lazy: page(() => import('./orders-page'), 'OrdersPage') },
    { path: '/orders/new', handle: acts, lazy: page(() => import('./record-order-page'), 'RecordOrderPage') },
    { path: '/orders/:order', handle, lazy: page(() => import('./order-page'), 'OrderPage') },
    {
      path: '/orders/:order/contract-print',
      handle,
      lazy: page(() => import('./contract-print-page'), 'ContractPrintPage'),
    },
    {
      path: '/orders/:order/contract',
      handle: acts,
      lazy: page(() => import('./contract-form-page'), 'ContractFormPage'),
    },
    { path: '/orders/:order/delivery', handle: acts, lazy: page(() => import('./delivery-page'), 'DeliveryPage') },
    {
      path: '/orders/:order/deliveries/:fact/acceptance',
      handle: acts,
      lazy: page(() => import('./acceptance-page'), 'AcceptancePage'),
    },
    { path: '/orders/:order/return', handle: acts, lazy: page(() => import('./return-page'), 'ReturnPage') },
    { path: '/orders/:order/invoice', handle: acts, lazy: page(() => import('./invoice-page'), 'InvoicePage') },
    { path: '/orders/:order/payment', handle: acts, lazy: page(() => import('./payment-page'), 'PaymentPage') },
    { path: '/orders/:order/change', handle: acts, lazy: page(() => import('./change-page'), 'ChangePage') },
    { path: '/orders/:order/ending', handle: acts, lazy: page(() => import('./ending-page'), 'EndingPage') },
    { path: '/payment-clock', handle, lazy: page(() => import('./payment-clock-page'), 'PaymentClockPage') },
    { path: '/invoices', handle, lazy: page(() => import('./invoices-page'), 'InvoicesPage') },
    { path: '/statements', handle: { for: ofFirms }, lazy: page(() => import('./statements-page'), 'StatementsPage') },
    { path: '/statements/new', handle: acts, lazy: page(() => import('./new-statement-page'), 'NewStatementPage') },
    {
      path: '/statements/:statement',
      handle: { for: ofFirms },
      lazy: page(() => import('./statement-page'), 'StatementPage'),
    },
  ],
  nav: [
    {
      path: '/orders',
      also: ['/payment-clock', '/invoices', '/statements'],
      title: ['订单', 'Orders'],
      icon: <FileTextOutlined aria-hidden />,
      for: reads,
      // The third place at the bottom of an SME's phone.
      tab: ({ firm: isFirm, lead }) => (isFirm && !lead ? 2 : undefined),
      order: 24,
    },
  ],
};
