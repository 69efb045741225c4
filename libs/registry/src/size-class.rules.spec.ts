import { SECTOR_BOUNDS, sectorOf, SizeClass, sizeClass, SizeFigures } from './size-class.rules';

const wan = (amount: number) => `${amount}0000`;

describe('size class in industry', () => {
  it.each<[staff: number, revenue: string, expected: SizeClass]>([
    [1000, wan(40_000), 'large'],
    [999, wan(40_000), 'medium'],
    [1000, '399999999.99', 'medium'],
    [300, wan(2_000), 'medium'],
    [299, wan(2_000), 'small'],
    [300, '19999999.99', 'small'],
    [20, wan(300), 'small'],
    [19, wan(300), 'micro'],
    [20, '2999999.99', 'micro'],
    [5000, '0', 'micro'],
    [0, wan(90_000), 'micro'],
  ])('of %i persons and %s yuan is %s', (staff, revenue, expected) =>
    expect(sizeClass('1953', { staff, revenue })).toBe(expected),
  );
});

// Every sector at the lower bound of each class, and just below it in each figure alone.
describe.each(Object.entries(SECTOR_BOUNDS))('the bounds of %s', (sector, bounds) => {
  const industry = {
    agriculture: '01',
    industry: '13',
    construction: '47',
    wholesale: '51',
    retail: '52',
    transport: '54',
    storage: '594',
    post: '60',
    lodging: '61',
    catering: '62',
    telecommunication: '63',
    software: '65',
    'real-estate-development': '701',
    'property-management': '702',
    'leasing-and-business-services': '72',
    other: '75',
  }[sector]!;
  const figures = Object.entries(bounds) as [keyof SizeFigures, readonly [number, number, number]][];
  const at = (level: number, below?: keyof SizeFigures): SizeFigures =>
    Object.fromEntries(
      figures.map(([figure, levels]) => {
        const bound = levels[level]!;
        if (figure === 'staff') return [figure, figure === below ? bound - 1 : bound];
        return [figure, figure === below ? `${bound - 1}9999.99` : wan(bound)];
      }),
    );

  it.each(['small', 'medium', 'large'] as const)('%s begins where the rule says', (expected) => {
    const level = ['small', 'medium', 'large'].indexOf(expected);
    const before = (['micro', 'small', 'medium'] as const)[level];
    expect(sizeClass(industry, at(level))).toBe(expected);
    for (const [figure] of figures) expect(sizeClass(industry, at(level, figure))).toBe(before);
  });
});

describe('figures that are not known', () => {
  it.each<[SizeFigures, SizeClass | undefined]>([
    [{ staff: 19 }, 'micro'],
    [{ staff: 20 }, undefined],
    [{ revenue: wan(299) }, 'micro'],
    [{ revenue: wan(300) }, undefined],
    [{}, undefined],
  ])('settle it only when they could not change it: %j', (figures, expected) =>
    expect(sizeClass('1953', figures)).toBe(expected),
  );
  it('do not count where the sector does not ask for them', () => {
    expect(sizeClass('01', { revenue: wan(500) })).toBe('medium');
    expect(sizeClass('75', { staff: 100 })).toBe('medium');
  });
});

describe('sectors', () => {
  it.each([
    ['0111', 'agriculture'],
    ['B', 'industry'],
    ['06', 'industry'],
    ['4690', 'industry'],
    ['50', 'construction'],
    ['5910', 'transport'],
    ['592', 'storage'],
    ['5820', 'transport'],
    ['7040', 'other'],
    ['8521', 'other'],
    ['R', 'other'],
    // Too short to tell, or in no sector of the rule.
    ['59', undefined],
    ['70', undefined],
    ['G', undefined],
    ['53', undefined],
    ['66', undefined],
    ['83', undefined],
    ['84', undefined],
    ['91', undefined],
  ])('%s is %s', (industry, sector) => expect(sectorOf(industry)).toBe(sector));
});
