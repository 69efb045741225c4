import type { Api } from '../../api/client';

export type Terms = Api['ListingTerms'];
export type Constant = Api['ConstantField'];

/** What publication needs beside the product, as the service has it (`checkedForPublication`). */
export const NEEDED = [
  'quantity',
  'unit',
  'supplyMode',
  'freightIncluded',
  'deliveryPlace',
  'deliverBy',
  'invoiceType',
  'paymentTermDays',
  'quotingDeadline',
  'acceptanceHours',
  'partsAccepted',
  'earlyCloseAllowed',
  'visibility',
] as const satisfies readonly (keyof Terms)[];
export type Needed = (typeof NEEDED)[number];

/** Terms that usually hold for all lines of a catalogue. */
export const COMMON = [
  'quotingDeadline',
  'deliverBy',
  'deliveryPlace',
  'supplyMode',
  'freightIncluded',
  'invoiceType',
  'paymentTermDays',
  'paymentTermText',
  'acceptanceHours',
  'partsAccepted',
  'earlyCloseAllowed',
  'visibility',
] as const satisfies readonly (keyof Terms)[];

/** What most leads want, so that a manager changes what differs and types little. */
export const USUAL: Partial<Terms> = {
  supplyMode: 'goods',
  freightIncluded: true,
  invoiceType: 'special',
  paymentTermDays: 30,
  acceptanceHours: 48,
  partsAccepted: true,
  earlyCloseAllowed: false,
  visibility: { class: 'public' },
};

/** What a line lacks before it can be published, in the order of the form. */
export const missingOf = (terms: Partial<Terms>): Needed[] => [
  ...NEEDED.filter((field) => terms[field] === undefined),
  ...(terms.visibility?.class === 'invited' && !terms.visibility.invited?.length ? (['visibility'] as const) : []),
];

/** Whether delivery would be due before quoting ends: a day of Shanghai against an instant. */
export function deliversTooSoon({ deliverBy, quotingDeadline }: Partial<Terms>): boolean {
  if (deliverBy === undefined || quotingDeadline === undefined) return false;
  return new Date(`${deliverBy}T24:00:00+08:00`).getTime() <= new Date(quotingDeadline).getTime();
}

/** Terms as texts of an import, for the cells that a file leaves empty. A list of firms or a pledge has no cell: it is set afterwards. */
export function constantsOf(terms: Partial<Terms>): Constant[] {
  const yes = (value: boolean | undefined): string | undefined =>
    value === undefined ? undefined : value ? '是' : '否';
  const { visibility, deliveryPlace, paymentTermDays, acceptanceHours } = terms;
  const isPlain = visibility?.class === 'public' || visibility?.class === 'verified';
  const texts: Record<string, string | undefined> = {
    quotingDeadline: terms.quotingDeadline,
    deliverBy: terms.deliverBy,
    deliveryArea: deliveryPlace?.area,
    deliveryPlace: deliveryPlace?.area === undefined ? undefined : deliveryPlace.text,
    supplyMode: terms.supplyMode,
    freightIncluded: yes(terms.freightIncluded),
    invoiceType: terms.invoiceType,
    paymentTermDays: paymentTermDays?.toString(),
    acceptanceHours: acceptanceHours?.toString(),
    partsAccepted: yes(terms.partsAccepted),
    earlyCloseAllowed: yes(terms.earlyCloseAllowed),
    visibility: isPlain ? visibility.class : undefined,
  };
  return Object.entries(texts).flatMap(([field, text]) => (text === undefined || text === '' ? [] : [{ field, text }]));
}

/** What an import cannot carry and is written into the drafts when they stand. */
export function afterwards(terms: Partial<Terms>): Partial<Terms> | undefined {
  const { visibility, paymentTermText } = terms;
  const isListed = visibility?.class === 'invited' || visibility?.class === 'pledge';
  if (!isListed && !paymentTermText) return undefined;
  return { ...(isListed && { visibility }), ...(paymentTermText && { paymentTermText }) };
}

/** What a form left empty says nothing, and an empty place or visibility is none. */
export function cleaned(terms: Partial<Terms>): Partial<Terms> {
  const { deliveryPlace, visibility, ...rest } = terms;
  const said = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as Partial<Terms>;
  const place = deliveryPlace?.area
    ? { area: deliveryPlace.area, ...(deliveryPlace.text && { text: deliveryPlace.text }) }
    : undefined;
  return {
    ...said,
    ...(place && { deliveryPlace: place }),
    ...(visibility?.class && { visibility: seenBy(visibility) }),
  };
}

/** Each class with what belongs to it alone. */
const seenBy = ({ class: of, invited, pledgeText }: NonNullable<Terms['visibility']>): Terms['visibility'] => ({
  class: of,
  ...(of === 'invited' && { invited: invited ?? [] }),
  ...(of === 'pledge' && pledgeText && { pledgeText }),
});
