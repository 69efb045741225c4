import { createBrowserRouter, type RouteObject } from 'react-router';
import { accountPages } from '../account/pages';
import { financePages } from '../finance/pages';
import { inboxPages } from '../inbox/pages';
import { leadPages } from '../matching/lead/pages';
import { fairPages } from '../matching/fair/pages';
import { officePages } from '../matching/office/pages';
import { supplierPages } from '../matching/supplier/pages';
import { orderPages } from '../orders/pages';
import { registryPages } from '../registry/pages';
import { reportsPages } from '../reports/pages';
import { subsidyPages } from '../subsidies/pages';
import { Failed } from '../kit/page-state';
import { Home, NotFound } from './home';
import type { ContextPages } from './pages';
import { Shell } from './shell';

const contexts: ContextPages[] = [
  fairPages,
  supplierPages,
  leadPages,
  officePages,
  orderPages,
  reportsPages,
  registryPages,
  subsidyPages,
  financePages,
  inboxPages,
  accountPages,
];

export const navigation = contexts.flatMap(({ nav }) => nav).sort((a, b) => a.order - b.order);

const routes: RouteObject[] = [
  {
    path: '/',
    element: <Shell navigation={navigation} />,
    errorElement: <Failed />,
    children: [
      { index: true, element: <Home /> },
      ...contexts.flatMap((context) => context.routes).map((route) => ({ errorElement: <Failed />, ...route })),
      { path: '*', element: <NotFound /> },
    ],
  },
];

export const router = createBrowserRouter(routes);
