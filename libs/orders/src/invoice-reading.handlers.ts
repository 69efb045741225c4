import { Streams } from '@app/event-store';
import { Party, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { checkFirms, partiesOf } from './invoice.handlers';
import { invoiceOfQr } from './invoice-qr.rules';
import type { ReadInvoice } from './invoice-qr.rules';
import { invoiceOfXml, XmlInvoice, XmlNode } from './invoice-xml.rules';
import { order } from './order.decider';
import { orderStream } from './order.handlers';

/** Bytes. The invoices of the tax bureau have some ten thousand, also with hundreds of lines. */
export const LARGEST_XML = 1024 * 1024;

export type Read =
  | { readonly source: 'qr'; readonly invoice: ReadInvoice }
  | { readonly source: 'xml'; readonly invoice: XmlInvoice };

/** What a QR code or an XML says, to fill a form with. Nothing is kept. */
@Injectable()
export class InvoiceReading {
  constructor(private readonly streams: Streams) {}

  qr(text: string): Read {
    return { source: 'qr', invoice: invoiceOfQr(text) };
  }

  /** Refuses also `invoice-firms-differ` where it is meant for an order of other firms. */
  async xml(bytes: Buffer, meantFor: { readonly order: string; readonly by: Party } | undefined): Promise<Read> {
    const invoice = invoiceOfXml(parsed(bytes));
    if (meantFor) {
      const { state } = await this.streams.load(order, orderStream(meantFor.order));
      const { lead, supplier } = partiesOf(state, meantFor.by);
      const stated = { seller: invoice.seller.enterprise, buyer: invoice.buyer.enterprise };
      checkFirms(stated, { seller: supplier, buyer: lead });
    }
    return { source: 'xml', invoice };
  }
}

/** Refuses `invoice-xml-too-large`, `invoice-xml-entities` and `invoice-xml-broken`. */
export function parsed(bytes: Buffer): XmlNode {
  if (bytes.length > LARGEST_XML) {
    throw new Refused('invoice-xml-too-large', { max: String(LARGEST_XML >> 20) }, 'file');
  }
  const text = decoded(bytes);
  // What it could declare expands, or reaches for files; an invoice declares nothing.
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Refused('invoice-xml-entities', {}, 'file');
  const broken = () => new Refused('invoice-xml-broken', {}, 'file');
  if (XMLValidator.validate(text) !== true) throw broken();
  const parser = new XMLParser({
    ignoreAttributes: true,
    maxNestedTags: 50,
    ignoreDeclaration: true,
    ignorePiTags: true,
    parseTagValue: false,
    processEntities: false,
    removeNSPrefix: true,
  });
  try {
    return named(parser.parse(text) as XmlNode);
  } catch {
    throw broken();
  }
}

function decoded(bytes: Buffer): string {
  const head = bytes.subarray(0, 200).toString('latin1');
  const encoding = /encoding\s*=\s*["']\s*(gb\w*)/i.test(head) ? 'gb18030' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Refused('invoice-xml-broken', {}, 'file');
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five that XML itself has: firms are called A&B. */
function named(node: XmlNode): XmlNode {
  if (typeof node === 'string') {
    return node.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!);
  }
  if (Array.isArray(node)) return node.map(named);
  if (node === undefined) return node;
  return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, named(child)]));
}
