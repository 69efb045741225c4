import {
  addDays,
  decimalText,
  Exact,
  isCalendarDate,
  isInstant,
  shanghaiDeadline,
  unitNamed,
  unitOfCode,
} from '@app/kernel';

// What a cell means. Where it can be read in one way only by guessing, it is read and doubted: the row is good, and
// whoever imports it is shown what it was taken for.

export type CellFault = { readonly field: string; readonly code: string; readonly values: Record<string, string> };
export type CellDoubt = CellFault & { readonly suggestion: string };
/** Terms as a row states them, before their value class has judged them, and cells that mean nothing. */
export type RowTerms = {
  readonly terms: Record<string, unknown>;
  readonly faults: CellFault[];
  readonly doubts: CellDoubt[];
};

export type Fields = Readonly<Record<string, string>>;

export const YES_NO = { 是: true, 含: true, 可: true, 接受: true, yes: true, true: true, 1: true } as const;
export const SUPPLY_WORDS = {
  包工包料: 'goods',
  goods: 'goods',
  来料加工: 'processing',
  processing: 'processing',
} as const;
export const INVOICE_WORDS = {
  ...{ 专票: 'special', 增值税专用发票: 'special', 专用发票: 'special', special: 'special' },
  ...{ 普票: 'ordinary', 增值税普通发票: 'ordinary', 普通发票: 'ordinary', ordinary: 'ordinary' },
} as const;
export const VISIBILITY_WORDS = {
  公开: 'public',
  public: 'public',
  已核验企业: 'verified',
  verified: 'verified',
} as const;
const NO = ['否', '不含', '不可', '不接受', 'no', 'false', '0'];

export function reading(fields: Fields) {
  const terms: Record<string, unknown> = {};
  const faults: CellFault[] = [];
  const doubts: CellDoubt[] = [];
  const doubt = (field: string, code: string, suggestion: string) =>
    void doubts.push({ field, code, values: { written: fields[field]!, suggestion }, suggestion });
  const fault = (field: string, code: string, values: Record<string, string> = {}) =>
    void faults.push({ field, code, values });
  const plain = (field: string) => {
    if (fields[field] !== undefined) terms[field] = fields[field];
  };
  const word = (field: string, words: Readonly<Record<string, unknown>>, allowed: string) => {
    const text = fields[field]?.normalize('NFKC').toLowerCase();
    if (text === undefined) return;
    if (Object.hasOwn(words, text)) terms[field] = words[text];
    else if (words === YES_NO && NO.includes(text)) terms[field] = false;
    else fault(field, 'import-word-unknown', { allowed });
  };
  /** A count of days; of hours where a day counts as 24 of them. */
  const whole = (field: string, ofDay = 1) => {
    const text = fields[field]?.normalize('NFKC').replace(/[\s,]/g, '');
    if (text === undefined) return;
    const [, digits, unit] = /^(\d{1,9})(天|日|小时)?$/.exec(text) ?? [];
    terms[field] = digits === undefined ? text : Number(digits) * (unit === '天' || unit === '日' ? ofDay : 1);
  };
  const number = (field: string, text = fields[field]) => {
    if (text === undefined) return;
    const read = numberOf(text);
    terms[field] = read;
    if (isDecimal(read) && isOddNumber(text)) doubt(field, 'doubt-number-form', read);
  };
  const day = (field: string) => {
    const text = fields[field];
    if (text === undefined) return;
    const read = dayOf(text);
    const guessed = isCalendarDate(read) ? undefined : guessedDay(text);
    terms[field] = guessed ?? read;
    if (guessed !== undefined) doubt(field, 'doubt-day-form', guessed);
  };
  /** A quantity with its unit: in a column of its own, or behind the number as people write it, 1000双. */
  const unitAnd = (field: string) => {
    const text = fields[field];
    const parts = /^([\d.,]+\s*[万亿]?)\s*([^\d\s.,万亿].*)$/.exec(text?.normalize('NFKC').trim() ?? '');
    const attached = parts && unitOf(parts[2]!) ? { amount: parts[1]!, unit: parts[2]! } : undefined;
    number(field, attached?.amount);
    const isOther = attached && fields.unit !== undefined && unitOf(attached.unit)?.code !== unitOf(fields.unit)?.code;
    if (attached && isDecimal(terms[field] as string) && !doubts.some((one) => one.field === field)) {
      const values = { written: text!, number: terms[field] as string, unit: attached.unit };
      const code = isOther ? 'doubt-unit-differs' : 'doubt-unit-attached';
      doubts.push({ field, code, values, suggestion: terms[field] as string });
    }
    const written = attached?.unit ?? fields.unit;
    if (written === undefined) return;
    const unit = unitOf(written);
    if (!unit) return fault('unit', 'import-unit-unknown', { unit: written });
    terms.unit = { code: unit.code, name: unit.name };
    if (attached ? fields.unit === undefined || isOther : unit.isGuessed) {
      const values = { written: attached ? text! : written, suggestion: unit.name };
      doubts.push({ field: 'unit', code: 'doubt-unit-form', values, suggestion: unit.name });
    }
  };
  return { terms, faults, doubts, plain, word, whole, number, day, unitAnd };
}

/** Names of units that are none of the standard's own, and the Chinese name that each is taken for. */
const UNIT_SPELLINGS: Readonly<Record<string, string>> = {
  ...{
    pcs: '件',
    pc: '件',
    ea: '个',
    pair: '双',
    pairs: '双',
    prs: '双',
    set: '套',
    sets: '套',
    box: '盒',
    boxes: '盒',
  },
  ...{ kg: '千克', kgs: '千克', g: '克', t: '吨', m: '米', cm: '厘米', mm: '毫米', km: '千米', yd: '码', yds: '码' },
  ...{
    m2: '平方米',
    'm²': '平方米',
    m3: '立方米',
    l: '升',
    ml: '毫升',
    ctn: '箱',
    roll: '卷',
    rolls: '卷',
    dozen: '打',
  },
  ...{ 雙: '双', 個: '个', 條: '条', 張: '张', 噸: '吨', 塊: '块', 對: '对', 臺: '台', 捲: '卷', 隻: '只', 頂: '顶' },
  ...{ 米数: '米', 公尺: '米', 立方公尺: '立方米', 平方: '平方米', 千公斤: '吨' },
};

type WrittenUnit = { readonly code: string; readonly name: string; readonly isGuessed: boolean };

/** A listing carries the code and the name that it was written with: 个, 只 and 件 share a code. */
function unitOf(written: string): WrittenUnit | undefined {
  const named = unitNamed(written);
  if (named) return { code: named.code, name: written.trim(), isGuessed: false };
  const coded = unitOfCode(written.trim().toUpperCase());
  if (coded) return { code: coded.code, name: coded.zh[0]!, isGuessed: false };
  const plain = written
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.()/每]/g, '');
  const name = unitNamed(plain) ? plain : UNIT_SPELLINGS[plain];
  const guessed = name === undefined ? undefined : unitNamed(name);
  return guessed && { code: guessed.code, name: name!, isGuessed: true };
}

/** 1,200 and 1.5万 as a decimal string; what is no number is left for its field's check to refuse. */
export function numberOf(text: string): string {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  // 1.234,50 is no number here: without its comma it would be another one.
  if (/\.\d*,/.test(plain)) return plain;
  const digits = plain.replaceAll(',', '');
  const raised = /^(\d{1,20}(?:\.\d{1,20})?)[eE]\+?(\d{1,2})$/.exec(digits);
  if (raised) return decimalText(new Exact(raised[1]!).times(new Exact(10).pow(Number(raised[2]))));
  const parts = /^(\d{1,20}(?:\.\d{1,20})?)([万亿]?)$/.exec(digits);
  if (!parts) return digits;
  const times = parts[2] === '万' ? 10_000 : parts[2] === '亿' ? 100_000_000 : 1;
  return decimalText(new Exact(parts[1]!).times(times));
}

/** Raised, in 万, or with commas where no thousands are. */
function isOddNumber(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  return /[eE万亿]/.test(plain) || (plain.includes(',') && !/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain));
}

export const isDecimal = (text: string): boolean => /^\d+(\.\d+)?$/.test(text);

export const industryOf = (text: string): string =>
  text
    .normalize('NFKC')
    .trim()
    .replace(/^[A-Ta-t](?=\d)/, '');

/** Days as Excel and people write them; anything else is left as it is for its field's check to refuse. */
export function dayOf(text: string): string {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.normalize('NFKC').trim());
  return parts ? `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}` : text;
}

/** The first day of Excel's calendar, less one; its numbers of days lie between 2010 and 2064 here. */
const EXCEL_BEGINS = '1899-12-30';

/** Days in forms that mean one day to most people: 20200305, 20-3-5, and the number that Excel shows for one. */
function guessedDay(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim();
  if (/^[45]\d{4}$/.test(plain)) return addDays(EXCEL_BEGINS, Number(plain));
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? /^(\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(plain);
  const [year = '', month = '', day = ''] =
    parts?.slice(1) ?? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})\D/.exec(plain)?.slice(1) ?? [];
  const read = `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(read) ? read : undefined;
}

export function deadlineOf(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim();
  const isWritten: boolean = isInstant(plain);
  if (isWritten) return plain;
  const [day = '', time] = plain.split(/\s+(?=\d{1,2}:\d{2}$)/);
  if (!isCalendarDate(dayOf(day))) return undefined;
  return shanghaiDeadline(time === undefined ? dayOf(day) : `${dayOf(day)} ${time.padStart(5, '0')}`);
}
