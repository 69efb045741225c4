import { decimalText, Exact } from '@app/kernel';
import { sheetHeadings as heading, sheetTitles } from '@app/labels';
import type { Sheet, SheetColumn } from '@app/spreadsheets';
import { firmColumns, word } from './goods-sheets.handlers';
import type { CheckView, MatchLine } from './match-answer.rules';
import type { BoardOfferView, MyOfferView, ShareView } from './offer-answer.rules';

// What people take away of offers, awards, matches and checks.

const sumOf = (quantities: readonly string[]): string | undefined =>
  quantities.length === 0 ? undefined : decimalText(quantities.reduce((all, one) => all.plus(one), new Exact(0)));

export const myOfferSheet: Sheet<MyOfferView> = {
  title: sheetTitles.myOffers,
  columns: [
    { key: 'product', heading: heading.product, kind: 'text', value: ({ product }) => product },
    ...firmColumns<MyOfferView>('lead', ({ lead }) => lead),
    {
      ...{ key: 'listingStatus', heading: heading.listingStatus, kind: 'text' },
      value: ({ listingStatus }, language) => word('listing-status', listingStatus, language),
    },
    { key: 'quantity', heading: heading.quantity, kind: 'number', value: ({ terms }) => terms.quantity },
    { key: 'unitPrice', heading: heading.unitPrice, kind: 'number', value: ({ terms }) => terms.unitPrice },
    { key: 'vatRate', heading: heading.vatRate, kind: 'number', value: ({ terms }) => terms.vatRate },
    { key: 'deliverBy', heading: heading.deliverBy, kind: 'day', value: ({ terms }) => terms.deliverBy },
    { key: 'minimumLot', heading: heading.minimumLot, kind: 'number', value: ({ terms }) => terms.minimumLot },
    {
      ...{ key: 'status', heading: heading.status, kind: 'text' },
      value: ({ state }, language) => word('offer-state', state, language),
    },
    {
      ...{ key: 'result', heading: heading.result, kind: 'text' },
      value: ({ result }, language) => word('offer-result', result, language),
    },
    {
      ...{ key: 'lossReason', heading: heading.lossReason, kind: 'text' },
      value: ({ lossReason }, language) => word('loss-reason', lossReason, language),
    },
    {
      ...{ key: 'awardedQuantity', heading: heading.awardedQuantity, kind: 'number' },
      value: ({ shares }) => sumOf(shares.map(({ quantity }) => quantity)),
    },
    { key: 'receipt', heading: heading.receipt, kind: 'text', value: ({ receipts }) => receipts.at(-1)?.number },
    {
      key: 'receivedAt',
      heading: heading.receivedAt,
      kind: 'minute',
      value: ({ receipts }) => receipts.at(-1)?.receivedAt,
    },
    { key: 'note', heading: heading.note, kind: 'text', value: ({ terms }) => terms.note },
  ],
};

const shareColumns: readonly SheetColumn<ShareView>[] = [
  { key: 'product', heading: heading.product, kind: 'text', value: ({ product }) => product },
  ...firmColumns<ShareView>('lead', ({ lead }) => lead),
  ...firmColumns<ShareView>('supplier', ({ supplier }) => supplier),
  { key: 'awardedQuantity', heading: heading.awardedQuantity, kind: 'number', value: ({ quantity }) => quantity },
  { key: 'unit', heading: heading.unit, kind: 'text', value: ({ unit }) => unit?.name },
  { key: 'unitPrice', heading: heading.unitPrice, kind: 'number', value: ({ unitPrice }) => unitPrice },
  { key: 'vatRate', heading: heading.vatRate, kind: 'number', value: ({ vatRate }) => vatRate },
  { key: 'deliverBy', heading: heading.deliverBy, kind: 'day', value: ({ deliverBy }) => deliverBy },
  {
    ...{ key: 'status', heading: heading.status, kind: 'text' },
    value: ({ state }, language) => word('share-state', state, language),
  },
  {
    ...{ key: 'reason', heading: heading.reason, kind: 'text' },
    value: ({ reason }, language) => word('award-reason', reason, language),
  },
  { key: 'reasonText', heading: heading.reasonText, kind: 'text', value: ({ reasonText }) => reasonText },
  { key: 'awardedAt', heading: heading.awardedAt, kind: 'minute', value: ({ awardedAt }) => awardedAt },
  { key: 'acceptBy', heading: heading.acceptBy, kind: 'minute', value: ({ acceptBy }) => acceptBy },
  { key: 'answeredAt', heading: heading.answeredAt, kind: 'minute', value: ({ answeredAt }) => answeredAt },
  {
    ...{ key: 'declineReason', heading: heading.declineReason, kind: 'text' },
    value: ({ declineReason }, language) => word('decline-reason', declineReason, language),
  },
  { key: 'declineText', heading: heading.declineText, kind: 'text', value: ({ declineText }) => declineText },
];

export const awardSheet: Sheet<ShareView> = { title: sheetTitles.awards, columns: shareColumns };

/** The lead's own words on an award are not the supplier's to read. */
export const myShareSheet: Sheet<ShareView> = {
  title: sheetTitles.myShares,
  columns: shareColumns.filter(({ key }) => key !== 'reasonText' && !key.startsWith('supplier')),
};

export const boardSheet: Sheet<BoardOfferView> = {
  title: sheetTitles.board,
  columns: [
    ...firmColumns<BoardOfferView>('supplier', ({ supplier }) => supplier),
    { key: 'area', heading: heading.area, kind: 'text', value: ({ supplier }) => supplier.area },
    {
      ...{ key: 'size', heading: heading.size, kind: 'text' },
      value: ({ supplier }, language) => word('size', supplier.size, language),
    },
    {
      ...{ key: 'certificates', heading: heading.certificates, kind: 'text' },
      value: ({ supplier }) => supplier.certificates.join('; '),
    },
    { key: 'quantity', heading: heading.quantity, kind: 'number', value: ({ terms }) => terms?.quantity },
    { key: 'unitPrice', heading: heading.unitPrice, kind: 'number', value: ({ terms }) => terms?.unitPrice },
    { key: 'vatRate', heading: heading.vatRate, kind: 'number', value: ({ terms }) => terms?.vatRate },
    {
      ...{ key: 'unitPriceWithVat', heading: heading.unitPriceWithVat, kind: 'number' },
      value: ({ unitPriceWithVat }) => unitPriceWithVat,
    },
    { key: 'amount', heading: heading.amount, kind: 'money', value: ({ amount }) => amount },
    {
      key: 'amountWithVat',
      heading: heading.amountWithVat,
      kind: 'money',
      value: ({ amountWithVat }) => amountWithVat,
    },
    { key: 'deliverBy', heading: heading.deliverBy, kind: 'day', value: ({ terms }) => terms?.deliverBy },
    { key: 'minimumLot', heading: heading.minimumLot, kind: 'number', value: ({ terms }) => terms?.minimumLot },
    {
      ...{ key: 'status', heading: heading.status, kind: 'text' },
      value: ({ state }, language) => word('offer-state', state, language),
    },
    {
      ...{ key: 'awardedQuantity', heading: heading.awardedQuantity, kind: 'number' },
      value: ({ shares }) => sumOf(shares.map(({ quantity }) => quantity)),
    },
    {
      ...{ key: 'reason', heading: heading.reason, kind: 'text' },
      value: ({ shares }, language) => shares.map(({ reason }) => word('award-reason', reason, language)).join('; '),
    },
    {
      ...{ key: 'lossReason', heading: heading.lossReason, kind: 'text' },
      value: ({ lossReason }, language) => word('loss-reason', lossReason, language),
    },
    { key: 'receivedAt', heading: heading.receivedAt, kind: 'minute', value: ({ receivedAt }) => receivedAt },
    { key: 'note', heading: heading.note, kind: 'text', value: ({ terms }) => terms?.note },
  ],
};

export const matchSheet: Sheet<MatchLine> = {
  title: sheetTitles.matchRegister,
  columns: [
    ...firmColumns<MatchLine>('lead', ({ lead }) => lead),
    ...firmColumns<MatchLine>('supplier', ({ supplier }) => supplier),
    { key: 'product', heading: heading.product, kind: 'text', value: ({ product }) => product },
    { key: 'unit', heading: heading.unit, kind: 'text', value: ({ unit }) => unit.name },
    {
      ...{ key: 'status', heading: heading.status, kind: 'text' },
      value: ({ state }, language) => word('match-state', state, language),
    },
    {
      ...{ key: 'awardedQuantity', heading: heading.awardedQuantity, kind: 'number' },
      value: ({ shares }) => sumOf(shares.map(({ quantity }) => quantity)),
    },
    {
      ...{ key: 'acceptedQuantity', heading: heading.acceptedQuantity, kind: 'number' },
      value: ({ shares }) => sumOf(shares.filter(({ state }) => state === 'accepted').map(({ quantity }) => quantity)),
    },
    {
      ...{ key: 'checkState', heading: heading.checkState, kind: 'text' },
      value: ({ checkState }, language) => word('check-result', checkState, language),
    },
    { key: 'since', heading: heading.since, kind: 'minute', value: ({ since }) => since },
  ],
};

export const checkSheet: Sheet<CheckView> = {
  title: sheetTitles.checks,
  columns: [
    ...firmColumns<CheckView>('lead', ({ lead }) => lead),
    ...firmColumns<CheckView>('supplier', ({ supplier }) => supplier),
    {
      ...{ key: 'checkState', heading: heading.checkState, kind: 'text' },
      value: ({ state }, language) => word('check-result', state, language),
    },
    {
      ...{ key: 'cause', heading: heading.cause, kind: 'text' },
      value: ({ cause }, language) => word('check-cause', cause?.kind, language),
    },
    { key: 'openedAt', heading: heading.openedAt, kind: 'minute', value: ({ openedAt }) => openedAt },
    { key: 'concludedAt', heading: heading.concludedAt, kind: 'minute', value: ({ conclusion }) => conclusion?.at },
  ],
};
