import { Exact, isCalendarDate, isUscc, Refused } from '@app/kernel';
import { invoiceNumber, isAllDigital } from './invoice-numbers.rules';
import type { InvoiceKind } from './invoice-qr.rules';

// The XML of an all-digital invoice 数电票, as the tax bureau's platform gives it out: EInvoice with EInvoiceData
// (SellerInformation, BuyerInformation, BasicInformation), TaxSupervisionInfo (InvoiceNumber, IssueTime) and Header.
// The elements' names are those that public readers of such files expect; no official list was at hand.

/** An element as parsed: text, or its children; a list where its name stands several times. */
export type XmlNode = string | { readonly [name: string]: XmlNode } | readonly XmlNode[] | undefined;

export type XmlInvoice = {
  readonly number: string;
  readonly kind: InvoiceKind;
  readonly invoicedOn: string;
  readonly seller: { readonly enterprise: string; readonly name: string };
  readonly buyer: { readonly enterprise: string; readonly name: string };
  /** In yuan, not below zero; `isRed` gives the sign. */
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly isRed: boolean;
};

const PLACES = {
  number: 'TaxSupervisionInfo/InvoiceNumber',
  date: 'TaxSupervisionInfo/IssueTime',
  requested: 'EInvoiceData/BasicInformation/RequestTime',
  seller: 'EInvoiceData/SellerInformation/SellerIdNum',
  sellerName: 'EInvoiceData/SellerInformation/SellerName',
  buyer: 'EInvoiceData/BuyerInformation/BuyerIdNum',
  buyerName: 'EInvoiceData/BuyerInformation/BuyerName',
  net: 'EInvoiceData/BasicInformation/TotalAmWithoutTax',
  tax: 'EInvoiceData/BasicInformation/TotalTaxAm',
  gross: 'EInvoiceData/BasicInformation/TotalTax-includedAmount',
  kind: 'Header/InherentLabel/GeneralOrSpecialVAT/LabelCode',
} as const;

/** Refuses `invoice-xml-other` (no such document), `invoice-xml-element` by its name, `invoice-xml-sums`. */
export function invoiceOfXml(document: XmlNode): XmlInvoice {
  const root = childOf(document, 'EInvoice');
  if (root === undefined) throw new Refused('invoice-xml-other', {}, 'file');
  const text = (place: keyof typeof PLACES): string => {
    const found = PLACES[place].split('/').reduce<XmlNode>(childOf, root);
    return typeof found === 'string' ? found.normalize('NFKC').trim() : '';
  };
  const wrong = (place: keyof typeof PLACES) => {
    const element = PLACES[place].split('/').at(-1)!;
    return new Refused('invoice-xml-element', { element }, 'file');
  };
  const money = (place: keyof typeof PLACES) => {
    if (!/^-?\d{1,14}(\.\d{1,2}0*)?$/.test(text(place))) throw wrong(place);
    return new Exact(text(place));
  };
  const firm = (place: 'seller' | 'buyer') => {
    if (!isUscc(text(place))) throw wrong(place);
    return { enterprise: text(place), name: text(`${place}Name`).slice(0, 200) };
  };
  if (!isAllDigital(text('number'))) throw wrong('number');
  const day = dayOf(text('requested')) ?? dayOf(text('date'));
  if (day === undefined) throw wrong('date');
  const [net, tax, gross] = [money('net'), money('tax'), money('gross')];
  const isRed = gross.isNegative();
  if (!net.plus(tax).equals(gross) || gross.isZero() || net.isNegative() !== isRed) {
    throw new Refused('invoice-xml-sums', {}, 'file');
  }
  const kind = text('kind');
  return {
    number: invoiceNumber(text('number')),
    kind: kind === '01' ? 'special' : kind === '02' ? 'ordinary' : 'other',
    invoicedOn: day,
    seller: firm('seller'),
    buyer: firm('buyer'),
    ...{ net: net.abs().toFixed(2), tax: tax.abs().toFixed(2), gross: gross.abs().toFixed(2), isRed },
  };
}

function childOf(node: XmlNode, name: string): XmlNode {
  if (typeof node !== 'object' || Array.isArray(node)) return undefined;
  const children = node as Readonly<Record<string, XmlNode>>;
  return Object.hasOwn(children, name) ? children[name] : undefined;
}

/** The day of `2023-02-15 10:20:30`, `2023-02-15T…` or `20230215`. 开票日期 is the day of the request. */
function dayOf(time: string): string | undefined {
  const day = time.slice(0, 10).replace(/^(\d{4})(\d{2})(\d{2}).*$/, '$1-$2-$3');
  return isCalendarDate(day) ? day : undefined;
}
