import { firmsOfText, textOfFirms } from './pasted-firms';

const A = '91110000600037341L';

describe('firms pasted from a sheet', () => {
  it('finds code and name in either order and whatever stands between', () => {
    expect(firmsOfText(`${A}\t演示鞋业\n演示鞋业,${A}\n`).firms).toEqual([
      { enterprise: A, name: '演示鞋业' },
      { enterprise: A, name: '演示鞋业' },
    ]);
  });

  it('names the lines that hold no code or no name', () => {
    expect(firmsOfText(`企业名称\n${A}\n`).bad).toEqual([
      { line: 1, text: '企业名称' },
      { line: 2, text: A },
    ]);
  });

  it('takes small letters and full-width digits', () => {
    expect(firmsOfText(`９１110000600037341l 演示`).firms).toEqual([{ enterprise: A, name: '演示' }]);
  });

  it('gives back what it took', () => {
    const firms = [{ enterprise: A, name: '演示鞋业' }];
    expect(firmsOfText(textOfFirms(firms)).firms).toEqual(firms);
  });
});
