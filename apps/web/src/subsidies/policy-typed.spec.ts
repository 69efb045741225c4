import type { Api } from '../api/client';
import { Problem } from '../api/problem';
import { atTypedReadings, termsOf, typedTerms } from './policy-typed';

const terms: Api['PolicyTerms'] = {
  title: '协作配套中小企业奖励',
  beneficiary: 'loan',
  legalBasis: [{ title: '若干措施', issuedBy: '泉州市' }],
  sources: [],
  reviews: [],
  effectiveFrom: '2020-02-01',
  endsOn: '2021-12-31',
  stated: { rates: { share: '0.5' } },
  readings: [
    {
      parameter: 'window',
      reading: 'dated',
      ours: true,
      basis: '疫情期间',
      values: { from: '2020-01-23', to: '2020-12-31' },
    },
    { parameter: 'rounding', reading: 'fen-half-up', ours: true, basis: '利息到分' },
  ],
  materials: [],
  noticeWorkingDays: 5,
  objections: { answerWorkingDays: 15, acceptsAnonymous: true },
  standStillDays: 3,
};

describe('the form of a policy', () => {
  it('shows a row for every open point and sends those that were read', () => {
    const typed = typedTerms(terms);
    expect(typed.readings.map(({ parameter }) => parameter)).toEqual([
      'window',
      'cap-per',
      'budget-short',
      'rounding',
      'interest-base',
      'day-count',
      'exclusions',
      'other-schemes',
    ]);
    expect(termsOf(typed)).toEqual(terms);
  });

  it('leaves out values that the reading does not have, and empty texts', () => {
    const typed = typedTerms(terms);
    const [window, ...rest] = typed.readings;
    const changed = {
      ...typed,
      note: ' ',
      sources: [{ title: '文本', address: '' }],
      readings: [{ ...window!, values: { ...window!.values, total: '5', means: [] } }, ...rest],
    };
    expect(termsOf(changed)).toEqual({ ...terms, sources: [{ title: '文本' }] });
  });

  it('brings a fault of a sent reading to its row', () => {
    const fault = { in: 'body', field: '/terms/readings/1/basis', rule: 'field-text', zh: '请填写', en: 'Fill in' };
    const other = { ...fault, field: '/terms/title' };
    const moved = atTypedReadings(new Problem(422, 'fields', '', '', [fault, other]), typedTerms(terms).readings);
    expect(moved?.errors.map(({ field }) => field)).toEqual(['/terms/readings/3/basis', '/terms/title']);
  });
});
