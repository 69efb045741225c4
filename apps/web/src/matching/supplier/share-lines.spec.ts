import { linesOf } from './share-lines';

test('shares of one listing stand on one line', () => {
  const shares = [
    { listing: 'a', share: '1' },
    { listing: 'b', share: '2' },
    { listing: 'a', share: '3' },
  ];
  expect(linesOf(shares)).toEqual([
    { listing: 'a', shares: ['1', '3'] },
    { listing: 'b', shares: ['2'] },
  ]);
  expect(linesOf([])).toEqual([]);
});
