import { defineWords } from '../app/language';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { useLabels } from '../kit/labels';
import { Rows } from '../kit/rows';
import { DueBasis } from './due-basis';
import { isPositive } from './order-amounts';
import type { OrderView } from './order-view';

const words = defineWords('order-dues', {
  title: ['付款时限', 'Payment clock'],
  accepted: ['验收', 'Accepted on'],
  amount: ['应付（含税）', 'Owed (with VAT)'],
  due: ['到期日', 'Due on'],
  paid: ['已付', 'Paid'],
  open: ['未付', 'Open'],
  overdue: ['逾期', 'Overdue'],
  days: ['{{count}} 天', '{{count}} d'],
  interest: ['逾期利息', 'Interest'],
  basis: ['依据', 'Basis'],
});

type Due = OrderView['clock']['dues'][number];

/** What was accepted at one time, when it is due, and what of it is paid; with the basis one press away. */
export function OrderDues({ order }: { order: OrderView }) {
  const t = words.use();
  const label = useLabels();
  const { dues, row, holds, interest, dailyRate, lpr } = order.clock;
  if (dues.length === 0) return null;
  const columns: Column<Due>[] = [
    {
      key: 'acceptedOn',
      title: t('accepted'),
      card: 'head',
      cell: ({ acceptedOn }) => <span className="figure">{acceptedOn}</span>,
    },
    { key: 'amount', title: t('amount'), figure: true, cell: ({ amount }) => <Money amount={amount} /> },
    {
      key: 'dueOn',
      title: t('due'),
      cell: ({ dueOn, reason }) => <span className="figure">{dueOn ?? label('due-reason', reason)}</span>,
    },
    { key: 'paid', title: t('paid'), figure: true, cell: ({ paid }) => <Money amount={paid} /> },
    {
      key: 'open',
      title: t('open'),
      figure: true,
      card: 'side',
      cell: ({ open }) => (isPositive(open) ? <Money amount={open} /> : null),
    },
    {
      key: 'overdue',
      title: t('overdue'),
      figure: true,
      cell: ({ overdueDays }) => overdueDays > 0 && <span className="late">{t('days', { count: overdueDays })}</span>,
    },
    {
      key: 'interest',
      title: t('interest'),
      figure: true,
      cell: (due) => isPositive(due.interest) && <Money amount={due.interest} />,
    },
    {
      key: 'basis',
      title: t('basis'),
      card: 'foot',
      cell: (due) => (
        <DueBasis due={{ ...due, row, holds, interestReason: interest, dailyRate, lpr, ...dates(order) }} />
      ),
    },
  ];
  return (
    <section aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <Rows caption={t('title')} items={dues} columns={columns} rowKey={({ acceptance }) => acceptance} />
    </section>
  );
}

const dates = ({ contractDate }: OrderView) => ({ contractDate });
