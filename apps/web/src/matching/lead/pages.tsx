import { AuditOutlined, FolderOpenOutlined, ScheduleOutlined } from '@ant-design/icons';
import { page, type ContextPages } from '../../app/pages';
import type { Standing } from '../../app/session';

const lead = { for: (standing: Standing) => standing.lead };
const HELPING: readonly string[] = ['bank', 'adviser', 'county-finance', 'city-finance'];
const helps = ({ me }: Standing): boolean => me?.roles.some((role) => HELPING.includes(role)) ?? false;
const waitedFor = { for: (standing: Standing) => standing.lead || standing.office || helps(standing) };
/** Everybody who works here has a start page; in the navigation it stands for those whose work begins there. */
const started = { for: (standing: Standing) => standing.firm || standing.auditor || waitedFor.for(standing) };
// A firm that has left the lists concludes what it began.
const firm = { for: (standing: Standing) => standing.firm };
const boards = { for: (standing: Standing) => standing.firm || standing.office || standing.auditor };

export const leadPages: ContextPages = {
  routes: [
    { path: '/home', handle: started, lazy: page(() => import('./home-page'), 'HomePage') },
    { path: '/catalogues', handle: lead, lazy: page(() => import('./catalogue-list-page'), 'CatalogueListPage') },
    { path: '/catalogues/new', handle: lead, lazy: page(() => import('./import-page'), 'NewCataloguePage') },
    { path: '/catalogues/:catalogue', handle: lead, lazy: page(() => import('./catalogue-page'), 'CataloguePage') },
    {
      path: '/catalogues/:catalogue/board',
      handle: firm,
      lazy: page(() => import('./board-catalogue-page'), 'CatalogueBoardPage'),
    },
    { path: '/listings/:listing', lazy: page(() => import('./listing-page'), 'ListingPage') },
    { path: '/listings/:listing/board', handle: boards, lazy: page(() => import('./board-page'), 'BoardPage') },
    { path: '/awards', handle: firm, lazy: page(() => import('./award-list-page'), 'AwardListPage') },
  ],
  nav: [
    {
      path: '/home',
      title: ['待办', 'To do'],
      icon: <ScheduleOutlined aria-hidden />,
      for: waitedFor.for,
      tab: () => 1,
      order: 1,
    },
    {
      path: '/catalogues',
      title: ['需求目录', 'Catalogues'],
      icon: <FolderOpenOutlined aria-hidden />,
      for: lead.for,
      tab: ({ lead: isLead }) => (isLead ? 2 : undefined),
      order: 10,
    },
    {
      path: '/awards',
      title: ['定标', 'Awards'],
      icon: <AuditOutlined aria-hidden />,
      for: lead.for,
      tab: ({ lead: isLead }) => (isLead ? 3 : undefined),
      order: 11,
    },
  ],
};
