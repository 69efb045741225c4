import type { Answer } from '../api/client';
import { defineWords } from '../app/language';
import { withThousands } from '../kit/decimal-text';
import { useLabels } from '../kit/labels';
import type { StoryLine } from '../kit/object-page';
import { lineName } from './line-quantities';
import { useActorName } from './order-facts';
import type { OrderView } from './order-view';

type Entry = Answer<'/api/orders/{order}/story', 'get'>['story'][number];

const TEXTS = {
  OrderOpened: ['订单生成', 'Order opened'],
  OrderLinesAdded: ['又有份额接单，加入订单', 'Another accepted share was added'],
  ContractEntered: ['登记合同', 'Contract entered'],
  DeliveryEntered: ['登记送货', 'Delivery entered'],
  DeliveryAccepted: ['验收', 'Delivery accepted'],
  ReturnEntered: ['登记退货', 'Return entered'],
  InvoiceEntered: ['登记发票', 'Invoice entered'],
  PaymentEntered: ['登记付款', 'Payment entered'],
  ChangeProposed: ['提出变更', 'Change proposed'],
  EndProposed: ['提出结束', 'End proposed'],
  OrderFactConfirmed: ['确认{{kind}}', 'Confirmed: {{kind}}'],
  OrderFactDisputed: ['对{{kind}}有争议', 'Disputed: {{kind}}'],
  OrderFactTakenBack: ['收回{{kind}}', 'Taken back: {{kind}}'],
  OrderFactUnanswered: ['{{kind}}：对方未回应', 'Not answered: {{kind}}'],
  OrderFactDecided: ['工信认定{{kind}}', 'Decided by the office: {{kind}}'],
  OrderChanged: ['变更生效', 'The change took force'],
  OrderEnded: ['订单结束', 'The order ended'],
  accepted: ['收 {{count}}', '{{count}} accepted'],
  rejected: ['拒收 {{count}}', '{{count}} rejected'],
  gross: ['{{amount}} 元（含税）', '{{amount}} yuan with VAT'],
  system: ['系统', 'The platform'],
  other: ['其他记录', 'Something else'],
} as const;
const words = defineWords('order-story', TEXTS);

/** The events of an order in words, the latest first. */
export function useOrderStory(order: OrderView): (story: readonly Entry[]) => StoryLine[] {
  const t = words.use();
  const label = useLabels();
  const who = useActorName(order);
  const what = ({ type, kind }: Entry): string =>
    type in TEXTS
      ? t(type as keyof typeof TEXTS, { kind: kind === undefined ? '' : label('fact-kind', kind) })
      : t('other');
  const reasonText = ({ type, reason = '' }: Entry): string =>
    type === 'OrderFactDisputed'
      ? label('dispute-reason', reason)
      : type === 'DeliveryAccepted' || type === 'ReturnEntered'
        ? label('rejection-reason', reason)
        : reason;
  const lines = ({ lines: some = [] }: Entry): string =>
    some
      .map(({ line, quantity, accepted, rejected }) => {
        const of = order.lines.find((one) => one.line === line);
        const parts = [accepted && t('accepted', { count: accepted }), rejected && t('rejected', { count: rejected })];
        const many = quantity ?? parts.filter(Boolean).join(' ');
        return of && many ? `${lineName(of)} ${many} ${of.unit.name}` : '';
      })
      .filter(Boolean)
      .join('; ');
  /** The number of an invoice, and what it or a payment comes to. */
  const money = ({ fact, type }: Entry): string | undefined => {
    const of = order.facts.find((one) => one.fact === fact);
    if (of === undefined || (of.kind !== 'invoice' && of.kind !== 'payment')) return undefined;
    const amount =
      of.gross !== undefined && type.endsWith('Entered') ? t('gross', { amount: withThousands(of.gross) }) : '';
    return [of.number, of.reference, amount].filter(Boolean).join(' ');
  };
  const why = (entry: Entry): string | undefined =>
    [
      entry.on,
      money(entry),
      lines(entry),
      entry.decision && label('fact-decision', entry.decision),
      entry.reason && reasonText(entry),
      entry.text,
    ]
      .filter(Boolean)
      .join(' · ') || undefined;
  return (story) =>
    [...story].reverse().map((entry) => ({
      key: entry.event,
      at: entry.at,
      who: entry.by ? who(entry.by) : t('system'),
      what: what(entry),
      why: why(entry),
    }));
}
