/** One of the 13 county-level offices (县级工信部门). `area` is a GB/T 2260 code, or the name of a zone that has none. */
export type Office = { readonly area: string; readonly zh: string; readonly en: string; readonly office: string };

/** Whose bureau runs the platform. */
export const CITY = { area: '350500', zh: '泉州市', en: 'Quanzhou City' } as const;

/** In the order of reports, which is that of GB/T 2260 with the two zones, which have no county code, last. */
export const OFFICES: readonly Office[] = [
  { area: '350502', zh: '鲤城区', en: 'Licheng District', office: '鲤城区工信局' },
  { area: '350503', zh: '丰泽区', en: 'Fengze District', office: '丰泽区工信局' },
  { area: '350504', zh: '洛江区', en: 'Luojiang District', office: '洛江区工信局' },
  { area: '350505', zh: '泉港区', en: 'Quangang District', office: '泉港区工信局' },
  { area: '350521', zh: '惠安县', en: "Hui'an County", office: '惠安县工信局' },
  { area: '350524', zh: '安溪县', en: 'Anxi County', office: '安溪县工信局' },
  { area: '350525', zh: '永春县', en: 'Yongchun County', office: '永春县工信局' },
  { area: '350526', zh: '德化县', en: 'Dehua County', office: '德化县工信局' },
  { area: '350581', zh: '石狮市', en: 'Shishi City', office: '石狮市工信局' },
  { area: '350582', zh: '晋江市', en: 'Jinjiang City', office: '晋江市工信局' },
  { area: '350583', zh: '南安市', en: "Nan'an City", office: '南安市工信局' },
  {
    area: 'zone:quanzhou-kaifaqu',
    zh: '泉州开发区',
    en: 'Quanzhou Development Zone',
    office: '泉州开发区科经局',
  },
  { area: 'zone:taishang', zh: '台商投资区', en: 'Taiwanese Investment Zone', office: '台商投资区科经局' },
];

/** The city bureau, which is the office of firms from elsewhere. */
export const CITY_BUREAU = 'city';

const areas = new Set(OFFICES.map(({ area }) => area));

/** The office that checks firms registered in an area. */
export const officeFor = (area: string): string => (areas.has(area) ? area : CITY_BUREAU);

/** 市域内: an address lies in the city by its own area, never by the firm's code. */
export const isInCity = (area: string): boolean => areas.has(area);

/**
 * A county-level code of GB/T 2260 by its form (province 11-65, prefecture, county), or a zone. 350527 is refused:
 * made-up firms use it as a prefix of their codes and no other use is made of it.
 */
export const isArea = (area: string): boolean =>
  areas.has(area) || (/^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}$/.test(area) && !/00$|^350527$/.test(area));
