import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useGet } from '../api/queries';
import { defineWords } from '../app/language';
import { useStanding } from '../app/session';
import { usePhone } from '../app/theme';
import { Firm } from '../kit/firm';
import { StateTag, useLabels } from '../kit/labels';
import { Facts, ObjectPage, type NextStep } from '../kit/object-page';
import { Read } from '../kit/page-state';
import { Products } from './act-page';
import { FactDialog } from './fact-dialogs';
import { useFactTitle } from './fact-text';
import { asPercent } from './order-amounts';
import { OrderDues } from './order-dues';
import { OrderFacts } from './order-facts';
import { OrderLines } from './order-lines';
import { nextAct, type NextAct } from './order-next';
import { useOrderStory } from './order-story';
import { orderView, type FactAct, type FactView, type OrderView } from './order-view';
import './orders.css';

const words = defineWords('order', {
  kind: ['订单', 'Order'],
  rate: ['税率 {{rate}}', 'VAT {{rate}}'],
  lead: ['需方', 'Buyer'],
  supplier: ['供方', 'Supplier'],
  contract: ['合同', 'Contract'],
  noContract: ['还没有双方确认的合同', 'No contract that both confirmed yet'],
  signed: ['{{day}} 签订', 'signed on {{day}}'],
  term: ['付款期限', 'Payment term'],
  days: ['{{from}} {{days}} 天', '{{days}} days {{from}}'],
  tolerance: ['溢短装', 'Tolerance'],
  interest: ['逾期利息', 'Late interest'],
  yearly: ['年利率 {{percent}}%', '{{percent}} % a year'],
  print: ['打印合同', 'Print the contract'],
  invoices: ['本订单的发票', 'Invoices of this order'],
  finance: ['凭这笔订单申请融资', 'Ask for finance on it'],
  listing: ['看需求', 'The listing'],
  more: ['其他操作', 'Other acts'],
  due: ['货款 {{day}} 到期', 'Payment due on {{day}}'],
  overdue: ['货款 {{day}} 到期，已逾期', 'Payment was due on {{day}}: overdue'],
  acceptance: ['验收：{{what}}', 'Accept: {{what}}'],
  acceptanceText: [
    '逐行填收下和拒收的数量，默认全部收下',
    'What was accepted and rejected by line; all accepted to begin with',
  ],
  confirmation: ['确认：{{what}}', 'Confirm: {{what}}'],
  confirmationText: ['对方登记的，你确认后才计入', 'Entered by the other side; it counts once you confirm it'],
  decision: ['认定：{{what}}', 'Decide: {{what}}'],
  decisionText: ['双方有争议，或 10 个工作日没有回应', 'Disputed, or not answered within 10 working days'],
  contractText: ['登记签订日期和付款期限，对方确认', 'Its date and payment term, for the other side to confirm'],
  deliveryText: ['已按剩余数量填好，改完提交', 'The rest stands there already; change it and enter'],
  invoiceText: ['拍二维码、贴文字或传 XML 都行', 'By photo of its QR code, by text, or by XML'],
  paymentText: ['付了多少、怎么付的，对方确认', 'How much and by what means, for the other side to confirm'],
  us: ['我方', 'us'],
});

/** 订单: head, next step, lines, facts of both sides, the payment clock and the story. */
export function OrderPage() {
  const { order = '' } = useParams();
  const page = useGet('/api/orders/{order}', { path: { order } });
  return <Read query={page}>{(answered) => <Page order={orderView(answered)} />}</Read>;
}

type Open = { readonly act: Exclude<FactAct, 'acceptance'>; readonly fact: FactView };

function Page({ order: view }: { order: OrderView }) {
  const t = words.use();
  const label = useLabels();
  const [open, setOpen] = useState<Open>();
  const story = useGet('/api/orders/{order}/story', { path: { order: view.order } });
  const lines = useOrderStory(view);
  const { order, lead, supplier, side, state, origin, supplyMode, vatRate, holders, contract } = view;
  const act = (kind: FactAct, fact: FactView): void => {
    if (kind !== 'acceptance') setOpen({ act: kind, fact });
  };
  const { next, more } = useNext(view, act);
  return (
    <ObjectPage
      kind={[
        t('kind'),
        label('order-origin', origin),
        label('supply-mode', supplyMode),
        t('rate', { rate: label('vat-rate', vatRate) }),
      ].join(' · ')}
      title={<Products products={view.products} />}
      state={<StateTag kind="order-state" value={state} />}
      holder={
        holders.length > 0
          ? holders.map((one) => (one === side ? t('us') : label('order-holder', one))).join(' / ')
          : undefined
      }
      clock={<DueClock order={view} />}
      next={next}
      story={story.data && lines(story.data.story)}
    >
      <div className="stacked-parts">
        {more && <div className="no-print">{more}</div>}
        <section className="panel">
          <Facts
            facts={[
              [t('lead'), <Firm key="lead" firm={lead} />],
              [t('supplier'), <Firm key="supplier" firm={supplier} />],
              [
                t('contract'),
                contract
                  ? [contract.number, t('signed', { day: contract.signedOn })].filter(Boolean).join(' · ')
                  : t('noContract'),
              ],
              [
                t('term'),
                contract &&
                  t('days', { from: label('payment-from', contract.paymentFrom), days: contract.paymentTermDays }),
              ],
              [t('tolerance'), contract?.tolerance && `±${asPercent(contract.tolerance)}%`],
              [
                t('interest'),
                contract?.lateInterest && t('yearly', { percent: asPercent(contract.lateInterest) ?? '' }),
              ],
            ]}
          />
          <div className="no-print panel-links">
            <Link to={`/orders/${order}/contract-print`} className="card-link">
              {t('print')}
            </Link>
            <Link to={`/invoices?of=${order}`} className="card-link">
              {t('invoices')}
            </Link>
            {side === 'supplier' && (
              <Link to={`/finance/new?order=${order}`} className="card-link">
                {t('finance')}
              </Link>
            )}
            <Listing order={view} />
          </div>
        </section>
        <OrderLines order={view} />
        <OrderFacts order={view} onAct={act} />
        <OrderDues order={view} />
      </div>
      {open && <FactDialog act={open.act} fact={open.fact} order={view} onClose={() => setOpen(undefined)} />}
    </ObjectPage>
  );
}

/** The listing of an order of one line; several are found from their lines' awards. */
function Listing({ order: { lines } }: { order: OrderView }) {
  const t = words.use();
  const [first] = lines;
  const single = lines.length === 1 && first?.listing;
  return single ? (
    <Link to={`/listings/${single}`} className="card-link">
      {t('listing')}
    </Link>
  ) : null;
}

function DueClock({ order: { nextDueOn, isOverdue } }: { order: OrderView }) {
  const t = words.use();
  if (!nextDueOn) return null;
  return (
    <span className={isOverdue ? 'clock late' : 'clock'}>{t(isOverdue ? 'overdue' : 'due', { day: nextDueOn })}</span>
  );
}

const CONSEQUENCES = {
  contract: 'contractText',
  delivery: 'deliveryText',
  invoice: 'invoiceText',
  payment: 'paymentText',
} as const;

/** One primary act, and the others behind one button; where it is the other side's turn, the button alone. */
function useNext(
  view: OrderView,
  onAct: (act: FactAct, fact: FactView) => void,
): { readonly next?: NextStep; readonly more?: ReactNode } {
  const t = words.use();
  const label = useLabels();
  const title = useFactTitle();
  const go = useNavigate();
  const phone = usePhone();
  const standing = useStanding();
  const { order } = view;
  if (standing?.firm && standing.me?.party?.innerRole === 'viewer') return {};
  const next = nextAct(view);
  const others = view.next.filter((act) => !(next?.kind === 'enter' && next.act === act));
  const more = others.length > 0 && (
    <Dropdown
      trigger={['click']}
      menu={{
        items: others.map((act) => ({ key: act, label: label('order-act', act) })),
        onClick: ({ key }) => void go(`/orders/${order}/${key}`),
      }}
    >
      <Button size="large">
        {t('more')} <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  );
  // A phone's bar at the bottom holds the one act; the others stand in the page.
  return next ? { next: { ...stepOf(next), ...(!phone && { more }) }, ...(phone && { more }) } : { more };

  function stepOf(step: NextAct): NextStep {
    if (step.kind === 'enter') {
      const text = CONSEQUENCES[step.act as keyof typeof CONSEQUENCES];
      return { text: label('order-act', step.act), to: `/orders/${order}/${step.act}`, consequence: text && t(text) };
    }
    const text = t(step.kind, { what: title(step.fact) });
    const consequence = t(`${step.kind}Text`);
    return step.kind === 'acceptance'
      ? { text, consequence, to: `/orders/${order}/deliveries/${step.fact.fact}/acceptance` }
      : { text, consequence, onPress: () => onAct(step.kind, step.fact) };
  }
}
