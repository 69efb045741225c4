import { Refused } from '@app/kernel';
import { figuresOf } from './invoice-figures.rules';
import { invoiceNumber } from './invoice-numbers.rules';
import { invoiceOfQr } from './invoice-qr.rules';
import { invoiceOfXml } from './invoice-xml.rules';
import type { XmlNode } from './invoice-xml.rules';

const refusalOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refused) return [error.code, ...Object.values(error.values)].join(' ');
    throw error;
  }
  return 'nothing';
};

describe('the number of an invoice', () => {
  it.each([
    ['00000001', '3500201130', '3500201130-00000001'],
    ['00000001', '035002011301', '035002011301-00000001'],
    ['3500201130-00000001', '', '3500201130-00000001'],
    ['3500201130 00000001', '', '3500201130-00000001'],
    ['350020113000000001', '', '3500201130-00000001'],
    ['03500201130100000001', '', '035002011301-00000001'],
    ['14403153911000000001', '', '144031539110-00000001'],
    ['０３５００２０１１３０１－００００００01', '', '035002011301-00000001'],
    ['035002011301 — 00000001', '', '035002011301-00000001'],
    ['23442000000014209621', '', '23442000000014209621'],
    ['2344 2000 0000 1420 9621', '', '23442000000014209621'],
  ])('%s with code %s is %s', (number, code, normal) => expect(invoiceNumber(number, code)).toBe(normal));
  it.each([
    ['00000001', ''],
    ['0000001', '3500201130'],
    ['00000001', '35002011'],
    ['23442000000014209621', '3500201130'],
    ['2344200000001420962', ''],
    ['3500201130-0000000A', ''],
    ['', ''],
  ])('%s with code %s is none', (number, code) =>
    expect(refusalOf(() => invoiceNumber(number, code))).toBe('invoice-number-malformed'),
  );
});

describe('the text of a QR code', () => {
  const TEXT = '01,32,,23442000000014209621,112,20230215,,74AE';
  it('of an all-digital invoice is read', () =>
    expect(invoiceOfQr(TEXT)).toEqual({
      number: '23442000000014209621',
      kind: 'ordinary',
      invoicedOn: '2023-02-15',
      amount: '112',
      isRed: false,
    }));
  it('of an old one is read, with code and number', () =>
    expect(invoiceOfQr('01,01,3500201130,00000001,1000.5,20200309,12345678901234567890,ABCD,')).toEqual({
      number: '3500201130-00000001',
      kind: 'special',
      invoicedOn: '2020-03-09',
      amount: '1000.5',
      isRed: false,
    }));
  it('of a red one has an amount below zero', () =>
    expect(invoiceOfQr('01,31,,23442000000014209621,-112.00,20230215,,74AE')).toMatchObject({
      amount: '112.00',
      isRed: true,
    }));
  it('may come without amount, in full width and as a kind nobody knows', () =>
    expect(invoiceOfQr('０１，１５，，23442000000014209621，，20230215，，74AE')).toEqual({
      number: '23442000000014209621',
      kind: 'other',
      invoicedOn: '2023-02-15',
      isRed: false,
    }));
  it.each([
    ['02,32,,23442000000014209621,112,20230215,,74AE', 'version'],
    ['https://example.com', 'version'],
    ['01,3,,23442000000014209621,112,20230215,,74AE', 'kind'],
    ['01,32,3500201130,23442000000014209621,112,20230215,,74AE', 'number'],
    ['01,32,,2344200000001420962,112,20230215,,74AE', 'number'],
    ['01,32,,23442000000014209621,1e2,20230215,,74AE', 'amount'],
    ['01,32,,23442000000014209621,1.123,20230215,,74AE', 'amount'],
    ['01,32,,23442000000014209621,112,20230230,,74AE', 'date'],
  ])('%s is wrong in its %s', (text, part) =>
    expect(refusalOf(() => invoiceOfQr(text))).toBe(`invoice-qr-malformed ${part}`),
  );
});

describe('the XML of an all-digital invoice', () => {
  const document = (given: Record<string, XmlNode> = {}): XmlNode => ({
    EInvoice: {
      Header: { InherentLabel: { GeneralOrSpecialVAT: { LabelCode: '01' } } },
      EInvoiceData: {
        SellerInformation: { SellerIdNum: '91350527MA0000001J', SellerName: '演示配套厂', ...(given.seller as object) },
        BuyerInformation: { BuyerIdNum: '91350100M000100Y43', BuyerName: '演示龙头' },
        BasicInformation: {
          TotalAmWithoutTax: '100.00',
          TotalTaxAm: '13.00',
          'TotalTax-includedAmount': '113.00',
          RequestTime: '2023-02-15 10:20:30',
          ...(given.basic as object),
        },
      },
      TaxSupervisionInfo: { InvoiceNumber: '23442000000014209621', IssueTime: '2023-02-16', ...(given.tax as object) },
    },
  });
  const seller = { SellerIdNum: '91350100M000100Y43' };
  it('is read: number, day of the request, firms, and amounts with and without tax', () =>
    expect(invoiceOfXml(document({ seller }))).toEqual({
      number: '23442000000014209621',
      kind: 'special',
      invoicedOn: '2023-02-15',
      seller: { enterprise: '91350100M000100Y43', name: '演示配套厂' },
      buyer: { enterprise: '91350100M000100Y43', name: '演示龙头' },
      net: '100.00',
      tax: '13.00',
      gross: '113.00',
      isRed: false,
    }));
  it('of a red one has all amounts below zero', () => {
    const basic = { TotalAmWithoutTax: '-100', TotalTaxAm: '-13', 'TotalTax-includedAmount': '-113' };
    expect(invoiceOfXml(document({ seller, basic }))).toMatchObject({ net: '100.00', gross: '113.00', isRed: true });
  });
  it('says which element it cannot read', () => {
    const refused = (given: Record<string, XmlNode>) => refusalOf(() => invoiceOfXml(document({ seller, ...given })));
    expect(refusalOf(() => invoiceOfXml({ Invoice: {} }))).toBe('invoice-xml-other');
    expect(refusalOf(() => invoiceOfXml('EInvoice'))).toBe('invoice-xml-other');
    expect(refusalOf(() => invoiceOfXml(document()))).toBe('invoice-xml-element SellerIdNum');
    expect(refused({ tax: { InvoiceNumber: '1' } })).toBe('invoice-xml-element InvoiceNumber');
    expect(refused({ basic: { RequestTime: 'x' }, tax: { IssueTime: '' } })).toBe('invoice-xml-element IssueTime');
    expect(refused({ basic: { TotalTaxAm: '1,3' } })).toBe('invoice-xml-element TotalTaxAm');
    expect(refused({ basic: { TotalTaxAm: ['13.00', '13.00'] } })).toBe('invoice-xml-element TotalTaxAm');
    expect(refused({ basic: { TotalTaxAm: '12.00' } })).toBe('invoice-xml-sums');
  });
});

describe('an amount', () => {
  const stated = (given: object = {}) =>
    figuresOf({ amount: '1000', amountIs: 'net', vatRate: '0.13', isRed: false, ...given });
  it('is without VAT or with it, as the person says', () => {
    expect(stated()).toEqual({ net: '1000.00', gross: '1130.00' });
    expect(stated({ amountIs: 'gross' })).toEqual({ net: '884.96', gross: '1000.00' });
    expect(stated({ vatRate: '0' })).toEqual({ net: '1000.00', gross: '1000.00' });
  });
  it('is rounded to fen, half away from zero, also below zero', () => {
    expect(stated({ amount: '0.50', vatRate: '0.01' })).toEqual({ net: '0.50', gross: '0.51' });
    expect(stated({ amount: '0.50', vatRate: '0.01', isRed: true })).toEqual({ net: '-0.50', gross: '-0.51' });
  });
  it('goes with the tax that the invoice states, up to the roundings of its lines', () => {
    expect(stated({ tax: '130.04' })).toEqual({ net: '1000.00', gross: '1130.04' });
    expect(stated({ amount: '1130', amountIs: 'gross', tax: '130.04' })).toEqual({ net: '999.96', gross: '1130.00' });
    expect(stated({ tax: '131.27' })).toMatchObject({ gross: '1131.27' });
    expect(refusalOf(() => stated({ tax: '131.28' }))).toBe('invoice-tax-differs 130.00 0.13');
    expect(refusalOf(() => stated({ amount: '1', amountIs: 'gross', tax: '1' }))).toBe('invoice-tax-differs 0.12 0.13');
  });
  it('is not zero', () => expect(refusalOf(() => stated({ amount: '0.00' }))).toBe('invoice-amount-zero'));
});
