import { placeOf } from './home-links';

it.each([
  ['closing-soon', { listing: 'l' }, '/listings/l'],
  ['closing-soon', { catalogue: 'c' }, '/catalogues/c'],
  ['offers-to-compare', { catalogue: 'c' }, '/catalogues/c/board'],
  ['offers-to-compare', { listing: 'l' }, '/listings/l/board'],
  ['questions-to-answer', { catalogue: 'c' }, '/catalogues/c?needs=answer'],
  ['questions-to-answer', { listing: 'l' }, '/listings/l'],
  ['acts-to-approve', { catalogue: 'c' }, '/catalogues/c?needs=approval'],
  ['catalogue-to-publish', { catalogue: 'c' }, '/catalogues/c'],
  ['shares-unanswered', { award: 'a' }, '/awards?award=a'],
  ['check-to-conclude', { match: 'm', check: 'k' }, '/checks/m/k'],
  ['registrations-to-check', { registration: 'r' }, '/registrations/r'],
  ['roles-to-confirm', {}, '/officers'],
  ['shares-to-accept', { award: 'a' }, '/my-awards'],
  ['demand-to-answer', { listing: 'l' }, '/listings/l/offer'],
  ['second-round-to-answer', { catalogue: 'c' }, '/catalogues/c/offer'],
  ['deliveries-to-accept', { order: 'o' }, '/orders/o'],
  ['month-statement-to-answer', { item: 's' }, '/statements/s'],
  ['claim-county-check', { item: 'c' }, '/claims/c'],
  ['policy-to-approve', { item: 'cluster-sme/2022' }, '/policies/cluster-sme/2022'],
  ['something-of-a-later-context', {}, '/home'],
])('%s of %j is done at %s', (kind, ids, place) => {
  expect(placeOf(kind, ids)).toBe(place);
});
