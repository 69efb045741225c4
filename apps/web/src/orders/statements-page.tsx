import { Button } from 'antd';
import { Link } from 'react-router';
import type { ItemOf } from '../api/queries';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { Firm } from '../kit/firm';
import { StateTag, useChoices } from '../kit/labels';
import { ListPage } from '../kit/list-page';
import { SectionTabs } from './section-tabs';
import './orders.css';

const words = defineWords('statements', {
  title: ['对账单', 'Statements'],
  month: ['月份', 'Month'],
  partner: ['对方', 'Other firm'],
  lead: ['龙头企业', 'Lead firm'],
  supplier: ['配套企业', 'Supplier'],
  state: ['状态', 'State'],
  delivered: ['送货（未税）', 'Delivered (without VAT)'],
  invoiced: ['开票（含税）', 'Invoiced (with VAT)'],
  paid: ['付款', 'Paid'],
  waiting: ['要处理的', 'What to do'],
  me: ['待我确认', 'For me to answer'],
  draw: ['做对账单', 'Draw up a statement'],
  empty: [
    '还没有对账单。一张发票或一笔付款涉及几张订单时，用对账单分摊。',
    'No statements yet. Where an invoice or a payment is for several orders, a statement divides it.',
  ],
});

type Statement = ItemOf<'/api/statements'>;

/** 对账单 of a firm, or (for the auditor) of all. */
export function StatementsPage() {
  const t = words.use();
  const standing = useStanding();
  const firm = standing?.firm ?? false;
  const writes = firm && standing?.me?.party?.innerRole !== 'viewer';
  return (
    <div className="page-part stacked-parts">
      <SectionTabs />
      <ListPage
        name="statements"
        title={t('title')}
        path="/api/statements"
        filters={[
          { key: 'wanting', kind: 'choice', label: t('waiting'), options: [{ value: 'me', label: t('me') }] },
          { key: 'state', kind: 'choice', label: t('state'), options: useChoices('statement-state') },
        ]}
        hiddenFilters={['partner', 'month']}
        columns={useColumns(firm)}
        rowKey={({ statement }) => statement}
        rowLink={({ statement }) => `/statements/${statement}`}
        actions={
          writes && (
            <Link to="/statements/new">
              <Button type="primary">{t('draw')}</Button>
            </Link>
          )
        }
        empty={{ text: t('empty') }}
      />
    </div>
  );
}

function useColumns(own: boolean): Column<Statement>[] {
  const t = words.use();
  return [
    {
      key: 'month',
      title: t('month'),
      card: 'head',
      cell: ({ month }) => <span className="figure">{month}</span>,
    },
    {
      key: 'state',
      title: t('state'),
      card: 'side',
      cell: ({ state }) => <StateTag kind="statement-state" value={state} />,
    },
    ...(own
      ? [
          {
            key: 'partner',
            title: t('partner'),
            cell: ({ side, lead, supplier }: Statement) => <Firm firm={side === 'lead' ? supplier : lead} />,
          },
        ]
      : [
          { key: 'lead', title: t('lead'), cell: ({ lead }: Statement) => <Firm firm={lead} /> },
          { key: 'supplier', title: t('supplier'), cell: ({ supplier }: Statement) => <Firm firm={supplier} /> },
        ]),
    {
      key: 'delivered',
      title: t('delivered'),
      figure: true,
      cell: ({ delivered }) => <Money amount={delivered} />,
    },
    { key: 'invoiced', title: t('invoiced'), figure: true, cell: ({ invoiced }) => <Money amount={invoiced} /> },
    { key: 'paid', title: t('paid'), figure: true, cell: ({ paid }) => <Money amount={paid} /> },
  ];
}
