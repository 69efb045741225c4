// Where the firms of the story stand: the source names provinces and cities, the platform wants GB/T 2260 codes. The code of a
// city's districts as a whole (市辖区, ending in 01) says no more than the source does.

const CITIES: Readonly<Record<string, string>> = {
  wuhanshi: '420101',
  huangshishi: '420201',
  shiyanshi: '420301',
  yichangshi: '420501',
  xiangyangshi: '420601',
  ezhoushi: '420701',
  jingmenshi: '420801',
  xiaoganshi: '420901',
  jingzhoushi: '421001',
  huanggangshi: '421101',
  xianningshi: '421201',
  suizhoushi: '421301',
  enshitujiazumiaozuzizhizhou: '422801',
  xiantaoshi: '429004',
  qianjiangshi: '429005',
  tianmenshi: '429006',
};

const PROVINCES: Readonly<Record<string, string>> = {
  ...{ 北京: '110101', 天津: '120101', 河北: '130101', 山西: '140101', 内蒙古: '150101', 辽宁: '210101' },
  ...{ 吉林: '220101', 黑龙江: '230101', 上海: '310101', 江苏: '320101', 浙江: '330101', 安徽: '340101' },
  ...{ 福建: '350101', 江西: '360101', 山东: '370101', 河南: '410101', 湖北: '420101', 湖南: '430101' },
  ...{ 广东: '440101', 广西: '450101', 海南: '460101', 重庆: '500101', 四川: '510101', 贵州: '520101' },
  ...{ 云南: '530101', 西藏: '540101', 陕西: '610101', 甘肃: '620101', 青海: '630101', 宁夏: '640101', 新疆: '650101' },
};

/** A place that the source does not name, or that is not in the tables above, counts as Wuhan's. */
export function areaOf({ province, city }: { readonly province: string; readonly city: string }): string {
  const named = Object.entries(PROVINCES).find(([name]) => province.startsWith(name));
  return CITIES[city.toLowerCase()] ?? named?.[1] ?? '420101';
}
