import { ShopOutlined } from '@ant-design/icons';
import { page, type ContextPages } from '../../app/pages';

export const fairPages: ContextPages = {
  routes: [
    { path: '/fair', lazy: page(() => import('./fair-page'), 'FairPage') },
    { path: '/fair/promotions', lazy: page(() => import('./fair-promotions-page'), 'FairPromotionsPage') },
    { path: '/promotions/:promotion', lazy: page(() => import('./promotion-page'), 'PromotionPage') },
  ],
  nav: [
    {
      path: '/fair',
      title: ['对接大厅', 'The fair'],
      icon: <ShopOutlined aria-hidden />,
      for: () => true,
      // Who has work here has other places at the bottom of a phone.
      tab: ({ me }) => (me === null ? 0 : undefined),
      order: 90,
    },
  ],
};
