import { Link } from 'react-router';
import { defineWords } from '../app/language';
import { Money, Price, Quantity } from '../kit/figures';
import { useLabels } from '../kit/labels';
import { Facts } from '../kit/object-page';
import { lineName } from './line-quantities';
import { asPercent, isPositive, lessBy } from './order-amounts';
import type { FactView, OrderView } from './order-view';

const words = defineWords('fact', {
  delivery: ['{{day}} 送货', 'Delivered on {{day}}'],
  return: ['{{day}} 退货', 'Returned on {{day}}'],
  invoice: ['发票 {{number}}', 'Invoice {{number}}'],
  red: ['红字发票 {{number}}', 'Red invoice {{number}}'],
  payment: ['{{day}} 付款', 'Paid on {{day}}'],
  paidBack: ['{{day}} 退款', 'Paid back on {{day}}'],
  contract: ['{{day}} 签订的合同', 'Contract of {{day}}'],
  accepted: ['收 {{quantity}}', '{{quantity}} accepted'],
  rejected: ['拒收 {{quantity}}', '{{quantity}} rejected'],
  waits: ['待验 {{quantity}}', '{{quantity}} to accept'],
  note: ['备注', 'Note'],
  reason: ['原因', 'Reason'],
  invoicedOn: ['开票日期', 'Invoiced on'],
  amount: ['金额', 'Amount'],
  withVat: ['含税', 'with VAT'],
  withoutVat: ['不含税', 'without VAT'],
  redOf: ['冲', 'Reverses'],
  statement: ['对账单', 'Statement'],
  divided: ['按对账单分摊', 'Its part by a statement'],
  means: ['方式', 'Means'],
  matures: ['{{day}} 到期', 'matures on {{day}}'],
  reference: ['单号', 'Reference'],
  number: ['合同编号', 'Number'],
  term: ['付款期限', 'Payment term'],
  days: ['{{from}} {{days}} 天', '{{days}} days {{from}}'],
  tolerance: ['溢短装', 'Tolerance'],
  interest: ['逾期利息', 'Late interest'],
  yearly: ['年利率 {{percent}}%', '{{percent}} % a year'],
  price: ['单价 {{price}}', 'price {{price}}'],
  by: ['交货 {{day}}', 'by {{day}}'],
});

/** What a fact is, in a line. */
export function useFactTitle(): (fact: FactView) => string {
  const t = words.use();
  const label = useLabels();
  return (fact) => {
    switch (fact.kind) {
      case 'delivery':
        return [t('delivery', { day: fact.deliveredOn ?? '' }), ...manyOf(fact)].join(' · ');
      case 'return':
        return [t('return', { day: fact.returnedOn ?? '' }), ...manyOf(fact)].join(' · ');
      case 'invoice':
        return t(fact.redOf ? 'red' : 'invoice', { number: fact.number ?? '' });
      case 'payment':
        return t(fact.gross?.startsWith('-') ? 'paidBack' : 'payment', { day: fact.paidOn ?? '' });
      case 'contract':
        return t('contract', { day: fact.contract?.signedOn ?? '' });
      case 'end':
        return fact.end ? label('end-kind', fact.end) : label('fact-kind', fact.kind);
      default:
        return label('fact-kind', fact.kind);
    }
  };
}

/** Two deliveries of one day are told apart by how much they brought, and by the note. */
const manyOf = ({ lines = [], note }: FactView): string[] =>
  [
    lines
      .map(({ quantity }) => quantity)
      .filter(Boolean)
      .join('、'),
    note ?? '',
  ].filter(Boolean);

/** What a fact says, field by field. */
export function FactFields({ fact, order }: { fact: FactView; order: OrderView }) {
  const t = words.use();
  const label = useLabels();
  const { note, reason, invoicedOn, net, gross, redOf, statement, means, maturesOn, reference, contract } = fact;
  const reasonText = reason && (fact.kind === 'return' ? label('rejection-reason', reason) : reason);
  return (
    <>
      {fact.lines && <FactLines fact={fact} order={order} />}
      <Facts facts={facts()} />
    </>
  );

  function facts(): Parameters<typeof Facts>[0]['facts'] {
    return [
      [t('note'), note],
      [t('invoicedOn'), invoicedOn],
      [
        t('amount'),
        gross && (
          <span key="amount">
            <Money amount={gross} /> {t('withVat')}
            {net && (
              <>
                {' · '}
                <Money amount={net} /> {t('withoutVat')}
              </>
            )}
          </span>
        ),
      ],
      [t('redOf'), redOf],
      [
        t('means'),
        means &&
          [label('payment-means', means), maturesOn && t('matures', { day: maturesOn })].filter(Boolean).join(' · '),
      ],
      [t('reference'), reference],
      [t('reason'), reasonText],
      [
        t('statement'),
        statement && (
          <Link key="statement" to={`/statements/${statement}`} className="order-link">
            {t('divided')}
          </Link>
        ),
      ],
      ...(contract ? contractFacts(contract) : []),
    ];
  }

  function contractFacts({ number, tolerance, paymentFrom, paymentTermDays, lateInterest }: Contract) {
    return [
      [t('number'), number],
      [t('term'), t('days', { from: label('payment-from', paymentFrom), days: paymentTermDays })],
      [t('tolerance'), tolerance && `±${asPercent(tolerance)}%`],
      [t('interest'), lateInterest && t('yearly', { percent: asPercent(lateInterest) ?? '' })],
    ] as const;
  }
}
type Contract = NonNullable<FactView['contract']>;

function FactLines({ fact, order }: { fact: FactView; order: OrderView }) {
  const t = words.use();
  return (
    <ul className="plain">
      {(fact.lines ?? []).map(({ line, quantity, accepted, rejected, unitPrice, deliverBy }) => {
        const of = order.lines.find((one) => one.line === line);
        const unit = of?.unit.name ?? '';
        const waiting = fact.kind === 'delivery' ? lessBy(lessBy(quantity ?? '0', accepted), rejected) : '0';
        const many = (amount: string): string => `${amount} ${unit}`;
        return (
          <li key={line}>
            {of && lineName(of)} {quantity && <Quantity quantity={quantity} unit={unit} />}
            {fact.kind === 'change' && unitPrice && (
              <>
                {' '}
                {t('price', { price: '' })}
                <Price price={unitPrice} />
              </>
            )}
            {fact.kind === 'change' && deliverBy && ` ${t('by', { day: deliverBy })}`}
            {fact.kind === 'delivery' && (
              <span className="secondary">
                {[
                  isPositive(accepted) && t('accepted', { quantity: many(accepted!) }),
                  isPositive(rejected) && t('rejected', { quantity: many(rejected!) }),
                  isPositive(waiting) && fact.waitsFor.length > 0 && t('waits', { quantity: many(waiting) }),
                ]
                  .filter(Boolean)
                  .map((text) => ` · ${String(text)}`)}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
