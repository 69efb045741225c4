import { defineWords } from '../app/language';
import { withThousands } from '../kit/decimal-text';
import { DecimalInput } from '../kit/inputs';
import { Field } from '../kit/write-form';
import { isPositive } from './order-amounts';

const words = defineWords('line-quantities', {
  most: ['最多 {{quantity}} {{unit}}', 'At most {{quantity}} {{unit}}'],
});

export type QuantityLine = {
  readonly line: string;
  readonly product: string;
  readonly specification?: string;
  readonly unit: { readonly name: string };
};
export type QuantityTyped = { readonly quantity?: string };

export const lineName = ({ product, specification }: Pick<QuantityLine, 'product' | 'specification'>): string =>
  [product, specification].filter(Boolean).join(' · ');

/** The lines of which something was typed, and their places in the form. */
export function quantitiesOf(lines: readonly QuantityLine[], typed: readonly (QuantityTyped | undefined)[] = []) {
  const places = lines.flatMap((_, place) => (isPositive(typed[place]?.quantity) ? [place] : []));
  return { places, lines: places.map((at) => ({ line: lines[at]!.line, quantity: typed[at]!.quantity! })) };
}

/** A quantity for each line, under `['lines', place, 'quantity']`; what is left empty is not meant. */
export function LineQuantities({ lines, most }: { lines: readonly QuantityLine[]; most: readonly string[] }) {
  const t = words.use();
  return (
    <div className="line-quantities">
      {lines.map((line, place) => (
        <Field
          key={line.line}
          name={['lines', place, 'quantity']}
          label={lineName(line)}
          help={t('most', { quantity: withThousands(most[place] ?? ''), unit: line.unit.name })}
        >
          <DecimalInput unit={line.unit.name} />
        </Field>
      ))}
    </div>
  );
}
