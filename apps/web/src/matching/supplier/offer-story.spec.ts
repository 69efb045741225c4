import type { Api } from '../../api/client';
import { offerStory } from './offer-story';

const terms = { quantity: '600', unitPrice: '12.5', vatRate: '0.13', deliverBy: '2020-04-15' } as const;
const receipt = (at: string, round: number): Api['ReceiptView'] => ({
  receipt: at,
  number: at,
  sha256: '',
  receivedAt: at,
  round,
  terms,
});
const share = (given: Partial<Api['ShareView']>) =>
  ({ awardedAt: '2020-02-12T01:00:00Z', acceptBy: '2020-02-14T01:00:00Z', ...given }) as Api['ShareView'];

const told = (...shares: Api['ShareView'][]): string[] =>
  offerStory(
    {
      receipts: [receipt('2020-02-10T01:00:00Z', 1), receipt('2020-02-11T05:00:00Z', 2)],
      secondRound: { deadline: '2020-02-11T09:00:00Z', state: 'closed' },
    },
    shares,
  ).map(({ kind, at }) => `${at} ${kind}`);

it('tells the latest first, from the award back to the first receipt', () => {
  expect(told(share({ state: 'accepted', answeredAt: '2020-02-12T01:00:00Z' }))).toEqual([
    '2020-02-12T01:00:00Z answered',
    '2020-02-12T01:00:00Z awarded',
    '2020-02-11T09:00:00Z second-round-ends',
    '2020-02-11T05:00:00Z received',
    '2020-02-10T01:00:00Z received',
  ]);
});

it('dates what lapsed by its term, and tells no answer that was not given', () => {
  expect(told(share({ state: 'lapsed' }))[0]).toBe('2020-02-14T01:00:00Z answered');
  expect(told(share({ state: 'offered' }))[0]).toBe('2020-02-12T01:00:00Z awarded');
  expect(told(share({ state: 'cancelled' }))[0]).toBe('2020-02-12T01:00:00Z awarded');
});
