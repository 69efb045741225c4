import { BarChartOutlined, CalendarOutlined } from '@ant-design/icons';
import { page, type ContextPages } from '../app/pages';
import type { Standing } from '../app/session';

const reads = ({ office, auditor }: Standing): boolean => office || auditor;

export const reportsPages: ContextPages = {
  routes: [
    { path: '/day-reports', handle: { for: reads }, lazy: page(() => import('./day-reports-page'), 'DayReportsPage') },
    {
      path: '/day-reports/:day',
      handle: { for: reads },
      lazy: page(() => import('./day-report-page'), 'DayReportPage'),
    },
    {
      path: '/day-reports/:day/rows',
      handle: { for: reads },
      lazy: page(() => import('./fact-rows-page'), 'DayReportRowsPage'),
    },
    { path: '/dashboards', handle: { for: reads }, lazy: page(() => import('./dashboards-page'), 'DashboardsPage') },
    {
      path: '/dashboards/facts',
      handle: { for: reads },
      lazy: page(() => import('./fact-rows-page'), 'DashboardFactsPage'),
    },
    {
      path: '/dashboards/listings',
      handle: { for: reads },
      lazy: page(() => import('./dashboard-rows-pages'), 'ListingOutcomesPage'),
    },
    {
      path: '/dashboards/suppliers',
      handle: { for: reads },
      lazy: page(() => import('./dashboard-rows-pages'), 'AwardedSuppliersPage'),
    },
    {
      path: '/enterprises/:uscc',
      handle: { for: reads },
      lazy: page(() => import('./enterprise-audit-page'), 'EnterpriseAuditPage'),
    },
  ],
  nav: [
    {
      path: '/day-reports',
      title: ['日报', 'Day reports'],
      icon: <CalendarOutlined aria-hidden />,
      for: reads,
      tab: ({ office }) => (office ? 1 : undefined),
      order: 32,
    },
    {
      path: '/dashboards',
      title: ['统计', 'Dashboards'],
      icon: <BarChartOutlined aria-hidden />,
      for: reads,
      order: 35,
    },
  ],
};
