import type { Label } from './label';

export const spreadsheetRefusals: Record<string, Label> = {
  'csv-empty': { zh: '文件是空的', en: 'the file is empty' },
  'csv-broken': {
    zh: '第 {row} 行附近的引号不成对，文件无法读取',
    en: 'near row {row} a quotation mark has no partner, so the file cannot be read',
  },
  'csv-row-too-large': {
    zh: '第 {row} 行过长（上限 {max} 字节），不像一行数据',
    en: 'row {row} is longer than {max} bytes, which no row of data is',
  },
  'csv-bytes-broken': {
    zh: '文件含有不属于 {encoding} 编码的字节，请另存为 UTF-8',
    en: 'the file holds bytes that are no {encoding} text; save it as UTF-8',
  },
  'csv-too-many-columns': { zh: '列数超过 {max}', en: 'the file has more than {max} columns' },
};
