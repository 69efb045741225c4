import { Link, useParams, useSearchParams } from 'react-router';
import type { Api } from '../api/client';
import { defineWords } from '../app/language';
import type { Column } from '../kit/columns';
import { Money } from '../kit/figures';
import { Firm } from '../kit/firm';
import { useLabels } from '../kit/labels';
import { ListPage } from '../kit/list-page';
import { useAreas } from '../kit/reference';
import { Moment } from '../kit/time';

const words = defineWords('fact-rows', {
  title: [
    '{{day}} 日报 · {{office}} · {{figure}} · {{period}}',
    'Report of {{day}} · {{office}} · {{figure}} · {{period}}',
  ],
  facts: ['明细 · {{figure}}', 'Rows · {{figure}}'],
  all: ['全部', 'all'],
  product: ['产品', 'Product'],
  firm: ['企业', 'Firm'],
  other: ['对方企业', 'Other firm'],
  amount: ['数额', 'Counts as'],
  at: ['发生时间', 'When'],
  recorded: ['记录时间', 'Recorded'],
  empty: ['没有明细', 'No rows'],
});

type Fact = Api['FactView'];

function useColumns(figure: string): Column<Fact>[] {
  const t = words.use();
  return [
    {
      key: 'product',
      title: t('product'),
      card: 'head',
      cell: ({ listing, product }) => <Link to={`/listings/${listing}`}>{product}</Link>,
    },
    { key: 'firm', title: t('firm'), cell: ({ firm }) => <Firm firm={firm} /> },
    { key: 'other', title: t('other'), cell: ({ other }) => other && <Firm firm={other} /> },
    {
      key: 'amount',
      title: t('amount'),
      figure: true,
      cell: ({ amount }) => (figure === 'awarded' ? <Money amount={amount} /> : amount),
    },
    { key: 'at', title: t('at'), cell: ({ at }) => <Moment at={at} /> },
    { key: 'recordedAt', title: t('recorded'), cell: ({ recordedAt }) => <Moment at={recordedAt} />, card: 'none' },
  ];
}

/** The rows behind one figure of a day report: those that it was signed on. */
export function DayReportRowsPage() {
  const t = words.use();
  const label = useLabels();
  const { areaName } = useAreas();
  const { day = '' } = useParams();
  const [params] = useSearchParams();
  const office = params.get('office') ?? 'total';
  const figure = (params.get('figure') ?? 'demands') as Fact['figure'];
  const period = params.get('period') === 'day' ? 'day' : 'cumulative';
  const officeName = office === 'total' || office === 'elsewhere' ? label('report-line', office) : areaName(office);
  return (
    <ListPage
      name="day-report-rows"
      title={t('title', {
        day,
        office: officeName,
        figure: label('report-figure', figure),
        period: label('report-period', period),
      })}
      path="/api/day-reports/{day}/rows"
      asked={{ path: { day }, query: { office, figure, period } }}
      rowKey={({ fact }) => fact}
      empty={{ text: t('empty') }}
      columns={useColumns(figure)}
    />
  );
}

/** The rows behind a mark of a dashboard. */
export function DashboardFactsPage() {
  const t = words.use();
  const label = useLabels();
  const [params] = useSearchParams();
  const figure = params.get('figure');
  return (
    <ListPage
      name="dashboard-facts"
      title={t('facts', { figure: figure ? label('report-figure', figure) : t('all') })}
      path="/api/dashboards/facts"
      hiddenFilters={['from', 'to', 'area', 'industry', 'figure']}
      rowKey={({ fact }) => fact}
      empty={{ text: t('empty') }}
      columns={useColumns(figure ?? '')}
    />
  );
}
