import { Decimal } from 'decimal.js';
import { useMemo, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import type { Api } from '../api/client';
import { defineWords } from '../app/language';
import { Chart } from '../kit/chart';
import { withThousands } from '../kit/decimal-text';
import { Money } from '../kit/figures';
import { useLabels } from '../kit/labels';
import { Facts } from '../kit/object-page';
import { signedBars, type Bar } from './replay-chart';

const words = defineWords('replay-result', {
  totals: ['合计与预算', 'Totals and budget'],
  applications: ['重算了', 'Replayed'],
  count: ['{{count}} 户', '{{count}}'],
  a: ['版本甲（元）', 'Version A (yuan)'],
  b: ['版本乙（元）', 'Version B (yuan)'],
  of: ['{{count}} 户得到奖补', '{{count}} get something'],
  difference: ['差额（元）', 'Difference (yuan)'],
  live: ['现核定（元）', 'As claims stand (yuan)'],
  budget: ['预算（元）', 'Budget (yuan)'],
  leftA: ['甲用后余（元）', 'Left by A (yuan)'],
  leftB: ['乙用后余（元）', 'Left by B (yuan)'],
  short: ['不够', 'short'],
  more: [
    '版本乙比版本甲多 {{amount}} 元：{{gains}} 户增加，{{loses}} 户减少',
    'Version B pays {{amount}} yuan more than A: {{gains}} gain, {{loses}} lose',
  ],
  less: [
    '版本乙比版本甲少 {{amount}} 元：{{gains}} 户增加，{{loses}} 户减少',
    'Version B pays {{amount}} yuan less than A: {{gains}} gain, {{loses}} lose',
  ],
  same: [
    '两个版本合计相同：{{gains}} 户增加，{{loses}} 户减少',
    'Both versions come to the same: {{gains}} gain, {{loses}} lose',
  ],
  reasons: [
    '变动最多因为“{{reason}}”：{{count}} 户，差额 {{amount}} 元',
    'Most differ because of “{{reason}}”: {{count}}, by {{amount}} yuan in all',
  ],
  reasonsNote: [
    '一户有几个原因时，其差额在每个原因下各算一次，所以各项之和可能超过总差额',
    'Where there are several reasons the difference counts once under each, so these may add up to more than the whole',
  ],
  change: ['变动', 'Change'],
  reason: ['原因', 'Reason'],
  firms: ['户数', 'How many'],
  amount: ['乙比甲（元）', 'B less A (yuan)'],
});

type Totals = Api['ReplayTotalsView'];
/** More reasons would be too thin to read; the table of the figures has them all. */
const MOST_BARS = 10;

/** What both versions come to, what they leave of the budget, and how the difference falls. */
export function ReplayResult({ totals }: { totals: Totals }) {
  const t = words.use();
  const { applications, a, b, awardedA, awardedB, live, budget } = totals;
  const side = (amount: string, count: number): ReactNode => (
    <>
      <Money amount={amount} /> <span className="secondary">{t('of', { count })}</span>
    </>
  );
  return (
    <>
      <section className="panel" aria-label={t('totals')}>
        <h2>{t('totals')}</h2>
        <Facts
          facts={[
            [t('applications'), t('count', { count: applications })],
            [t('a'), side(a, awardedA)],
            [t('b'), side(b, awardedB)],
            [t('difference'), <Money amount={new Decimal(b).minus(a).toFixed()} />],
            [t('live'), live !== undefined && <Money amount={live} />],
            [t('budget'), budget && <Money amount={budget.amount} />],
            [t('leftA'), budget && <Left amount={budget.leftA} />],
            [t('leftB'), budget && <Left amount={budget.leftB} />],
          ]}
        />
      </section>
      <div className="chart-grid">
        <Changes totals={totals} />
        {totals.reasons.length > 0 && <Reasons reasons={totals.reasons} />}
      </div>
    </>
  );
}

function Left({ amount }: { amount: string }) {
  const t = words.use();
  const isShort = new Decimal(amount).isNegative();
  return (
    <>
      <Money amount={amount} /> {isShort && <span className="bad">{t('short')}</span>}
    </>
  );
}

const figuresOf = (bars: readonly Bar[]) =>
  bars.map(({ name, applications, amount }) => [name, applications, withThousands(amount)]);

/** Who gains against who loses; pressing a bar lists them below. */
function Changes({ totals: { a, b, changes } }: { totals: Totals }) {
  const t = words.use();
  const label = useLabels();
  const [, setParams] = useSearchParams();
  const bars = changes.map(({ change, ...of }) => ({ change, name: label('replay-change', change), ...of }));
  // Options are compared by what they are made of, so that a render by itself draws nothing anew.
  const key = JSON.stringify(bars);
  const unit = t('amount');
  const option = useMemo(() => signedBars(JSON.parse(key) as Bar[], unit), [key, unit]);
  const difference = new Decimal(b).minus(a);
  const countOf = (change: string): number => changes.find((one) => one.change === change)?.applications ?? 0;
  return (
    <Chart
      title={t(difference.isZero() ? 'same' : difference.isPositive() ? 'more' : 'less', {
        amount: withThousands(difference.abs().toFixed(2)),
        gains: countOf('gains'),
        loses: countOf('loses'),
      })}
      option={option}
      figures={{ columns: [t('change'), t('firms'), unit], rows: figuresOf(bars) }}
      onMark={({ name }) => {
        const change = bars.find((bar) => bar.name === name)?.change;
        if (change === undefined) return;
        setParams(
          (before) => {
            const next = new URLSearchParams(before);
            next.set('change', change);
            return next;
          },
          { replace: true },
        );
      }}
      height={240}
    />
  );
}

function Reasons({ reasons }: { reasons: Totals['reasons'] }) {
  const t = words.use();
  const label = useLabels();
  const bars = reasons.map(({ reason, ...of }) => ({ name: label('replay-reason', reason), ...of }));
  const key = JSON.stringify(bars.slice(0, MOST_BARS));
  const unit = t('amount');
  const option = useMemo(() => signedBars(JSON.parse(key) as Bar[], unit), [key, unit]);
  const [{ name, applications, amount }] = bars as [Bar, ...Bar[]];
  return (
    <div>
      <Chart
        title={t('reasons', { reason: name, count: applications, amount: withThousands(amount) })}
        option={option}
        figures={{ columns: [t('reason'), t('firms'), unit], rows: figuresOf(bars) }}
        height={Math.max(240, 40 * Math.min(bars.length, MOST_BARS))}
      />
      <p className="secondary">{t('reasonsNote')}</p>
    </div>
  );
}
