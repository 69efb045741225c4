import { CalendarDate, Flag, Money, Nested, OneOf, OptionalText, Strings, Text, Uscc, Uuid } from '@app/kernel';
import { INVOICE_STATES } from './evidence-story.rules';
import type { InvoiceState } from './evidence-story.rules';
import { AMOUNT_KINDS } from './invoice-figures.rules';
import type { AmountKind } from './invoice-figures.rules';

// Bodies of what is written about invoices.

const NUMBER = { example: '23442000000014209621' };
export const ENTERED_BY = ['hand', 'qr', 'xml'] as const;

export class InvoiceForm {
  @Uuid({ description: 'of the fact on the order' }) fact: string;
  @Text(40, { ...NUMBER, description: '20 digits, or 8 with the code, which may stand before them' }) number: string;
  @Text(20, { optional: true, description: '10 or 12 digits, of an old invoice', example: '3500201130' }) code?: string;
  @CalendarDate() invoicedOn: string;
  /** Above zero, also of a red invoice. */
  @Money() amount: string;
  @OneOf(AMOUNT_KINDS, { description: 'whether the amount is without VAT or with it' }) amountIs: AmountKind;
  @Money({ optional: true, description: 'the tax that the invoice states; left out it follows from the VAT rate' })
  tax?: string;
  @Text(40, { optional: true, description: 'of a red invoice: the number of the invoice that it reverses' })
  redOf?: string;
  @OneOf(ENTERED_BY, { description: 'typed, from the QR code, or from the XML' }) source: 'hand' | 'qr' | 'xml';
  @Uscc({ optional: true, description: 'as the XML names the seller' }) seller?: string;
  @Uscc({ optional: true, description: 'as the XML names the buyer' }) buyer?: string;
  @Strings('uuid', { optional: true, most: 20 }) attachments?: string[];
}

/** Either the text of a QR code, or (as the part `file` of a form) an XML. */
export class InvoiceReadForm {
  @Text(500, { optional: true, example: '01,32,,23442000000014209621,112,20230215,,74AE' }) qr?: string;
  @Uuid({ optional: true, description: 'the order that it is meant for: its firms are compared' }) order?: string;
}

export class InvoiceCheckForm {
  @Uuid() check: string;
  @OneOf(INVOICE_STATES) state: InvoiceState;
  @CalendarDate() checkedOn: string;
  @OptionalText(1000) text?: string;
  @Strings('uuid', { optional: true, most: 20 }) attachments?: string[];
}

export class InvoiceAnswer {
  @Uuid() order: string;
  @Uuid() fact: string;
  @Text(40, NUMBER) number: string;
  @Text(20, { example: '100.00', description: 'yuan; of a red invoice below zero' }) net: string;
  @Text(20, { example: '113.00' }) gross: string;
}

export class InvoiceCheckAnswer {
  @Text(40, NUMBER) number: string;
  @Uuid() check: string;
}

export class ReadFirmView {
  @Uscc() enterprise: string;
  @Text(200) name: string;
}

/** What a form is to be prefilled with. Nothing of it is kept. */
export class InvoiceReadAnswer {
  @OneOf(['qr', 'xml']) source: 'qr' | 'xml';
  @Text(40, NUMBER) number: string;
  @OneOf(['special', 'ordinary', 'other']) kind: string;
  @CalendarDate() invoicedOn: string;
  @Flag() isRed: boolean;
  @Money({ optional: true, description: 'above zero; a QR code may hold none' }) amount?: string;
  @OneOf(AMOUNT_KINDS, { optional: true, description: 'left out of a QR code, which does not say' })
  amountIs?: AmountKind;
  @Money({ optional: true }) tax?: string;
  @Nested(() => ReadFirmView, { optional: true, description: 'of an XML' }) seller?: ReadFirmView;
  @Nested(() => ReadFirmView, { optional: true }) buyer?: ReadFirmView;
}
