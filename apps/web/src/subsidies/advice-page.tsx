import { Progress, Tag, Typography } from 'antd';
import { Decimal } from 'decimal.js';
import { Link } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import { Money } from '../kit/figures';
import { useLabels } from '../kit/labels';
import { Facts } from '../kit/object-page';
import { Nothing, Read } from '../kit/page-state';
import { Rows } from '../kit/rows';
import { isPositive } from '../orders/order-amounts';
import { policyPath } from './policy-path';
import { SectionTabs } from './section-tabs';
import { useFirmNames } from './use-derivation-sentence';
import './subsidies.css';

const words = defineWords('advice', {
  title: ['达标测算', 'What is missing'],
  note: [
    '按平台上此刻的订单，用申报时同一套规则算出',
    'Computed from the orders of this moment, by the very rules of claims',
  ],
  empty: ['没有适用于你的政策', 'No policy fits your firm'],
  policies: ['看政策', 'The policies'],
  open: ['可以申报', 'open for filing'],
  until: ['{{year}} 年度 · 申报截至 {{day}}', '{{year}} · filing until {{day}}'],
  award: ['现在可补助', 'It would bring now'],
  lacks: ['还缺{{facts}}，算不出补助', 'No award can be told without {{facts}}'],
  sales: ['当年销售额', 'the sales of the year'],
  left: ['最高额还剩', 'Left below the cap'],
  reached: ['已达标', 'reached'],
  missing: ['距', 'To'],
  short: ['还差', 'missing'],
  waiting: ['还没计入的订单', 'Orders that do not count yet'],
  order: ['订单', 'Order'],
  firm: ['对方', 'Other firm'],
  why: ['差什么', 'What is missing'],
  amount: ['补上后可计入（元）', 'Would count (yuan)'],
  openOrder: ['打开订单', 'Open the order'],
  check: ['测算并申报', 'Estimate and file'],
});

type Advice = Api['PolicyAdviceView'];
type Threshold = Advice['thresholds'][number];
type Step = Advice['waiting'][number];
/** One order with the steps that it waits for. */
type Waiting = { readonly of: Step; readonly steps: readonly Step[] };

/** 达标测算: how far the firm is under each policy that fits it, and which of its trade still waits for what. */
export function AdvicePage() {
  const t = words.use();
  const advice = useGet('/api/claims/advice', {});
  return (
    <div className="page-part stacked-parts">
      <Typography.Title level={1}>{t('title')}</Typography.Title>
      <SectionTabs />
      <p className="secondary">{t('note')}</p>
      <Read query={advice}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={t('empty')} action={{ to: '/policies', text: t('policies') }} />
          ) : (
            items.map((one) => (
              <OnePolicy key={`${one.policy.scheme} ${one.policy.version} ${one.round ?? ''}`} of={one} />
            ))
          )
        }
      </Read>
    </div>
  );
}

function OnePolicy({ of }: { of: Advice }) {
  const t = words.use();
  const label = useLabels();
  const waiting = byOrder(of.waiting);
  const firmName = useFirmNames([
    ...new Set([
      ...of.thresholds.flatMap(({ lead }) => (lead ? [lead] : [])),
      ...waiting.map((one) => partnerOf(of, one)),
    ]),
  ]);
  return (
    <section className="panel stacked-parts">
      <h2>
        <Link to={policyPath(of.policy)} className="card-link">
          {of.title}
        </Link>{' '}
        {of.round && <Tag color="processing">{t('open')}</Tag>}
      </h2>
      <p className="secondary">{t('until', { year: of.year, day: of.lastDay })}</p>
      <Facts
        facts={[
          [t('award'), of.award === undefined ? undefined : <Money key="award" amount={of.award} />],
          ...Object.entries(of.base).map(
            ([kind, amount]) => [label('claim-base', kind), <Money key={kind} amount={amount} />] as const,
          ),
          [t('left'), <Money key="left" amount={of.capLeft} />],
        ]}
      />
      {of.lacks.length > 0 && <p className="late">{t('lacks', { facts: t('sales') })}</p>}
      {of.thresholds.map((one) => (
        <Reached key={one.path + (one.lead ?? '')} of={one} lead={one.lead && firmName(one.lead)} />
      ))}
      {waiting.length > 0 && (
        <>
          <h3>{t('waiting')}</h3>
          <Rows<Waiting>
            caption={t('waiting')}
            items={waiting}
            rowKey={({ of: { order } }) => order}
            columns={[
              {
                key: 'firm',
                title: t('firm'),
                card: 'head',
                cell: (one) => firmName(partnerOf(of, one)),
              },
              { key: 'kind', title: t('order'), cell: ({ of: { kind } }) => label('supply-mode', kind) },
              {
                key: 'why',
                title: t('why'),
                card: 'side',
                cell: ({ steps }) => steps.map(({ reason }) => <Tag key={reason}>{label('advice-wait', reason)}</Tag>),
              },
              {
                key: 'amount',
                title: t('amount'),
                figure: true,
                cell: ({ of: { amount } }) => <Money amount={amount} />,
              },
              {
                key: 'open',
                title: '',
                card: 'foot',
                cell: ({ of: { order } }) => (
                  <Link to={`/orders/${order}`} className="card-link">
                    {t('openOrder')}
                  </Link>
                ),
              },
            ]}
          />
        </>
      )}
      {of.round && isPositive(of.award) && (
        <Link to={`/claims/new?round=${of.round}`} className="card-link">
          {t('check')}
        </Link>
      )}
    </section>
  );
}

/** The steps of an order in their course; what would count is the most that one of them lacks. */
function byOrder(waiting: readonly Step[]): Waiting[] {
  const orders = new Map<string, Step[]>();
  for (const step of waiting) orders.set(step.order, [...(orders.get(step.order) ?? []), step]);
  return [...orders.values()].map((steps) => ({
    of: steps.reduce((most, step) => (new Decimal(step.amount).greaterThan(most.amount) ? step : most)),
    steps,
  }));
}

const partnerOf = ({ beneficiary }: Advice, { of: { lead, supplier } }: Waiting): string =>
  beneficiary === 'lead' ? supplier : lead;

/** 距 500 万元还差 37.2 万元. */
function Reached({ of, lead }: { of: Threshold; lead: string | undefined }) {
  const t = words.use();
  const label = useLabels();
  const { path, threshold, reached, missing } = of;
  const isReached = !isPositive(missing);
  const percent = new Decimal(threshold).isZero()
    ? 100
    : Decimal.min(100, new Decimal(reached).div(threshold).times(100)).floor().toNumber();
  const what = [lead, label('advice-path', path)].filter(Boolean).join(' · ');
  return (
    <div>
      <div>
        {what} <Money amount={reached} />
        {isReached ? (
          <Tag color="success" className="mark">
            {t('reached')}
          </Tag>
        ) : (
          <span className="mark">
            {t('missing')} <Money amount={threshold} /> {t('short')}{' '}
            <strong>
              <Money amount={missing} />
            </strong>
          </span>
        )}
      </div>
      <Progress percent={percent} size="small" status={isReached ? 'success' : 'normal'} aria-label={what} />
    </div>
  );
}
