import { Alert, Button } from 'antd';
import { Link } from 'react-router';
import { useGet, type ItemOf } from '../api/queries';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { Firm } from '../kit/firm';
import { StateTag, useChoices, useLabels } from '../kit/labels';
import { ListPage } from '../kit/list-page';
import { Products } from './act-page';
import { isZero } from './order-amounts';
import { SectionTabs } from './section-tabs';
import './orders.css';

const words = defineWords('orders', {
  title: ['订单', 'Orders'],
  partner: ['对方', 'Other firm'],
  lead: ['龙头企业', 'Lead firm'],
  supplier: ['配套企业', 'Supplier'],
  products: ['产品', 'Products'],
  state: ['状态', 'State'],
  holder: ['现在由谁处理', 'With whom'],
  us: ['我方', 'us'],
  ordered: ['订购（含税）', 'Ordered (with VAT)'],
  delivered: ['已收货（含税）', 'Accepted (with VAT)'],
  invoiced: ['已开票（含税）', 'Invoiced (with VAT)'],
  paid: ['已付', 'Paid'],
  owed: ['未付', 'Open'],
  due: ['下一到期日', 'Next due'],
  late: ['已逾期', 'overdue'],
  contract: ['合同日期', 'Contract date'],
  noContract: ['合同未登记', 'no contract yet'],
  search: ['搜产品或企业', 'Product or firm'],
  wanting: ['要处理的', 'What to do'],
  me: ['待我确认', 'For me to answer'],
  meOffice: ['待工信认定', 'For the office to decide'],
  overdue: ['逾期', 'Overdue'],
  disputed: ['有争议', 'Disputed'],
  count: ['{{name}} {{count}}', '{{name}} {{count}}'],
  as: ['哪一方', 'Side'],
  record: ['补录平台外的订单', 'Record an order made elsewhere'],
  empty: ['还没有订单。接单后，订单会自动出现在这里。', 'No orders yet. They appear once awards are accepted.'],
  emptyLead: [
    '还没有订单。对方接单后，订单会自动出现在这里。',
    'No orders yet. They appear once your awards are accepted.',
  ],
  find: ['去找需求', 'Find demands'],
  waiting: ['有 {{count}} 份中选等你接单', '{{count}} awards wait for your answer'],
  accept: ['去接单', 'Answer them'],
});

type Order = ItemOf<'/api/orders'>;
/** What was found not to be is seldom looked for. */
const STATES = ['to-confirm', 'performing', 'performed', 'early-end', 'default'];

/** 订单: of a firm on either side; of the offices over their firms. */
export function OrdersPage() {
  const t = words.use();
  const standing = useStanding();
  const states = useChoices('order-state', STATES);
  const sides = useChoices('order-as');
  const counts = useGet('/api/orders/counts', {});
  const firm = standing?.firm ?? false;
  const writes = firm && standing?.me?.party?.innerRole !== 'viewer';
  const counted = (name: string, count: number | undefined): string => (count ? t('count', { name, count }) : name);
  const wanting = [
    { value: 'me', label: counted(t(firm ? 'me' : 'meOffice'), counts.data?.waiting) },
    { value: 'overdue', label: counted(t('overdue'), counts.data?.overdue) },
    { value: 'disputed', label: counted(t('disputed'), counts.data?.disputed) },
  ];
  return (
    <div className="page-part stacked-parts">
      <SectionTabs />
      {firm && !standing?.lead && <AwardsWaiting />}
      <ListPage
        name="orders"
        title={t('title')}
        path="/api/orders"
        filters={[
          { key: 'wanting', kind: 'choice', label: t('wanting'), options: wanting },
          { key: 'state', kind: 'choice', label: t('state'), options: states },
          ...(standing?.lead ? [{ key: 'as', kind: 'choice' as const, label: t('as'), options: sides }] : []),
          { key: 'words', kind: 'words', label: t('search') },
        ]}
        hiddenFilters={['partner', 'award']}
        columns={useColumns(firm)}
        rowKey={({ order }) => order}
        rowLink={({ order }) => `/orders/${order}`}
        exports={{ path: '/api/orders/export' }}
        actions={
          writes && (
            <Link to="/orders/new">
              <Button>{t('record')}</Button>
            </Link>
          )
        }
        empty={
          firm && !standing?.lead
            ? { text: t('empty'), action: { to: '/find', text: t('find') } }
            : { text: t('emptyLead') }
        }
      />
    </div>
  );
}

function useColumns(own: boolean): Column<Order>[] {
  const t = words.use();
  return [
    {
      key: 'product',
      title: t('products'),
      card: 'head',
      cell: ({ products }) => <Products products={products} />,
    },
    {
      key: 'state',
      title: t('state'),
      card: 'side',
      exports: ['status'],
      cell: ({ state }) => <StateTag kind="order-state" value={state} />,
      orders: { ascend: 'state', descend: '-state' },
    },
    ...(own
      ? [
          {
            key: 'partner',
            title: t('partner'),
            exports: ['lead', 'supplier'],
            cell: ({ side, lead, supplier }: Order) => <Firm firm={side === 'lead' ? supplier : lead} />,
          },
        ]
      : [
          { key: 'lead', title: t('lead'), cell: ({ lead }: Order) => <Firm firm={lead} /> },
          { key: 'supplier', title: t('supplier'), cell: ({ supplier }: Order) => <Firm firm={supplier} /> },
        ]),
    {
      key: 'holders',
      title: t('holder'),
      cell: (order) => <Holders order={order} />,
    },
    {
      key: 'orderedGross',
      title: t('ordered'),
      figure: true,
      cell: ({ orderedGross }) => <Money amount={orderedGross} />,
      orders: { ascend: 'ordered', descend: '-ordered' },
    },
    {
      key: 'deliveredGross',
      title: t('delivered'),
      figure: true,
      cell: ({ deliveredGross }) => <Money amount={deliveredGross} />,
    },
    {
      key: 'invoicedGross',
      title: t('invoiced'),
      figure: true,
      card: 'none',
      cell: ({ invoicedGross }) => <Money amount={invoicedGross} />,
    },
    { key: 'paid', title: t('paid'), figure: true, cell: ({ paid }) => <Money amount={paid} /> },
    {
      key: 'owed',
      title: t('owed'),
      figure: true,
      cell: ({ owed }) => (isZero(owed) ? null : <Money amount={owed} />),
      orders: { ascend: 'owed', descend: '-owed' },
    },
    {
      key: 'nextDueOn',
      title: t('due'),
      cell: ({ nextDueOn, isOverdue }) =>
        nextDueOn && (
          <span className={isOverdue ? 'figure late' : 'figure'}>
            {nextDueOn}
            {isOverdue && ` ${t('late')}`}
          </span>
        ),
      orders: { ascend: 'due', descend: '-due' },
    },
    {
      key: 'contractDate',
      title: t('contract'),
      card: 'none',
      cell: ({ contractDate, contractMissing }) =>
        contractMissing ? (
          <span className="secondary">{t('noContract')}</span>
        ) : (
          <span className="figure">{contractDate}</span>
        ),
    },
  ];
}

function Holders({ order: { side, holders } }: { order: Order }) {
  const t = words.use();
  const label = useLabels();
  return <>{holders.map((holder) => (holder === side ? t('us') : label('order-holder', holder))).join(' / ')}</>;
}

/** An order begins with a share that is accepted; the way there is one press. */
function AwardsWaiting() {
  const t = words.use();
  const { data } = useGet('/api/my-shares', { query: { state: 'offered', limit: '50' } });
  const count = data?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={t('waiting', { count })}
      action={
        <Link to="/my-awards">
          <Button type="primary">{t('accept')}</Button>
        </Link>
      }
    />
  );
}
