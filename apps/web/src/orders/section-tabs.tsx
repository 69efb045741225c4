import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import { LinkTabs } from '../kit/link-tabs';

const words = defineWords('orders-section', {
  label: ['订单与货款', 'Orders and payments'],
  orders: ['订单', 'Orders'],
  clock: ['付款时限', 'Payment clock'],
  invoices: ['发票', 'Invoices'],
  statements: ['对账单', 'Statements'],
});

/** The lists around orders, side by side. Statements are the two firms' own. */
export function SectionTabs() {
  const t = words.use();
  const firm = useStanding()?.firm ?? false;
  return (
    <LinkTabs
      label={t('label')}
      tabs={[
        { to: '/orders', text: t('orders') },
        { to: '/payment-clock', text: t('clock') },
        { to: '/invoices', text: t('invoices') },
        ...(firm ? [{ to: '/statements', text: t('statements') }] : []),
      ]}
    />
  );
}
