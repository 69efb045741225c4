import { Segmented, Space } from 'antd';
import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import { Chart } from '../kit/chart';
import { withThousands } from '../kit/decimal-text';
import { DayInput } from '../kit/inputs';
import { useChoices, useLabels } from '../kit/labels';
import { Read } from '../kit/page-state';
import { useAreas, useIndustries } from '../kit/reference';
import { dayText, platformNow } from '../kit/time';
import {
  barsByPlace,
  barsOverTime,
  Exact,
  everyPeriod,
  lineOverTime,
  percentText,
  placesByAmount,
} from './dashboard-options';
import type { Period } from './dashboard-options';

const words = defineWords('dashboards', {
  title: ['统计', 'Dashboards'],
  from: ['自', 'From'],
  to: ['至', 'To'],
  bucket: ['按', 'By'],
  trade: [
    '发布需求 {{demands}} 条，报价企业 {{offerers}} 家次，定标 {{awarded}} 元',
    '{{demands}} demands, {{offerers}} offering enterprises, {{awarded}} yuan awarded',
  ],
  byArea: ['{{name}}定标最多：{{awarded}} 元', '{{name}} awarded most: {{awarded}} yuan'],
  byAreaNone: ['各县（市、区）尚无定标', 'No county has awarded yet'],
  byIndustry: ['{{name}}定标最多：{{awarded}} 元', '{{name}} awarded most: {{awarded}} yuan'],
  byIndustryNone: ['各行业尚无定标', 'No industry has awarded yet'],
  fill: [
    '截止的 {{closed}} 条需求中，足额满足 {{filled}} 条，未成交 {{unfilled}} 条',
    'Of {{closed}} closed listings {{filled}} were filled and {{unfilled}} stayed unfilled',
  ],
  days: ['从截止到首次定标平均 {{days}} 天', '{{days}} days on average from the close to the first award'],
  daysNone: ['还没有定标', 'No awards yet'],
  sme: ['中选企业中，中小微企业占 {{share}}', '{{share}} of the awarded suppliers are small and medium'],
  smeNone: ['还没有中选企业', 'No suppliers were awarded yet'],
  period: ['时段', 'Period'],
  demands: ['需求（条）', 'Demands'],
  offerers: ['报价企业（家）', 'Offering enterprises'],
  awarded: ['定标（元）', 'Awarded (yuan)'],
  area: ['县（市、区）', 'County'],
  industry: ['行业', 'Industry'],
  fillRate: ['满足率', 'Fill rate'],
  fromClose: ['截止到定标（天）', 'Close to award (days)'],
  fromPublication: ['发布到定标（天）', 'Publication to award (days)'],
  size: ['规模', 'Size'],
  enterprises: ['企业（家）', 'Enterprises'],
  basis: [
    '点图形看背后的明细。截止前只计企业数，不含任何价格；金额为中选份额的未税金额。',
    'Press a mark for its rows. Before the close only enterprises are counted, never a price; amounts are awarded shares without VAT.',
  ],
});

const DAY = 86_400_000;
const DAYS_SHOWN = 60;

type Mark = { readonly from: string; readonly to: string };

/** What was published, offered and awarded over time and by place; every mark opens the rows behind it. */
export function DashboardsPage() {
  const t = words.use();
  const [params, setParams] = useSearchParams();
  const buckets = useChoices('dashboard-bucket');
  const period: Period = {
    from: params.get('from') ?? dayText(new Date(platformNow() - DAYS_SHOWN * DAY)),
    to: params.get('to') ?? dayText(new Date(platformNow())),
    bucket: (params.get('bucket') as Period['bucket'] | null) ?? 'week',
  };
  const set = (key: string, value: string | undefined): void =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(key, value);
        else next.delete(key);
        return next;
      },
      { replace: true },
    );
  return (
    <section className="page-part list-page">
      <h1>{t('title')}</h1>
      <Space wrap className="no-print">
        <DayInput label={t('from')} value={period.from} onChange={(day) => set('from', day)} />
        <DayInput label={t('to')} value={period.to} onChange={(day) => set('to', day)} />
        <Segmented
          aria-label={t('bucket')}
          value={period.bucket}
          options={buckets}
          onChange={(bucket) => set('bucket', bucket)}
        />
      </Space>
      <p className="secondary">{t('basis')}</p>
      <div className="chart-grid">
        <Trade period={period} />
        <ByPlace period={period} by="area" />
        <ByPlace period={period} by="industry" />
        <Outcomes period={period} />
        <Suppliers period={period} />
      </div>
    </section>
  );
}

const markText = ({ from, to }: Mark): string => (from === to ? from : `${from} – ${to}`);
const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
const sum = (values: readonly string[]): string =>
  values.reduce((all, value) => all.plus(value), new Exact(0)).toFixed();
const count = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const address = (path: string, query: Record<string, string | undefined>): string =>
  `${path}?${new URLSearchParams(Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined)).toString()}`;

function Trade({ period }: { period: Period }) {
  const trade = useGet('/api/dashboards/trade', { query: { ...period, by: 'none' } });
  return <Read query={trade}>{({ items }) => <TradeChart items={items} period={period} />}</Read>;
}

function TradeChart({ items, period }: { items: Api['TradeMarkView'][]; period: Period }) {
  const t = words.use();
  const go = useNavigate();
  const periods = useMemo(() => everyPeriod(period, items), [period, items]);
  const option = useMemo(
    () =>
      barsOverTime(periods.map(markText), [
        { name: t('demands'), values: periods.map(({ mark }) => mark?.demands) },
        { name: t('offerers'), values: periods.map(({ mark }) => mark?.offerers) },
      ]),
    [periods, t],
  );
  return (
    <Chart
      title={t('trade', {
        demands: count(items.map(({ demands }) => demands)),
        offerers: count(items.map(({ offerers }) => offerers)),
        awarded: withThousands(sum(items.map(({ awarded }) => awarded))),
      })}
      option={option}
      figures={{
        columns: [t('period'), t('demands'), t('offerers'), t('awarded')],
        rows: items.map((mark) => [markText(mark), mark.demands, mark.offerers, withThousands(mark.awarded)]),
      }}
      onMark={({ dataIndex, seriesName }) => {
        const { from, to } = periods[dataIndex]!;
        void go(
          address('/dashboards/facts', { from, to, figure: seriesName === t('offerers') ? 'offerers' : 'demands' }),
        );
      }}
    />
  );
}

function ByPlace({ period, by }: { period: Period; by: 'area' | 'industry' }) {
  const { from, to } = period;
  // One mark for the whole period: a month is the widest bucket, and several are added up below.
  const trade = useGet('/api/dashboards/trade', { query: { from, to, bucket: 'month', by } });
  return <Read query={trade}>{({ items }) => <PlaceChart items={items} by={by} period={period} />}</Read>;
}

function PlaceChart({
  items,
  by,
  period: { from, to },
}: {
  items: Api['TradeMarkView'][];
  by: 'area' | 'industry';
  period: Period;
}) {
  const t = words.use();
  const go = useNavigate();
  const { areaName } = useAreas();
  const { industryName } = useIndustries();
  const nameOf = by === 'area' ? areaName : industryName;
  const places = useMemo(() => placesByAmount(items, by), [items, by]);
  const shown = places.slice(0, 13);
  const option = useMemo(
    () =>
      barsByPlace(
        shown.map(({ code, awarded }) => ({ name: nameOf(code), value: Number(awarded) })),
        t('awarded'),
      ),
    [shown, nameOf, t],
  );
  const [first] = places;
  const any = first !== undefined && !new Exact(first.awarded).isZero();
  return (
    <Chart
      title={
        any
          ? t(by === 'area' ? 'byArea' : 'byIndustry', {
              name: nameOf(first.code),
              awarded: withThousands(first.awarded),
            })
          : t(by === 'area' ? 'byAreaNone' : 'byIndustryNone')
      }
      option={option}
      figures={{
        columns: [t(by), t('demands'), t('offerers'), t('awarded')],
        rows: places.map(({ code, demands, offerers, awarded }) => [
          nameOf(code),
          demands,
          offerers,
          withThousands(awarded),
        ]),
      }}
      onMark={({ dataIndex }) =>
        void go(
          address('/dashboards/facts', { from, to, figure: 'awarded', [by]: [...shown].reverse()[dataIndex]?.code }),
        )
      }
    />
  );
}

function Outcomes({ period }: { period: Period }) {
  const outcomes = useGet('/api/dashboards/outcomes', { query: { ...period, by: 'none' } });
  return (
    <Read query={outcomes}>
      {({ items }) => (
        <>
          <FillChart items={items} period={period} />
          <DaysChart items={items} period={period} />
        </>
      )}
    </Read>
  );
}

function FillChart({ items, period }: { items: Api['OutcomeMarkView'][]; period: Period }) {
  const t = words.use();
  const go = useNavigate();
  const label = useLabels();
  const periods = useMemo(() => everyPeriod(period, items), [period, items]);
  const option = useMemo(
    () =>
      lineOverTime(
        periods.map(markText),
        [
          {
            name: t('fillRate'),
            values: periods.map(({ mark }) =>
              mark === undefined || mark.closed === 0 ? undefined : Number(mark.fillRate) * 100,
            ),
          },
        ],
        '%',
      ),
    [periods, t],
  );
  return (
    <Chart
      title={t('fill', {
        closed: count(items.map(({ closed }) => closed)),
        filled: count(items.map(({ filled }) => filled)),
        unfilled: count(items.map(({ unfilled }) => unfilled)),
      })}
      option={option}
      figures={{
        columns: [
          t('period'),
          ...(['filled', 'partly-filled', 'unfilled', 'undecided'] as const).map((result) =>
            label('listing-result', result),
          ),
          t('fillRate'),
        ],
        rows: items.map((mark) => [
          markText(mark),
          mark.filled,
          mark.partlyFilled,
          mark.unfilled,
          mark.undecided,
          percentText(mark.fillRate),
        ]),
      }}
      onMark={({ dataIndex }) => {
        const { from, to } = periods[dataIndex]!;
        void go(address('/dashboards/listings', { from, to }));
      }}
    />
  );
}

function DaysChart({ items, period }: { items: Api['OutcomeMarkView'][]; period: Period }) {
  const t = words.use();
  const go = useNavigate();
  const known = items.filter(
    (mark): mark is typeof mark & { daysFromClose: string } => mark.daysFromClose !== undefined,
  );
  const periods = useMemo(() => everyPeriod(period, items), [period, items]);
  const option = useMemo(
    () =>
      lineOverTime(
        periods.map(markText),
        [
          {
            name: t('fromClose'),
            values: periods.map(({ mark }) => numberOf(mark?.daysFromClose)),
          },
          {
            name: t('fromPublication'),
            values: periods.map(({ mark }) => numberOf(mark?.daysFromPublication)),
          },
        ],
        '',
      ),
    [periods, t],
  );
  const mean =
    known.length > 0
      ? new Exact(sum(known.map(({ daysFromClose }) => daysFromClose))).div(known.length).toFixed(1)
      : undefined;
  return (
    <Chart
      title={mean === undefined ? t('daysNone') : t('days', { days: mean })}
      option={option}
      figures={{
        columns: [t('period'), t('fromClose'), t('fromPublication')],
        rows: items.map((mark) => [markText(mark), mark.daysFromClose ?? '—', mark.daysFromPublication ?? '—']),
      }}
      onMark={({ dataIndex }) => {
        const { from, to } = periods[dataIndex]!;
        void go(address('/dashboards/listings', { from, to }));
      }}
    />
  );
}

function Suppliers({ period }: { period: Period }) {
  const suppliers = useGet('/api/dashboards/suppliers', { query: { ...period, bucket: 'month', by: 'none' } });
  return <Read query={suppliers}>{({ items }) => <SizeChart items={items} period={period} />}</Read>;
}

function SizeChart({ items, period: { from, to } }: { items: Api['SupplierMarkView'][]; period: Period }) {
  const t = words.use();
  const go = useNavigate();
  const label = useLabels();
  const last = items.at(-1);
  const sizes = useMemo(() => last?.sizes ?? [], [last]);
  const option = useMemo(
    () =>
      barsByPlace(
        sizes.map(({ size, enterprises }) => ({ name: label('supplier-size', size), value: enterprises })),
        t('enterprises'),
      ),
    [sizes, label, t],
  );
  return (
    <Chart
      title={last?.smeShare === undefined ? t('smeNone') : t('sme', { share: percentText(last.smeShare) })}
      option={option}
      figures={{
        columns: [t('size'), t('enterprises'), t('awarded')],
        rows: sizes.map(({ size, enterprises, amount }) => [
          label('supplier-size', size),
          enterprises,
          withThousands(amount),
        ]),
      }}
      onMark={({ dataIndex }) =>
        void go(address('/dashboards/suppliers', { from, to, size: [...sizes].reverse()[dataIndex]?.size }))
      }
    />
  );
}
