import type { Answer } from '../api/client';

export type OrderAct = 'contract' | 'delivery' | 'return' | 'invoice' | 'payment' | 'change' | 'ending';
export type FactAct = 'confirmation' | 'dispute' | 'acceptance' | 'withdrawal' | 'decision';

type Answered = Answer<'/api/orders/{order}', 'get'>;
export type LineView = Answered['lines'][number];
export type FactView = Omit<Answered['facts'][number], 'acts'> & { readonly acts: readonly FactAct[] };
/** The page's answer, with the acts by their names: the API's document lists strings. */
export type OrderView = Omit<Answered, 'facts' | 'next'> & {
  readonly facts: readonly FactView[];
  readonly next: readonly OrderAct[];
};
export const orderView = (answered: Answered): OrderView => answered as OrderView;

export const firmName = ({ name, enterprise }: { readonly name?: string; readonly enterprise: string }): string =>
  name ?? enterprise;

/** The firm on the other side of the reader's; the lead where an office reads. */
export const otherFirm = ({ side, lead, supplier }: Pick<OrderView, 'side' | 'lead' | 'supplier'>) =>
  side === 'lead' ? supplier : lead;
