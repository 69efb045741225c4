import { defineWords } from '../app/language';
import { useLabels } from '../kit/labels';

// Events of orders, invoices, matches and firms that a claim rests on; those of the claim have their labels.
const TEXTS = {
  OrderOpened: ['订单生成', 'Order opened'],
  OrderLinesAdded: ['又有份额加入订单', 'Another share was added'],
  ContractEntered: ['登记合同', 'Contract entered'],
  DeliveryEntered: ['登记送货', 'Delivery entered'],
  DeliveryAccepted: ['验收', 'Delivery accepted'],
  ReturnEntered: ['登记退货', 'Return entered'],
  InvoiceEntered: ['登记发票', 'Invoice entered'],
  PaymentEntered: ['登记付款', 'Payment entered'],
  ChangeProposed: ['提出变更', 'Change proposed'],
  EndProposed: ['提出结束', 'End proposed'],
  OrderFactConfirmed: ['对方确认', 'Entry confirmed'],
  OrderFactDisputed: ['有争议', 'Entry disputed'],
  OrderFactTakenBack: ['收回登记', 'Entry taken back'],
  OrderFactUnanswered: ['对方未回应', 'Entry not answered'],
  OrderFactDecided: ['工信认定', 'Decided by the office'],
  OrderChanged: ['变更生效', 'The change took force'],
  OrderEnded: ['订单结束', 'The order ended'],
  InvoiceClaimed: ['发票归入订单', 'Invoice claimed by the order'],
  InvoicePartsReleased: ['发票部分移出订单', 'Parts of the invoice released'],
  InvoiceRestClaimed: ['发票余额归入订单', 'Rest of the invoice claimed'],
  InvoiceReleased: ['发票移出订单', 'Invoice released'],
  InvoiceReversed: ['发票红冲', 'Invoice reversed'],
  InvoiceReversalReleased: ['红冲撤销', 'Reversal released'],
  InvoiceChecked: ['发票查验', 'Invoice looked up'],
  CheckOpened: ['开始核查', 'Check opened'],
  StatementsAsked: ['要求说明', 'Statements asked for'],
  StatementGiven: ['作出说明', 'Statement given'],
  EvidenceAttached: ['附上凭证', 'Evidence attached'],
  FindingAttached: ['附上核查发现', 'Finding attached'],
  CheckConcluded: ['核查结论', 'Check concluded'],
  FactsRecorded: ['登记企业事实', 'Facts of the firm recorded'],
  BudgetAsked: ['排队等预算', 'In line for the budget'],
  BudgetReserved: ['占用批次预算', 'Budget reserved'],
  BudgetReleased: ['释放批次预算', 'Budget released'],
  RoundOpened: ['开放申报批次', 'Round opened'],
  FilingExtended: ['延长申报期', 'Filing extended'],
  BudgetChanged: ['调整预算', 'Budget changed'],
  ScaleSet: ['设定核减比例', 'Scale set'],
  ProRataFixed: ['按比例核减', 'Scaled pro rata'],
  EntitlementReserved: ['占用发票', 'Invoices reserved'],
  EntitlementReleased: ['释放发票', 'Invoices released'],
} as const;
const words = defineWords('trail-events', TEXTS);

/** A hook: what an event of a trail is called; its type where it has no word. */
export function useTrailEventWord(): (type: string) => string {
  const t = words.use();
  const label = useLabels();
  return (type) => (Object.hasOwn(TEXTS, type) ? t(type as keyof typeof TEXTS) : label('claim-event', type));
}
