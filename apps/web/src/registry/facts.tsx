import type { Api } from '../api/client';
import { defineWords } from '../app/language';
import { Money } from '../kit/figures';
import { useChoices, useLabels } from '../kit/labels';
import { Facts } from '../kit/object-page';
import { useAreas, useIndustries } from '../kit/reference';

const words = defineWords('registry-facts', {
  people: ['{{count}} 人', '{{count}} people'],
});

/** Facts about a firm, each under its word. */
export function FirmFacts({
  facts,
  more = [],
}: {
  facts: Api['FactsView'];
  more?: readonly (readonly [string, React.ReactNode])[];
}) {
  const t = words.use();
  const label = useLabels();
  const { areaName } = useAreas();
  const { industryName } = useIndustries();
  const address = (given: Api['AddressForm'] | undefined) => given && `${areaName(given.area)} ${given.text}`;
  return (
    <Facts
      facts={[
        ...more,
        [label('fact', 'name'), facts.name],
        [label('fact', 'registeredAddress'), address(facts.registeredAddress)],
        [label('fact', 'plantAddress'), address(facts.plantAddress)],
        [label('fact', 'industry'), facts.industry && industryName(facts.industry)],
        [label('fact', 'staff'), facts.staff !== undefined && t('people', { count: facts.staff })],
        [label('fact', 'revenue'), facts.revenue && <Money amount={facts.revenue} />],
        [label('fact', 'assets'), facts.assets && <Money amount={facts.assets} />],
        [
          label('fact', 'holders'),
          facts.holders && (
            <ul className="plain">
              {facts.holders.map(({ holder, name, share }) => (
                <li key={holder}>
                  {name ?? holder} {percent(share)}
                </li>
              ))}
            </ul>
          ),
        ],
      ]}
    />
  );
}

/** A part of one as percent, without floating point: 0.255 is 25.5%. */
export function percent(share: string): string {
  const [whole = '0', part = ''] = share.split('.');
  const digits = `${whole}${part.padEnd(2, '0')}`;
  const point = whole.length + 2;
  const text = `${digits.slice(0, point)}.${digits.slice(point)}`
    .replace(/^0+(?=\d)/, '')
    .replace(/\.?0*$/, (zeros) => (zeros.startsWith('.') ? '' : zeros));
  return `${text}%`;
}

/** What can be missing from a registration: a fact or a piece of evidence. */
export function useGapFields() {
  const options = [...useChoices('fact'), ...useChoices('evidence')];
  return { options, nameOf: (field: string): string => options.find(({ value }) => value === field)?.label ?? field };
}
