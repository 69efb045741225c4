import {
  AppstoreAddOutlined,
  CheckCircleOutlined,
  FileDoneOutlined,
  SearchOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { page, type ContextPages } from '../../app/pages';
import type { Standing } from '../../app/session';

const firm = (standing: Standing): boolean => standing.firm;
/** Lead firms may offer to each other; the places at the bottom of their phones are others. */
const supplier = ({ firm: isFirm, lead }: Standing): boolean => isFirm && !lead;
const tab =
  (place: number) =>
  (standing: Standing): number | undefined =>
    supplier(standing) ? place : undefined;
const handle = { for: firm };

export const supplierPages: ContextPages = {
  routes: [
    { path: '/find', handle, lazy: page(() => import('./find-page'), 'FindPage') },
    { path: '/find/all', handle, lazy: page(() => import('./find-page'), 'AllDemandsPage') },
    { path: '/listings/:listing/offer', handle, lazy: page(() => import('./offer-page'), 'OfferPage') },
    {
      path: '/catalogues/:catalogue/offer',
      handle,
      lazy: page(() => import('./catalogue-offer-page'), 'CatalogueOfferPage'),
    },
    { path: '/my-offers', handle, lazy: page(() => import('./my-offers-page'), 'MyOffersPage') },
    { path: '/my-offers/:offer', handle, lazy: page(() => import('./my-offer-page'), 'MyOfferPage') },
    { path: '/my-awards', handle, lazy: page(() => import('./my-awards-page'), 'MyAwardsPage') },
    { path: '/my-awards/all', handle, lazy: page(() => import('./my-awards-page'), 'AllAwardsPage') },
    { path: '/promotions', handle, lazy: page(() => import('./promotions-page'), 'PromotionsPage') },
    { path: '/promotions/new', handle, lazy: page(() => import('./promotion-form-page'), 'NewPromotionPage') },
    { path: '/promotions/import', handle, lazy: page(() => import('./promotion-import-page'), 'PromotionImportPage') },
    {
      path: '/promotions/:promotion/edit',
      handle,
      lazy: page(() => import('./promotion-form-page'), 'ChangePromotionPage'),
    },
    { path: '/mine', handle, lazy: page(() => import('./mine-page'), 'MinePage') },
  ],
  nav: [
    {
      path: '/find',
      title: ['找需求', 'Find demands'],
      icon: <SearchOutlined aria-hidden />,
      for: firm,
      tab: tab(0),
      order: 50,
    },
    {
      path: '/my-offers',
      title: ['我的报价', 'My offers'],
      icon: <FileDoneOutlined aria-hidden />,
      for: firm,
      tab: tab(1),
      order: 51,
    },
    {
      path: '/my-awards',
      title: ['接单', 'Accept awards'],
      icon: <CheckCircleOutlined aria-hidden />,
      for: firm,
      order: 52,
    },
    {
      path: '/promotions',
      title: ['我的产品', 'My products'],
      icon: <AppstoreAddOutlined aria-hidden />,
      for: firm,
      order: 53,
    },
    {
      path: '/mine',
      title: ['我的', 'Me'],
      icon: <UserOutlined aria-hidden />,
      // A lead's menu holds all of it by itself.
      for: ({ firm: isFirm, lead }) => isFirm && !lead,
      tab: tab(3),
      order: 80,
    },
  ],
};
