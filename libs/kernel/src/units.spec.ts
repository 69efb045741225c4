import { unitNamed, unitOfCode, UNITS } from './units';

describe('units', () => {
  it('are found by code', () => expect(unitOfCode('KGM')?.zh).toEqual(['千克', '公斤']));
  it('are found by any of their Chinese names', () => {
    expect(unitNamed('公斤')?.code).toBe('KGM');
    expect(unitNamed(' 双 ')?.code).toBe('PR');
    expect(unitNamed('只')?.code).toBe('C62');
    expect(unitNamed('㎡')?.code).toBe('MTK');
  });
  it('read 件 as a single thing, though two older codes carry the name too', () =>
    expect(unitNamed('件')?.code).toBe('C62'));
  it('that nobody knows are none', () => {
    expect(unitNamed('车')).toBeUndefined();
    expect(unitOfCode('XXX')).toBeUndefined();
  });
  it('have codes of their own', () => expect(new Set(UNITS.map(({ code }) => code)).size).toBe(UNITS.length));
});
