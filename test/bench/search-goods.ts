// Made-up promotion items for the search bench: the same million from the same seed on every machine. Words of the
// goods that Quanzhou's firms make; names repeat as they do in life (a few goods are offered by thousands),
// specifications hardly.
const words = (list: string): string[] => list.trim().split(/\s+/);

const GOODS = words(`
  口罩 防护服 鞋底 鞋面 鞋垫 运动鞋 拖鞋 凉鞋 跑鞋 童鞋 雨靴 鞋跟 鞋带 鞋楦 鞋盒 鞋扣 衬布 针织布 帆布 无纺布 熔喷布 纺粘布 水刺布 网眼布 牛仔布
  仿皮革 人造革 合成革 松紧带 拉链 纽扣 魔术贴 织带 花边 短袜 衣领 袖口 口袋 衬衫 夹克 卫衣 羽绒服 泳衣 工作服 手术衣 围裙 帽子 手套 围巾 毛巾
  床单 被套 枕芯 窗帘 地毯 纱线 缝纫线 涤纶丝 锦纶丝 棉纱 纸箱 瓦楞纸 纸板 纸袋 纸盒 纸管 纸杯 吊牌 标签 不干胶 卫生纸 纸尿裤 卫生巾 湿巾
  面巾纸 包装膜 缠绕膜 气泡膜 塑料袋 编织袋 打包带 胶带 泡沫箱 塑料瓶 瓶盖 瓶坯 注塑件 吹塑件 塑料托盘 周转箱 水管 软管 管件 弯头 三通 法兰 阀门
  球阀 闸阀 截止阀 止回阀 电磁阀 减压阀 水龙头 花洒 角阀 地漏 马桶 洗手盆 浴缸 陶瓷阀芯 密封圈 垫片 垫圈 油封 轴承 滚珠 齿轮 齿条 链条 链轮
  皮带轮 传送带 联轴器 减速机 电动机 水泵 油泵 真空泵 油缸 气缸 弹簧 螺栓 螺母 螺钉 铆钉 销轴 卡箍 支架 底座 壳体 端盖 铸件 锻件 冲压件 钣金件
  模具 模架 刀具 钻头 铣刀 砂轮 锯片 夹具 量规 钢板 钢管 角钢 槽钢 钢丝 钢丝绳 铜管 铜棒 铝型材 铝板 铝箔 不锈钢管 石板 大理石 花岗石 瓷砖 马赛克
  水泥管 砂浆 玻璃瓶 玻璃板 工艺品 树脂摆件 藤编篮 陶瓷花盆 雨伞 伞骨 箱包 拉杆箱 书包 钱包 玩具 童车 婴儿床 家具 沙发 床垫 椅子 桌板 橱柜 衣柜
  门锁 合页 滑轨 把手 铰链 茶叶罐 糖果盒 饼干 糖果 膨化食品 肉制品 鱼丸 紫菜 调味料 茶叶 饮料 面粉 淀粉 食用油 罐头 果冻 酒精 消毒液 洗手液 洗衣液
  油墨 涂料 胶粘剂 热熔胶 树脂 橡胶条 硅胶件 按键 线束 连接器 插座 开关 电缆 电线 变压器 继电器 传感器 控制器 电路板 散热片 灯具 灯管 灯珠 充电器
  电池 蓄电池 电源 对讲机 天线 显示屏 摄像头 打印机 缝纫机 针织机 织布机 裁断机 注塑机 压铸机 包装机 封口机 贴标机 叉车 推车 货架 护目镜 面罩
  隔离衣 手术帽 鞋套 体温计 额温枪 呼吸机 制氧机 输液器 注射器 棉签 纱布 绷带 创可贴 消毒柜 紫外线灯 喷雾器 垃圾桶 扳手 钳子 剪刀 锤子 千斤顶`);
const MATERIALS = words(`
  不锈钢 铝合金 锌合金 黄铜 紫铜 铸铁 球墨铸铁 碳钢 合金钢 镀锌 镀铬 塑料 尼龙 聚丙烯 聚乙烯 聚氨酯 橡胶 硅胶 乳胶 陶瓷 玻璃 玻璃纤维 碳纤维 木制 竹制
  藤制 纸质 全棉 涤棉 涤纶 锦纶 氨纶 羊毛 麻 真丝 牛皮 真皮 树脂 石墨 泡棉 海绵 丁腈 氟橡胶 热塑性弹性体 再生料`);
const QUALIFIERS = words(`
  一次性 医用 工业用 家用 商用 户外 儿童 成人 男士 女士 加厚 超薄 轻型 重型 高压 低压 高温 耐磨 防水 防静电 阻燃 抗菌 可调节 折叠式 便携式 自动 半自动 手动
  电动 液压 气动 数控 精密 标准 非标 大型 小型 微型 双层 三层 单向 快速 静音 节能 环保 可降解 食品级 车用 船用 矿用 农用 建筑用 出口型 新型 N95 KN95 LED
  定制 通用 长柄 弹力 调温 行李箱用 薄壁 灭菌 非灭菌 无菌 独立包装`);
const TAILS = words('（部件） 半成品 配件 成品 套装 坯件 总成 代工 （来料加工） 系列 组件');
const PHRASES = words(`
  耳挂式 绑带式 平面型 折叠型 独立包装 盒装 散装 黑色 白色 蓝色 本色 哑光 亮面 双面 单面 内螺纹 外螺纹 法兰连接 焊接 热轧 冷轧 抛光 电镀 喷塑 印花 染色
  提花 可按图加工 来样定制 含税 大号 中号 小号 均码 常规 加长 无粉 有粉 灭菌级 重载 长纤 短纤 单股 多股`);
const STANDARDS = words('GB GB/T YY YY/T FZ/T QB/T HG/T JB/T JC/T GA T/CNITA ISO EN');
const AREAS = words('350502 350503 350504 350505 350521 350524 350525 350526 350581 350582 350583 QZ-KFQ QZ-TSTZQ');
const PLACES = words('泉州 晋江 石狮 南安 惠安 安溪 德化 永春 丰泽 鲤城 洛江 泉港');
const FIRMS = words(
  '恒达 华兴 鑫源 东方 顺成 宏远 凯隆 三奇 万利 金鼎 博纳 新纶 联发 建泰 瑞丰 永固 海纳 启明 天工 嘉盛',
);
const TRADES = words('鞋材 服装 纺织 机械 阀门 水暖 包装 塑胶 五金 电子 医疗用品 卫生用品 食品 建材 工艺品 模具');

export interface Goods {
  readonly id: string;
  readonly name: string;
  readonly specification: string;
  readonly enterprise: string;
  readonly area: string;
  readonly industry: string;
  readonly capacity: number;
}

export type Random = () => number;

/** Mulberry32: numbers from 0 to 1. */
export function randomOf(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function* goodsOf(count: number, random: Random): Generator<Goods> {
  for (let at = 0; at < count; at++) {
    yield {
      id: uuidOf(random),
      name: nameOf(random),
      specification: specificationOf(random),
      enterprise: `${one(PLACES, random)}${one(FIRMS, random)}${one(TRADES, random)}有限公司`,
      area: one(AREAS, random),
      industry: String(1300 + Math.floor(random() * 3000)),
      capacity: 100 * Math.ceil(random() * 5000),
    };
  }
}

function nameOf(random: Random): string {
  const parts: string[] = [];
  if (random() < 0.55) parts.push(one(QUALIFIERS, random));
  if (random() < 0.2) parts.push(one(QUALIFIERS, random));
  if (random() < 0.45) parts.push(one(MATERIALS, random));
  // Someone's part: a zipper for bags, a valve for pumps.
  if (random() < 0.2) parts.push(`${one(GOODS, random)}用`);
  parts.push(popular(GOODS, random));
  if (random() < 0.12) parts.push(one(TAILS, random));
  return [...new Set(parts)].join('');
}

function specificationOf(random: Random): string {
  const parts: string[] = [];
  if (random() < 0.3) parts.push(standardOf(random));
  if (random() < 0.5) parts.push(sizeOf(random));
  if (random() < 0.5) parts.push(one(PHRASES, random));
  if (random() < 0.4) parts.push(modelOf(random));
  return parts.join(one([' ', '，', '; '], random));
}

function standardOf(random: Random): string {
  const number = String(100 + Math.floor(random() ** 2 * 20_000)).padStart(4, '0');
  const year = random() < 0.8 ? `${one(['-', '—', ' - '], random)}${2000 + Math.floor(random() * 22)}` : '';
  return `${one(STANDARDS, random)}${one([' ', '', ' '], random)}${number}${year}`;
}

function sizeOf(random: Random): string {
  const size = (most: number) => String(1 + Math.floor(random() * most));
  const forms = [
    () => `${size(400)}mm×${size(400)}mm`,
    () => `DN${size(300)}`,
    () => `M${size(36)}×${size(120)}`,
    () => `Φ${size(600)}`,
    () => `${size(30)}.${size(9)}cm`,
    () => `${size(300)}g/㎡`,
    () => `${size(500)}ml`,
    () => `${size(95)}%`,
  ];
  return one(forms, random)();
}

function modelOf(random: Random): string {
  const letter = () => String.fromCharCode(65 + Math.floor(random() * 26));
  return `${letter()}${letter()}-${1000 + Math.floor(random() * 9000)}${random() < 0.3 ? letter() : ''}`;
}

function uuidOf(random: Random): string {
  const hex = Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const one = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)]!;
// The first of the list are offered far more often than the last.
const popular = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() ** 3 * list.length)]!;
