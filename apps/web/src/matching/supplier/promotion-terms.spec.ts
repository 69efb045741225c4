import { sentPromotion } from './promotion-terms';

const unit = { code: 'PR', name: '双' };

test('what is sent has plain numbers and no empty fields', () => {
  const typed = {
    product: ' 鞋底 ',
    unit,
    area: '350582',
    capacityPerMonth: '20,000',
    priceLow: '',
    leadTimeDays: '１５',
    certificates: ['ISO 9001', ' '],
    note: '  ',
  };
  expect(sentPromotion(typed)).toEqual({
    product: '鞋底',
    unit,
    area: '350582',
    capacityPerMonth: '20000',
    leadTimeDays: 15,
    certificates: ['ISO 9001'],
  });
});

test('a lead time that is no whole number is left for the server to refuse', () => {
  expect(sentPromotion({ product: '鞋底', unit, area: '350582', leadTimeDays: '两周' })).toMatchObject({
    leadTimeDays: '两周',
  });
});
