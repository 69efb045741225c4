import { createContext, useContext } from 'react';
import { useLanguage, type Language } from '../app/language';
import { shiftLeft, withThousands } from './decimal-text';

/** Exactly two decimals for an amount; more are kept where they are not zeros, as unit prices have them. */
const atLeastCents = (decimal: string): string => {
  const [whole, part = ''] = decimal.split('.');
  return `${whole}.${part.replace(/0+$/, '').padEnd(2, '0')}`;
};

export type MoneyUnit = 'yuan' | 'wan';
export const MoneyUnitContext = createContext<{ unit: MoneyUnit; setUnit: (unit: MoneyUnit) => void }>({
  unit: 'yuan',
  setUnit: () => undefined,
});

export const moneyText = (amount: string, unit: MoneyUnit, language: Language): string =>
  unit === 'yuan'
    ? withThousands(atLeastCents(amount))
    : `${withThousands(shiftLeft(amount, 4))} ${language === 'zh' ? '万' : '×10⁴'}`;

/** An amount in yuan, or in 万元 where the reader chose so. Unit prices stay in yuan: `<Price>`. */
export function Money({ amount }: { amount: string }) {
  const { unit } = useContext(MoneyUnitContext);
  const language = useLanguage();
  return <span className="figure">{moneyText(amount, unit, language)}</span>;
}

/** A unit price in yuan, with all its decimals. */
export const Price = ({ price }: { price: string }) => (
  <span className="figure">{withThousands(atLeastCents(price))}</span>
);

/** A quantity with its unit. */
export const Quantity = ({ quantity, unit }: { quantity: string; unit?: string }) => (
  <span className="figure">
    {withThousands(quantity)}
    {unit ? ` ${unit}` : ''}
  </span>
);
