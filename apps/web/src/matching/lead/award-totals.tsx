import type { ReactNode } from 'react';
import { defineWords } from '../../app/language';
import { withThousands } from '../../kit/decimal-text';
import { Money } from '../../kit/figures';
import type { Totals } from './award-sums';

const words = defineWords('award-totals', {
  totals: ['定标合计', 'Totals of the award'],
  divided: ['已分', 'Awarded'],
  of: ['{{divided}} / {{all}} {{unit}}', '{{divided}} / {{all}} {{unit}}'],
  net: ['合计（未税）', 'Sum without VAT'],
  gross: ['含税', 'with VAT'],
  cheapest: ['比最低价方案', 'Against the lowest price'],
  cheapestBasis: ['同样数量最低 {{amount}} 元', 'the same quantity costs {{amount}} at least'],
  none: ['报价凑不成这个数量', 'the offers cannot make up this quantity'],
  left: ['差', 'Left'],
  over: ['超出', 'Too much'],
});

type Props = {
  readonly totals: Totals;
  readonly all: string;
  readonly unit: string;
  readonly children?: ReactNode;
};

/** What the split comes to as it stands, and what can be done with it. */
export function AwardTotals({ totals, all, unit, children }: Props) {
  const t = words.use();
  const { divided, left, net, gross, cheapest, above } = totals;
  const over = left.startsWith('-');
  const any = divided !== '0';
  return (
    <section className="award-totals" aria-label={t('totals')}>
      <dl aria-live="polite">
        <div>
          <dt>{t('divided')}</dt>
          <dd className="figure">
            <strong>{t('of', { divided: withThousands(divided), all: withThousands(all), unit })}</strong>
          </dd>
        </div>
        <div>
          <dt>{t(over ? 'over' : 'left')}</dt>
          <dd className={over ? 'figure cell-fault' : 'figure'}>
            <strong>{withThousands(left.replace('-', ''))}</strong>
          </dd>
        </div>
        <div>
          <dt>{t('net')}</dt>
          <dd>
            <strong>
              <Money amount={net} />
            </strong>
          </dd>
        </div>
        <div>
          <dt>{t('gross')}</dt>
          <dd>
            <Money amount={gross} />
          </dd>
        </div>
        {any && (
          <div>
            <dt>{t('cheapest')}</dt>
            <dd className="figure">
              {above === undefined ? (
                <span className="secondary">{t('none')}</span>
              ) : (
                <>
                  <strong>{above}%</strong>{' '}
                  <span className="secondary">{t('cheapestBasis', { amount: withThousands(cheapest ?? '') })}</span>
                </>
              )}
            </dd>
          </div>
        )}
      </dl>
      <div className="award-acts no-print">{children}</div>
    </section>
  );
}
