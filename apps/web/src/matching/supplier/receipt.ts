import type { Api } from '../../api/client';
import { amounts, grossPrice } from './offer-terms';

/** What one receipt says, whichever way it is shown. */
export type Receipt = Api['ReceiptView'] & {
  readonly product: string;
  readonly lead: string;
  readonly unit: string;
};

export const withVat = ({ terms }: Pick<Receipt, 'terms'>) => ({
  price: grossPrice(terms.unitPrice, terms.vatRate) ?? terms.unitPrice,
  sum: amounts(terms)?.gross ?? '',
});
