import type { Api } from '../api/client';
import { defineWords } from '../app/language';
import { Money } from '../kit/figures';
import { Facts } from '../kit/object-page';
import { asPercent } from '../orders/order-amounts';

const words = defineWords('claim-trail-loans', {
  loans: ['贷款', 'Loans'],
  loan: ['贷款 {{number}}', 'Loan {{number}}'],
  signed: ['借款合同日期', 'Contract'],
  amount: ['放款金额（元）', 'Amount (yuan)'],
  drawn: ['放款日', 'Drawn on'],
  due: ['到期日', 'Due on'],
  rates: ['年利率', 'Rate a year'],
  relending: ['再贷款利率', 'Relending rate'],
  since: ['{{from}} 起 {{rate}}%', '{{rate}}% from {{from}}'],
  repaid: ['还本', 'Repaid'],
  events: ['依据的事件', 'Events'],
});

type Rest = { readonly event: string; readonly stream: string; readonly revision: number };
type Rate = { readonly from: string; readonly rate: string; readonly rests: readonly Rest[] };
/** A loan as the evaluator reads it; what it may leave out is optional here. */
type Loan = {
  readonly id: string;
  readonly contractDate: string;
  readonly amount: string;
  readonly drawnOn: string;
  readonly dueOn: string;
  readonly rates: readonly Rate[];
  readonly relendingRates?: readonly Rate[];
  readonly repayments?: readonly {
    readonly date: string;
    readonly principal: string;
    readonly rests: readonly Rest[];
  }[];
  readonly rests: readonly Rest[];
};

/** Each loan of an interest claim: terms, rates, repayments, and the events that they rest on. */
export function TrailLoans({ of }: { of: Api['ClaimTrailView'] }) {
  const t = words.use();
  if (of.loans.length === 0) return null;
  const since = (rates: readonly Rate[] = []): string =>
    rates.map(({ from, rate }) => t('since', { from, rate: asPercent(rate) ?? '' })).join('；');
  return (
    <section className="panel">
      <h2>{t('loans')}</h2>
      {of.loans.map(({ loan }, index) => {
        const {
          id,
          contractDate,
          amount,
          drawnOn,
          dueOn,
          rates,
          relendingRates,
          repayments = [],
          rests,
        } = loan as Loan;
        const events = [rests, ...[...rates, ...(relendingRates ?? []), ...repayments].map((one) => one.rests)].flat();
        return (
          <div key={id} className="trail-part">
            <h3>{t('loan', { number: index + 1 })}</h3>
            <Facts
              facts={[
                [t('signed'), contractDate],
                [t('amount'), <Money key="amount" amount={amount} />],
                [t('drawn'), drawnOn],
                [t('due'), dueOn],
                [t('rates'), since(rates)],
                [t('relending'), since(relendingRates)],
                [
                  t('repaid'),
                  repayments.length > 0 && (
                    <ul className="plain">
                      {repayments.map(({ date, principal }) => (
                        <li key={`${date} ${principal}`}>
                          {date} <Money amount={principal} />
                        </li>
                      ))}
                    </ul>
                  ),
                ],
              ]}
            />
            <h4>{t('events')}</h4>
            <ul className="plain break secondary">
              {[...new Set(events.map(({ event }) => event))].map((event) => (
                <li key={event}>{event}</li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
