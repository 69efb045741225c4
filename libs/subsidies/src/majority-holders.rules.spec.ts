import { usccCheckCharacter } from '@app/kernel';
import { majorityHolders } from './majority-holders.rules';

const firm = (first17: string) => first17 + usccCheckCharacter(first17);
const [LEAD, SME] = [firm('91350527MA0000001'), firm('91350527MA0000002')];

const person = 'person:abc';
const of = (...holders: [holder: string, share: string][]) =>
  majorityHolders(
    holders.map(([holder, share]) => ({ holder, share })),
    SME,
  );

it.each<[string, string[], [string, string][]]>([
  ['more than half', [LEAD], [[LEAD, '0.500001']]],
  ['half is not more', [], [[LEAD, '0.5']]],
  [
    'entries of one holder add up',
    [LEAD],
    [
      [LEAD, '0.3'],
      [person, '0.4'],
      [LEAD, '0.3'],
    ],
  ],
  ['a person is no parent', [], [[person, '1']]],
  ['nor is a firm its own', [], [[SME, '0.6']]],
])('%s', (_, parents, holders) => expect(of(...holders)).toEqual(parents));
