import { demandTerms, promotionTerms } from './import-columns.rules';

const demand = (fields: Record<string, string>) => demandTerms(fields).terms;
const faults = (fields: Record<string, string>) => demandTerms(fields).faults.map(({ field, code }) => [field, code]);

describe('a cell of a demand file', () => {
  it.each([
    ['1,200', '1200'],
    ['１２００', '1200'],
    ['1200.00', '1200'],
    ['0.50', '0.5'],
    ['1.5万', '15000'],
    ['若干', '若干'],
    ['-3', '-3'],
  ])('quantity %s is %s, and what is no number is left to be refused', (text, quantity) => {
    expect(demand({ quantity: text })).toMatchObject({ quantity });
  });

  it('may carry its unit behind the number', () => {
    expect(demand({ quantity: '1,000双' })).toEqual({ quantity: '1000', unit: { code: 'PR', name: '双' } });
    expect(demand({ quantity: '2万 只' })).toEqual({ quantity: '20000', unit: { code: 'C62', name: '只' } });
    expect(demand({ unit: 'kgm' })).toEqual({ unit: { code: 'KGM', name: '千克' } });
    expect(faults({ unit: '捆扎' })).toEqual([['unit', 'import-unit-unknown']]);
  });

  it.each([
    ['2020-3-5', '2020-03-05'],
    ['2020/03/05', '2020-03-05'],
    ['2020年3月5日', '2020-03-05'],
    ['三月五日', '三月五日'],
  ])('day %s is %s', (text, day) => expect(demand({ deliverBy: text })).toEqual({ deliverBy: day }));

  it('of a deadline is a minute in Shanghai, and a day alone ends at 24:00', () => {
    expect(demand({ quotingDeadline: '2020/2/20 18:00' })).toEqual({ quotingDeadline: '2020-02-20T10:00:00.000Z' });
    expect(demand({ quotingDeadline: '2020-02-20' })).toEqual({ quotingDeadline: '2020-02-20T16:00:00.000Z' });
    expect(faults({ quotingDeadline: '尽快' })).toEqual([['quotingDeadline', 'import-deadline-unclear']]);
  });

  it.each([
    ['72', 72],
    ['48小时', 48],
    ['2 天', 48],
  ])('the term to accept %s is %i hours', (text, acceptanceHours) =>
    expect(demand({ acceptanceHours: text })).toEqual({ acceptanceHours }),
  );

  it('of words is one of those that people use', () => {
    const fields = {
      supplyMode: '来料加工',
      freightIncluded: '含',
      partsAccepted: '否',
      invoiceType: '增值税专用发票',
    };
    expect(demand({ ...fields, visibility: '公开', paymentTermDays: '30天' })).toEqual({
      ...{ supplyMode: 'processing', freightIncluded: true, partsAccepted: false, invoiceType: 'special' },
      ...{ visibility: { class: 'public' }, paymentTermDays: 30 },
    });
    expect(faults({ supplyMode: '都行', partsAccepted: '也许' })).toEqual([
      ['supplyMode', 'import-word-unknown'],
      ['partsAccepted', 'import-word-unknown'],
    ]);
  });
});

describe('a cell that can be read by guessing only', () => {
  const doubts = (fields: Record<string, string>) =>
    demandTerms(fields).doubts.map(({ field, code, suggestion }) => [field, code, suggestion]);

  it.each([
    [{ quantity: '1E+3' }, [['quantity', 'doubt-number-form', '1000']]],
    [{ quantity: '12,34' }, [['quantity', 'doubt-number-form', '1234']]],
    [{ quantity: '5000', unit: 'PCS' }, [['unit', 'doubt-unit-form', '件']]],
    [{ quantity: '5', unit: '雙' }, [['unit', 'doubt-unit-form', '双']]],
    [
      { quantity: '5000米', unit: '双' },
      [
        ['quantity', 'doubt-unit-differs', '5000'],
        ['unit', 'doubt-unit-form', '米'],
      ],
    ],
    [{ quantity: '5000米', unit: '米' }, [['quantity', 'doubt-unit-attached', '5000']]],
    [{ deliverBy: '20200305' }, [['deliverBy', 'doubt-day-form', '2020-03-05']]],
    [{ deliverBy: '43895' }, [['deliverBy', 'doubt-day-form', '2020-03-05']]],
    [{ quantity: '1,234.50', unit: 'kgm', deliverBy: '2020年3月5日' }, []],
  ])('%j is read and doubted', (fields, expected) => expect(doubts(fields)).toEqual(expected));

  it('is doubted no more once it is written as suggested, and what has two readings is refused', () => {
    const told = demandTerms({ quantity: '1E+3', unit: 'PCS', deliverBy: '20200305' }).doubts;
    expect(doubts(Object.fromEntries(told.map(({ field, suggestion }) => [field, suggestion])))).toEqual([]);
    expect(demand({ quantity: '1.234,50' })).toEqual({ quantity: '1.234,50' });
  });
});

describe('a cell of a promotion file', () => {
  it('of a day’s capacity is thirty of them a month, unless the month is given', () => {
    expect(promotionTerms({ capacityPerDay: '1,000' }).terms).toEqual({ capacityPerMonth: '30000' });
    expect(promotionTerms({ capacityPerDay: '1', capacityPerMonth: '9' }).terms).toEqual({ capacityPerMonth: '9' });
    expect(promotionTerms({ capacityPerDay: '很多' }).faults).toMatchObject([{ field: 'capacityPerDay' }]);
  });

  it('may name several certificates', () => {
    expect(promotionTerms({ certificates: 'ISO 9001；CE、ISO 9001' }).terms).toEqual({
      certificates: ['ISO 9001', 'CE'],
    });
  });
});
