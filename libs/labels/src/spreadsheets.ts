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
  'import-unknown': { zh: '没有这份导入', en: 'there is no such import' },
  'import-id-taken': { zh: '该导入编号已用于另一份文件', en: 'this id belongs to the import of another file' },
  'import-too-large': { zh: '文件超过 {max} MB', en: 'the file is larger than {max} MiB' },
  'import-too-many-rows': { zh: '文件超过 {max} 行，请分成几份', en: 'the file has more than {max} rows; divide it' },
  'import-no-rows': { zh: '文件只有标题行，没有数据', en: 'the file has a heading and no rows' },
  'import-file-missing': { zh: '请求中没有文件', en: 'the request holds no file' },
  'import-kind-unknown': { zh: '没有这种导入', en: 'there is no such kind of import' },
  'import-field-unknown': { zh: '没有字段 {field}', en: 'there is no field {field}' },
  'import-heading-unknown': { zh: '文件中没有“{heading}”这一列', en: 'the file has no column "{heading}"' },
  'import-heading-twice': {
    zh: '“{heading}”一列只能对应一个字段',
    en: 'the column "{heading}" can fill one field only',
  },
  'import-column-missing': {
    zh: '未找到“{heading}”列，请指定对应的列',
    en: 'no column was found for "{heading}"; name the one that holds it',
  },
  'import-begun': { zh: '导入已开始，不能再更改', en: 'the import has begun and can no longer be changed' },
  'import-bad-rows': {
    zh: '有 {count} 行不合要求；您选择了全部或不导入，因此没有导入任何行',
    en: '{count} rows are bad; all or none was asked for, so nothing was imported',
  },
  'import-nothing-good': { zh: '没有一行可以导入', en: 'no row can be imported' },
  'import-asks': {
    zh: '大部分行已在贵企业的另一份目录中：请选择跳过这些行，或作为新一期全部导入',
    en: 'most rows stand in another catalogue of the firm: say whether to skip them or to take all for a new period',
  },
  'import-title-missing': {
    zh: '新目录须有标题和起止日期',
    en: 'a new catalogue needs a title and the days from and to',
  },
  'import-unit-unknown': {
    zh: '不认识单位“{unit}”，请用常用单位名称或 UN/CEFACT 代码',
    en: 'the unit "{unit}" is not known; use a usual Chinese name or a UN/CEFACT code',
  },
  'import-word-unknown': { zh: '须填写：{allowed}', en: 'must be one of: {allowed}' },
  'import-deadline-unclear': {
    zh: '截止时间须为日期，或日期和时分，如 2020-02-20 18:00',
    en: 'a deadline is a date, or a date and minute, such as 2020-02-20 18:00',
  },
  'import-firm-missing': { zh: '没有写明是哪家单位', en: 'the row names no organisation' },
};

export const spreadsheetLabels: Record<string, Record<string, Label>> = {
  'import-state': {
    checked: { zh: '已校验', en: 'checked' },
    asks: { zh: '待确认', en: 'asks' },
    begun: { zh: '导入中', en: 'begun' },
    ended: { zh: '已完成', en: 'ended' },
  },
  'import-mode': {
    'good-rows': { zh: '只导入合格行', en: 'good rows kept' },
    'all-or-none': { zh: '全部或不导入', en: 'all or none' },
  },
  'import-answer': {
    skip: { zh: '跳过已有行', en: 'skip' },
    'new-period': { zh: '作为新一期', en: 'a new period' },
  },
  'import-row-state': {
    good: { zh: '合格', en: 'good' },
    bad: { zh: '不合格', en: 'bad' },
    already: { zh: '本目录已有', en: 'in this catalogue already' },
    'left-out': { zh: '已跳过', en: 'left out' },
    taken: { zh: '已导入', en: 'taken' },
    refused: { zh: '被拒绝', en: 'refused' },
  },
};
