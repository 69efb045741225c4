/** The divisions of manufacturing (GB/T 4754-2017, section C), which the project ships; the full table is imported. */
export const MANUFACTURING: readonly { readonly code: string; readonly zh: string }[] = [
  { code: '13', zh: '农副食品加工业' },
  { code: '14', zh: '食品制造业' },
  { code: '15', zh: '酒、饮料和精制茶制造业' },
  { code: '16', zh: '烟草制品业' },
  { code: '17', zh: '纺织业' },
  { code: '18', zh: '纺织服装、服饰业' },
  { code: '19', zh: '皮革、毛皮、羽毛及其制品和制鞋业' },
  { code: '20', zh: '木材加工和木、竹、藤、棕、草制品业' },
  { code: '21', zh: '家具制造业' },
  { code: '22', zh: '造纸和纸制品业' },
  { code: '23', zh: '印刷和记录媒介复制业' },
  { code: '24', zh: '文教、工美、体育和娱乐用品制造业' },
  { code: '25', zh: '石油、煤炭及其他燃料加工业' },
  { code: '26', zh: '化学原料和化学制品制造业' },
  { code: '27', zh: '医药制造业' },
  { code: '28', zh: '化学纤维制造业' },
  { code: '29', zh: '橡胶和塑料制品业' },
  { code: '30', zh: '非金属矿物制品业' },
  { code: '31', zh: '黑色金属冶炼和压延加工业' },
  { code: '32', zh: '有色金属冶炼和压延加工业' },
  { code: '33', zh: '金属制品业' },
  { code: '34', zh: '通用设备制造业' },
  { code: '35', zh: '专用设备制造业' },
  { code: '36', zh: '汽车制造业' },
  { code: '37', zh: '铁路、船舶、航空航天和其他运输设备制造业' },
  { code: '38', zh: '电气机械和器材制造业' },
  { code: '39', zh: '计算机、通信和其他电子设备制造业' },
  { code: '40', zh: '仪器仪表制造业' },
  { code: '41', zh: '其他制造业' },
  { code: '42', zh: '废弃资源综合利用业' },
  { code: '43', zh: '金属制品、机械和设备修理业' },
];

/** First and last division of each section of GB/T 4754-2017. */
const SECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  A: [1, 5],
  B: [6, 12],
  C: [13, 43],
  D: [44, 46],
  E: [47, 50],
  F: [51, 52],
  G: [53, 60],
  H: [61, 62],
  I: [63, 65],
  J: [66, 69],
  K: [70, 70],
  L: [71, 72],
  M: [73, 75],
  N: [76, 79],
  O: [80, 82],
  P: [83, 83],
  Q: [84, 85],
  R: [86, 90],
  S: [91, 96],
  T: [97, 97],
};

/** Whether the standard has the code's section or division. Groups and classes are taken as written. */
export const isIndustry = (code: string): boolean => sectionOf(code) !== undefined;

/** The section letter of a code: 1953 is in C. */
export function sectionOf(code: string): string | undefined {
  if (/^[A-T]$/.test(code)) return code;
  if (!/^\d{2,4}$/.test(code)) return undefined;
  const division = Number(code.slice(0, 2));
  return Object.entries(SECTIONS).find(([, [first, last]]) => first <= division && division <= last)?.[0];
}
