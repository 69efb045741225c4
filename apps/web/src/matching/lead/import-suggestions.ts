/** What cells are held against: the names that the platform knows, and the year of the catalogue. */
export type Known = {
  readonly units: readonly { readonly code: string; readonly zh: readonly string[]; readonly en: string }[];
  readonly areas: readonly { readonly value: string; readonly label: string }[];
  readonly industries: readonly { readonly value: string; readonly label: string }[];
  readonly year: string;
};

/** What a cell most likely means; `shown` where the value itself says little, such as a code. */
export type Suggestion = { readonly value: string; readonly shown?: string };

const plain = (text: string): string => text.normalize('NFKC').trim();

/** For a cell that the service refuses: what it most likely means, where that is clear enough to be offered. */
export function suggestionFor(field: string, text: string, known: Known): Suggestion | undefined {
  const cell = plain(text);
  if (cell === '') return undefined;
  const found = FIELDS[field]?.(cell, known);
  const suggestion = typeof found === 'string' ? { value: found } : found;
  return suggestion && suggestion.value !== text ? suggestion : undefined;
}

type Finder = (cell: string, known: Known) => Suggestion | string | undefined;

const FIELDS: Readonly<Record<string, Finder>> = {
  quantity: (cell) => numberIn(cell),
  unit: unitIn,
  supplyMode: (cell) =>
    firstOf(cell, [
      [/来料|加工费/, '来料加工'],
      [/包工|包料|采购|成品/, '包工包料'],
    ]),
  invoiceType: (cell) =>
    firstOf(cell, [
      [/专/, '专票'],
      [/普/, '普票'],
    ]),
  freightIncluded: yesNo,
  partsAccepted: yesNo,
  earlyCloseAllowed: yesNo,
  visibility: (cell) =>
    firstOf(cell, [
      [/公开|所有|全部|不限/, '公开'],
      [/核验|确认|认证/, '已核验企业'],
    ]),
  deliverBy: (cell, { year }) => dayIn(cell, year),
  quotingDeadline: (cell, { year }) => minuteIn(cell, year),
  paymentTermDays: (cell) => (/货到付款|现结|现款/.test(cell) ? '0' : daysIn(cell)),
  acceptanceHours: hoursIn,
  deliveryArea: (cell, { areas }) => coded(cell.replace(/[市区县]$/, ''), areas),
  industry: (cell, { industries }) => coded(cell, industries),
};

const firstOf = (cell: string, of: readonly (readonly [RegExp, string])[]): string | undefined =>
  of.find(([holds]) => holds.test(cell))?.[1];

function yesNo(cell: string): string | undefined {
  if (/^(不|否|无|非|没|n|×|✗|x)/i.test(cell)) return '否';
  return /^(是|含|可|能|有|接受|允许|包|y|√|✓|对)/i.test(cell) ? '是' : undefined;
}

const DIGITS = '零一二三四五六七八九';
const PLACES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** 三百五十 and 两千 as a number, below ten thousand. */
function chineseNumber(text: string): number | undefined {
  let total = 0;
  let digit = 0;
  for (const mark of text.replaceAll('两', '二').replaceAll('〇', '零')) {
    const place = PLACES[mark];
    if (place !== undefined) {
      total += (digit || 1) * place;
      digit = 0;
    } else {
      const value = DIGITS.indexOf(mark);
      if (value < 0) return undefined;
      digit = value;
    }
  }
  return total + digit;
}

/** The one number of a cell such as 约1,000双; none where there are two, as in a range. */
function numberIn(cell: string): string | undefined {
  const numbers = cell.replace(/(\d)[,\s](?=\d{3})/g, '$1').match(/\d+(?:\.\d+)?\s*[万千百]?/g) ?? [];
  if (numbers.length > 1) return undefined;
  if (numbers.length === 0) {
    const written = /[零〇一二两三四五六七八九十百千]+(万?)/.exec(cell);
    const value = written && chineseNumber(written[0].replace('万', ''));
    return value ? String(value * (written[1] ? 10_000 : 1)) : undefined;
  }
  const [, digits = '', times = ''] = /^([\d.]+)\s*([万千百]?)$/.exec(numbers[0]!) ?? [];
  return shifted(digits, { 万: 4, 千: 3, 百: 2 }[times] ?? 0);
}

/** A decimal string times a power of ten, exactly. */
function shifted(decimal: string, places: number): string {
  const [whole = '0', part = ''] = decimal.split('.');
  const digits = (whole + part.padEnd(places, '0').slice(0, places)).replace(/^0+(?=\d)/, '');
  const rest = part.slice(places).replace(/0+$/, '');
  return rest === '' ? digits : `${digits}.${rest}`;
}

const SYNONYMS: Readonly<Record<string, string>> = { 对: '双', 公斤: '千克', pcs: '件', pc: '件', ea: '个' };

function unitIn(cell: string, { units }: Known): string | undefined {
  const wanted = cell.toLowerCase().replace(/[\s.。()（）/每]/g, '');
  const names = units.flatMap(({ zh }) => zh);
  const direct = SYNONYMS[wanted];
  if (direct !== undefined && names.includes(direct)) return direct;
  const english = units.find(({ en }) => en.toLowerCase() === wanted.replace(/s$/, ''));
  if (english) return english.zh[0];
  const held = names.filter((name) => wanted.includes(name)).sort((a, b) => b.length - a.length);
  return held[0];
}

const two = (text: string): string => text.padStart(2, '0');

function dayIn(cell: string, year: string): string | undefined {
  const serial = /^4\d{4}$/.test(cell) ? new Date(Date.UTC(1899, 11, 30) + Number(cell) * 86_400_000) : undefined;
  if (serial) return serial.toISOString().slice(0, 10);
  const whole =
    /^(\d{4})(\d{2})(\d{2})$/.exec(cell) ?? /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/.exec(cell);
  const short = /^(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?/.exec(cell);
  const [y, m, d] = whole ? whole.slice(1) : short ? [year, ...short.slice(1)] : [];
  if (!y || !m || !d) return undefined;
  const day = `${y}-${two(m)}-${two(d)}`;
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day ? day : undefined;
}

function minuteIn(cell: string, year: string): string | undefined {
  const day = dayIn(cell, year);
  if (day === undefined) return undefined;
  const time = /(?:^|\D)(\d{1,2})\s*(?:[:时点])\s*(\d{2})?\s*分?\s*$/.exec(cell);
  if (!time) return day;
  const isAfternoon = /下午|晚|pm/i.test(cell) && Number(time[1]) < 12;
  const hour = Number(time[1]) + (isAfternoon ? 12 : 0);
  return hour < 24 ? `${day} ${two(String(hour))}:${time[2] ?? '00'}` : day;
}

function daysIn(cell: string): string | undefined {
  const number = numberIn(cell);
  if (number === undefined) return undefined;
  return /月(?!结)/.test(cell) && !/天|日/.test(cell) ? String(Number(number) * 30) : number;
}

function hoursIn(cell: string): string | undefined {
  const number = numberIn(cell);
  return number !== undefined && /天|日/.test(cell) ? String(Number(number) * 24) : number;
}

function coded(name: string, of: readonly { value: string; label: string }[]): Suggestion | undefined {
  if (name.length < 2) return undefined;
  const found = of.filter(({ label }) => label.includes(name));
  return found.length === 1 ? { value: found[0]!.value, shown: found[0]!.label } : undefined;
}
