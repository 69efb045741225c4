import { useGet, type ItemOf } from '../api/queries';
import { useSearchParams } from 'react-router';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { Firm } from '../kit/firm';
import { StateTag, useLabels } from '../kit/labels';
import { ListPage } from '../kit/list-page';
import { Products } from './act-page';
import { DueBasis } from './due-basis';
import { isPositive } from './order-amounts';
import { SectionTabs } from './section-tabs';
import './orders.css';

const words = defineWords('payment-clock', {
  title: ['付款时限', 'Payment clock'],
  order: ['订单', 'Order'],
  partner: ['对方', 'Other firm'],
  lead: ['付款方', 'Debtor'],
  supplier: ['收款方', 'Creditor'],
  state: ['状态', 'State'],
  due: ['到期日', 'Due on'],
  noTerm: ['没有约定', 'no term'],
  amount: ['应付（含税）', 'Owed (with VAT)'],
  paid: ['已付', 'Paid'],
  open: ['未付', 'Open'],
  overdue: ['逾期天数', 'Days overdue'],
  days: ['{{count}} 天', '{{count}} d'],
  interest: ['逾期利息', 'Late interest'],
  accepted: ['验收', 'Accepted on'],
  basis: ['依据', 'Basis'],
  as: ['看哪些', 'Which'],
  owing: ['我方应付', 'What we owe'],
  owed: ['应付我方', 'What is owed to us'],
  search: ['搜产品或企业', 'Product or firm'],
  total: ['{{state}} {{count}} 笔', '{{state}}: {{count}}'],
  withInterest: ['利息', 'interest'],
  empty: [
    '没有应付的货款。验收后，到期日会出现在这里。',
    'Nothing is owed. Once goods are accepted, due days appear here.',
  ],
  orders: ['看订单', 'The orders'],
});

type Due = ItemOf<'/api/payment-clock'>;
const STATES = ['overdue', 'due-soon', 'later', 'no-term', 'paid'] as const;

/** 付款时限: what is owed to a firm and by it; of an office's firms all of it. */
export function PaymentClockPage() {
  const t = words.use();
  const label = useLabels();
  const standing = useStanding();
  const firm = standing?.firm ?? false;
  const lead = standing?.lead ?? false;
  const [params] = useSearchParams();
  const side = params.get('as');
  const as = side === 'lead' || side === 'supplier' ? side : undefined;
  const counts = useGet('/api/payment-clock/counts', { query: { ...(as && { as }) } });
  const totals = counts.data?.totals ?? [];
  const itemsOf = (state: string): number => totals.find((one) => one.state === state)?.items ?? 0;
  const states = STATES.map((value) => {
    const [name, count] = [label('due-state', value), itemsOf(value)];
    return { value, label: count > 0 ? `${name} ${count}` : name };
  });
  const running = totals.filter(({ state, items }) => items > 0 && state !== 'paid');
  return (
    <div className="page-part stacked-parts">
      <SectionTabs />
      <ListPage
        name="payment-clock"
        title={t('title')}
        path="/api/payment-clock"
        filters={[
          { key: 'state', kind: 'choice', label: t('state'), options: states },
          ...(firm && lead
            ? [
                {
                  key: 'as',
                  kind: 'choice' as const,
                  label: t('as'),
                  options: [
                    { value: 'lead', label: t('owing') },
                    { value: 'supplier', label: t('owed') },
                  ],
                },
              ]
            : []),
          { key: 'words', kind: 'words', label: t('search') },
        ]}
        hiddenFilters={['partner']}
        note={
          running.length > 0 && (
            <dl className="order-sums">
              {running.map(({ state, items, open, interest }) => (
                <div key={state}>
                  <dt>{t('total', { state: label('due-state', state), count: items })}</dt>
                  <dd className={state === 'overdue' ? 'late' : ''}>
                    <Money amount={open} />
                    {isPositive(interest) && (
                      <span className="secondary under">
                        {t('withInterest')} <Money amount={interest} />
                      </span>
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          )
        }
        columns={useColumns(firm)}
        rowKey={({ order, acceptance }) => `${order} ${acceptance}`}
        rowLink={({ order }) => `/orders/${order}`}
        exports={{ path: '/api/payment-clock/export' }}
        empty={{ text: t('empty'), action: { to: '/orders', text: t('orders') } }}
      />
    </div>
  );
}

function useColumns(own: boolean): Column<Due>[] {
  const t = words.use();
  return [
    { key: 'product', title: t('order'), card: 'head', cell: ({ products }) => <Products products={products} /> },
    {
      key: 'state',
      title: t('state'),
      card: 'side',
      exports: ['status'],
      cell: ({ state }) => <StateTag kind="due-state" value={state} />,
    },
    ...(own
      ? [
          {
            key: 'partner',
            title: t('partner'),
            exports: ['lead', 'supplier'],
            cell: ({ side, lead, supplier }: Due) => <Firm firm={side === 'lead' ? supplier : lead} />,
          },
        ]
      : [
          { key: 'lead', title: t('lead'), cell: ({ lead }: Due) => <Firm firm={lead} /> },
          { key: 'supplier', title: t('supplier'), cell: ({ supplier }: Due) => <Firm firm={supplier} /> },
        ]),
    {
      key: 'dueOn',
      title: t('due'),
      exports: ['dueOn', 'dueReason'],
      cell: ({ dueOn, state }) => (
        <span className={state === 'overdue' || state === 'due-soon' ? 'figure late' : 'figure'}>
          {dueOn ?? t('noTerm')}
        </span>
      ),
      orders: { ascend: 'due', descend: '-due' },
    },
    {
      key: 'amount',
      title: t('amount'),
      figure: true,
      cell: ({ amount }) => <Money amount={amount} />,
      orders: { ascend: 'amount', descend: '-amount' },
    },
    { key: 'paid', title: t('paid'), figure: true, card: 'none', cell: ({ paid }) => <Money amount={paid} /> },
    {
      key: 'open',
      title: t('open'),
      figure: true,
      cell: ({ open }) => (isPositive(open) ? <Money amount={open} /> : null),
      orders: { ascend: 'open', descend: '-open' },
    },
    {
      key: 'overdueDays',
      title: t('overdue'),
      figure: true,
      cell: ({ overdueDays }) => overdueDays > 0 && <span className="late">{t('days', { count: overdueDays })}</span>,
      orders: { ascend: 'overdue', descend: '-overdue' },
    },
    {
      key: 'interest',
      title: t('interest'),
      figure: true,
      exports: ['interest', 'interestReason', 'clockRow'],
      cell: ({ interest }) => (isPositive(interest) ? <Money amount={interest} /> : null),
      orders: { ascend: 'interest', descend: '-interest' },
    },
    {
      key: 'acceptedOn',
      title: t('accepted'),
      card: 'none',
      exports: ['deliveredOn', 'acceptedOn'],
      cell: ({ acceptedOn }) => <span className="figure">{acceptedOn}</span>,
    },
    { key: 'basis', title: t('basis'), card: 'foot', exports: [], cell: (due) => <DueBasis due={due} /> },
  ];
}
