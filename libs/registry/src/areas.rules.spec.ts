import { isArea, isInCity, officeFor, OFFICES } from './areas.rules';
import { isIndustry, MANUFACTURING, sectionOf } from './industries.rules';

describe('areas', () => {
  it('have 13 offices, the two zones last', () => {
    expect(OFFICES).toHaveLength(13);
    expect(OFFICES.slice(-2).map(({ area }) => area)).toEqual(['zone:quanzhou-kaifaqu', 'zone:taishang']);
  });
  it('of the city have an office of their own, all others the city bureau', () => {
    expect(officeFor('350582')).toBe('350582');
    expect(officeFor('zone:taishang')).toBe('zone:taishang');
    expect(officeFor('440305')).toBe('city');
  });
  it('are in the city or not', () => {
    expect(OFFICES.every(({ area }) => isInCity(area))).toBe(true);
    expect(isInCity('350527')).toBe(false);
    expect(isInCity('350203')).toBe(false);
  });
  it.each(['350582', '110101', '659001', 'zone:taishang'])('know %s', (area) => expect(isArea(area)).toBe(true));
  it.each(['350527', '350500', '770101', '35058', 'zone:other', ''])('do not know %j', (area) =>
    expect(isArea(area)).toBe(false),
  );
});

describe('industries', () => {
  it('have the divisions of manufacturing', () =>
    expect(MANUFACTURING.map(({ code }) => Number(code))).toEqual(Array.from({ length: 31 }, (_, i) => i + 13)));
  it('lie in a section', () => {
    expect(sectionOf('1953')).toBe('C');
    expect(sectionOf('01')).toBe('A');
    expect(sectionOf('C')).toBe('C');
    expect(isIndustry('98')).toBe(false);
    expect(isIndustry('00')).toBe(false);
    expect(isIndustry('C13')).toBe(false);
  });
});
