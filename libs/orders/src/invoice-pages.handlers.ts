import { Attachments } from '@app/attachments';
import { Accounts, Vault } from '@app/auth';
import type { Actor } from '@app/auth';
import { CalendarDate, Instant, ListOf, Nested, OneOf, OptionalText, sum, Text, Uuid, VatRate } from '@app/kernel';
import { AttachmentRef, FirmView, Readers } from '@app/matching';
import type { NameOf } from '@app/matching';
import { Injectable } from '@nestjs/common';
import { INVOICE_SOURCES, INVOICE_STATES } from './evidence-story.rules';
import { INVOICE_TEXTS } from './invoice.handlers';
import { InvoiceRow } from './invoices.view';
import type { InvoiceCheckEntry } from './invoices.view';
import { sideOf } from './order-readers.handlers';
import { ORDER_SIDES } from './order-story.rules';
import type { OrderFile } from './order-story.rules';

export const CHECK_STATES = ['unchecked', ...INVOICE_STATES] as const;

const SIGNED = { example: '-113.00', description: 'yuan; of a red invoice below zero' };

export class InvoicePartView {
  @Uuid() order: string;
  @Uuid() fact: string;
  @Text(20, SIGNED) net: string;
  @Text(20, SIGNED) gross: string;
}

export class InvoiceReversalView {
  @Text(40) red: string;
  @Text(20, SIGNED) net: string;
  @Text(20, SIGNED) gross: string;
}

export class InvoiceCheckView {
  @Uuid() check: string;
  @OneOf(INVOICE_STATES) state: string;
  @CalendarDate() checkedOn: string;
  @OneOf([...ORDER_SIDES, 'office']) side: string;
  @Text(50, { optional: true, description: 'of an officer, to offices and the auditor' }) name?: string;
  @OptionalText(1000) text?: string;
  @ListOf(() => AttachmentRef, { most: 20 }) files: AttachmentRef[];
  @Instant() at: string;
}

export class InvoiceView {
  @Text(40, { example: '23442000000014209621' }) number: string;
  @Nested(() => FirmView, { description: 'the seller' }) supplier: FirmView;
  @Nested(() => FirmView, { description: 'the buyer' }) lead: FirmView;
  @OneOf(ORDER_SIDES, { optional: true, description: "the reader's side; left out for an office" }) side?: string;
  @CalendarDate() invoicedOn: string;
  @Text(20, SIGNED) net: string;
  @Text(20, SIGNED) gross: string;
  @VatRate({ optional: true, description: 'left out where orders of several rates share it' }) vatRate?: string;
  @Text(40, { optional: true, description: 'of a red invoice: the one that it reverses' }) redOf?: string;
  @ListOf(() => InvoiceReversalView, { most: 1_000, description: 'red invoices that reverse parts of it' })
  reversals: InvoiceReversalView[];
  @ListOf(() => InvoicePartView, { most: 200 }) parts: InvoicePartView[];
  @Uuid({ optional: true, description: 'the statement that divides it over orders' }) statement?: string;
  @OneOf(INVOICE_SOURCES) source: string;
  @OneOf(CHECK_STATES, { description: 'as an office looked it up last' }) checkState: string;
  @ListOf(() => InvoiceCheckView, { most: 1_000 }) checks: InvoiceCheckView[];
  @ListOf(() => AttachmentRef, { most: 20 }) files: AttachmentRef[];
  @Instant() registeredAt: string;
}

/** What an answer needs besides rows: names of firms, people and files, and words that stand in the vault. */
@Injectable()
export class InvoicePages {
  constructor(
    private readonly readers: Readers,
    private readonly attachments: Attachments,
    private readonly accounts: Accounts,
    private readonly vault: Vault,
  ) {}

  /** By number. */
  async shown(rows: readonly InvoiceRow[], actor: Actor): Promise<Map<string, InvoiceView>> {
    const nameOf = await this.readers.namesOf(rows.flatMap(({ lead, supplier }) => [lead, supplier]));
    const checks = rows.flatMap((row) => row.checks);
    const stored = await this.attachments.find([...rows, ...checks].flatMap(({ files }) => files.map(({ id }) => id)));
    const named = (files: readonly OrderFile[]): AttachmentRef[] =>
      files.map((file) => ({ ...file, name: stored.get(file.id)?.name ?? '' }));
    const officers = actor.party ? [] : checks.filter(({ by }) => !('side' in by)).map(({ by }) => by.account);
    const people = await this.accounts.contacts(officers);
    const checkView = async (entry: InvoiceCheckEntry): Promise<InvoiceCheckView> => {
      const { check, state, checkedOn, by, text, files, at } = entry;
      return {
        ...{ check, state, checkedOn, at, files: named(files) },
        side: 'side' in by ? by.side : 'office',
        name: people.get(by.account)?.name,
        text: text && (await this.vault.getText(INVOICE_TEXTS, text.id, text.sha256)),
      };
    };
    const views = rows.map(async (row) => {
      const view = { ...headOf(row, actor, nameOf), files: named(row.files) };
      return [row.number, { ...view, checks: await Promise.all(row.checks.map(checkView)) }] as const;
    });
    return new Map(await Promise.all(views));
  }
}

function headOf(row: InvoiceRow, actor: Actor, nameOf: NameOf): Omit<InvoiceView, 'checks' | 'files'> {
  const { number, lead, supplier, invoicedOn, net, gross, vatRate, redOf, parts, claimant, source, checkState } = row;
  return {
    ...{ number, invoicedOn, net, gross, source, checkState, registeredAt: row.claimedAt },
    supplier: { enterprise: supplier, name: nameOf(supplier) },
    lead: { enterprise: lead, name: nameOf(lead) },
    side: sideOf(row, actor),
    vatRate: vatRate ?? undefined,
    redOf: redOf ?? undefined,
    reversals: row.reversals.map(({ red, parts: reversed }) => ({ red, ...sumOf(reversed) })),
    parts: [...parts],
    ...(claimant.kind === 'statement' && { statement: claimant.statement }),
  };
}

const sumOf = (parts: readonly InvoicePartView[]) => ({
  net: sum(parts.map(({ net }) => net)).toFixed(2),
  gross: sum(parts.map(({ gross }) => gross)).toFixed(2),
});
