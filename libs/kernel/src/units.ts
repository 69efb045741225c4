/**
 * A unit of quantity: its UN/CEFACT Recommendation 20 code (packages: Recommendation 21 with a leading X), and the
 * Chinese names under which people write it, the usual one first. The standard counts all single things as one unit,
 * so 个, 只 and 件 share a code: a listing carries the code and the name that it was written with.
 */
export type Unit = { readonly code: string; readonly zh: readonly string[]; readonly en: string };

export const UNITS: readonly Unit[] = [
  {
    code: 'C62',
    zh: [
      '个',
      '只',
      '件',
      '台',
      '条',
      '张',
      '粒',
      '块',
      '片',
      '根',
      '支',
      '枚',
      '顶',
      '把',
      '辆',
      '部',
      '颗',
      '面',
      '份',
    ],
    en: 'one',
  },
  { code: 'PR', zh: ['双', '副', '对'], en: 'pair' },
  { code: 'SET', zh: ['套', '组'], en: 'set' },
  { code: 'H87', zh: ['件'], en: 'piece' },
  { code: 'PCE', zh: ['件'], en: 'piece (former code)' },
  { code: 'DZN', zh: ['打'], en: 'dozen' },
  { code: 'CEN', zh: ['百个'], en: 'hundred' },
  { code: 'MIL', zh: ['千个', '千只'], en: 'thousand' },
  { code: 'MMT', zh: ['毫米'], en: 'millimetre' },
  { code: 'CMT', zh: ['厘米'], en: 'centimetre' },
  { code: 'MTR', zh: ['米'], en: 'metre' },
  { code: 'KMT', zh: ['千米', '公里'], en: 'kilometre' },
  { code: 'YRD', zh: ['码'], en: 'yard' },
  { code: 'MTK', zh: ['平方米', '平米', '㎡'], en: 'square metre' },
  { code: 'FTK', zh: ['平方英尺'], en: 'square foot' },
  { code: 'MTQ', zh: ['立方米', '方', '立方'], en: 'cubic metre' },
  { code: 'GRM', zh: ['克'], en: 'gram' },
  { code: 'KGM', zh: ['千克', '公斤'], en: 'kilogram' },
  { code: 'TNE', zh: ['吨'], en: 'tonne' },
  { code: 'MLT', zh: ['毫升'], en: 'millilitre' },
  { code: 'LTR', zh: ['升'], en: 'litre' },
  { code: 'KWH', zh: ['千瓦时', '度'], en: 'kilowatt hour' },
  { code: 'HUR', zh: ['小时', '工时'], en: 'hour' },
  { code: 'DAY', zh: ['天', '日'], en: 'day' },
  { code: 'MON', zh: ['月'], en: 'month' },
  { code: 'E48', zh: ['次', '项'], en: 'service unit' },
  { code: 'XBX', zh: ['盒'], en: 'box' },
  { code: 'XCT', zh: ['箱'], en: 'carton' },
  { code: 'XBG', zh: ['袋', '包'], en: 'bag' },
  { code: 'XBO', zh: ['瓶'], en: 'bottle' },
  { code: 'XDR', zh: ['桶'], en: 'drum' },
  { code: 'XRO', zh: ['卷', '筒'], en: 'roll' },
  { code: 'XCA', zh: ['罐', '听'], en: 'can' },
];

const byCode = new Map(UNITS.map((unit) => [unit.code, unit]));
const byName = new Map(UNITS.toReversed().flatMap((unit) => unit.zh.map((name) => [name, unit] as const)));

export const unitOfCode = (code: string): Unit | undefined => byCode.get(code);

/** The unit that people mean by a Chinese name; 件 is read as a single thing. */
export const unitNamed = (zh: string): Unit | undefined => byName.get(zh.normalize('NFC').trim());
