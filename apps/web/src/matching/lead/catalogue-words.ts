import { refusals } from '@app/labels';
import { defineWords, useLanguage } from '../../app/language';

/** The terms of a line by their fields, as all pages of a catalogue name them. */
export const termWords = defineWords('listing-terms', {
  product: ['产品名称', 'Product'],
  specification: ['规格型号', 'Specification'],
  drawingNumber: ['图号', 'Drawing number'],
  itemCode: ['物料编码', 'Item code'],
  industry: ['行业', 'Industry'],
  unit: ['单位', 'Unit'],
  quantity: ['数量', 'Quantity'],
  supplyMode: ['供料方式', 'Supply mode'],
  freightIncluded: ['含运费', 'Freight included'],
  deliveryPlace: ['交货地点', 'Delivery place'],
  deliveryArea: ['交货地区', 'Delivery area'],
  placeText: ['详细地址', 'Address'],
  deliverBy: ['交货日期', 'Deliver by'],
  invoiceType: ['发票类型', 'Invoice type'],
  paymentTermDays: ['账期（验收后天数）', 'Payment term (days from acceptance)'],
  paymentTermText: ['付款说明', 'Payment in words'],
  quotingDeadline: ['报价截止时间', 'Quoting deadline'],
  acceptanceHours: ['接单期限（小时）', 'Time to accept (hours)'],
  partsAccepted: ['接受部分数量', 'Parts accepted'],
  earlyCloseAllowed: ['可提前截止', 'Early close allowed'],
  visibility: ['谁能看到', 'Who sees it'],
  invited: ['受邀企业', 'Invited firms'],
  pledgeText: ['保密承诺内容', 'Text of the pledge'],
  attachments: ['附件', 'Files'],
  note: ['备注', 'Note'],
  yes: ['是', 'Yes'],
  no: ['否', 'No'],
  /** Between fields that are listed, and after a name. */
  comma: ['、', ', '],
  colon: ['：', ': '],
});

/** The sentence of a refusal that a view names by its code alone. */
export function useRefusal(): (code: string) => string {
  const language = useLanguage();
  return (code) => refusals[code]?.[language].replace(/[（(]?\{\w+\}[）)]?/g, '…') ?? code;
}
