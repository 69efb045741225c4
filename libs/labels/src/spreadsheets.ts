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
  'sheet-is-pdf': { zh: '这是 PDF 文件，请上传 Excel（.xlsx）或 CSV', en: 'this is a PDF; send Excel (.xlsx) or CSV' },
  'sheet-is-picture': {
    zh: '这是图片，请上传 Excel（.xlsx）或 CSV',
    en: 'this is a picture; send Excel (.xlsx) or CSV',
  },
  'sheet-is-markup': {
    zh: '这是网页或 XML 内容，请在 Excel 中另存为 .xlsx',
    en: 'this is a web page or XML; save it as .xlsx in Excel',
  },
  'sheet-is-utf16': {
    zh: '这是 Unicode（UTF-16）文本，请另存为 .xlsx 或 CSV UTF-8',
    en: 'this is UTF-16 text; save it as .xlsx or as CSV UTF-8',
  },
  'sheet-not-workbook': {
    zh: '这不是 Excel 工作簿，请上传 .xlsx 或 CSV',
    en: 'this is no Excel workbook; send .xlsx or CSV',
  },
  'sheet-old-workbook': {
    zh: '这是旧版 Excel（.xls）文件，请另存为 .xlsx 后再上传',
    en: 'this is a workbook of the old kind (.xls); save it as .xlsx',
  },
  'sheet-encrypted': {
    zh: '文件设有打开密码，请去除密码后再上传',
    en: 'the file is locked by a password; remove it first',
  },
  'sheet-has-macros': {
    zh: '文件含有宏，请另存为不带宏的 .xlsx 后再上传',
    en: 'the file holds macros; save it as .xlsx without them',
  },
  'sheet-broken': {
    zh: '文件已损坏，无法读取；请用 Excel 打开后另存一份',
    en: 'the file is broken and cannot be read; open it in Excel and save it anew',
  },
  'too-many-exports': { zh: '正在导出的人较多，请稍后再试', en: 'too many exports are under way; try again shortly' },
  'sheet-too-many-parts': {
    zh: '文件内部超过 {max} 个部分，不像一份表格',
    en: 'the file holds more than {max} parts, which no table does',
  },
  'sheet-unpacks-too-large': {
    zh: '文件解压后超过 {max} MB，请分成几份',
    en: 'unpacked the file is larger than {max} MiB; divide it',
  },
  'sheet-packed-too-well': {
    zh: '文件压缩比异常，已拒绝读取',
    en: 'the file is packed as no table is, so it was not read',
  },
  'sheet-has-entities': {
    zh: '文件含有 XML 声明或实体，已拒绝读取',
    en: 'the file declares XML entities, so it was not read',
  },
  'sheet-too-complex': {
    zh: '文件过于复杂，读取超出了时间或内存上限；请分成几份',
    en: 'the file is too complex to be read within the limits of time and memory; divide it',
  },
  'export-column-unknown': {
    zh: '没有列 {column}；可选：{allowed}',
    en: 'there is no column {column}; there are {allowed}',
  },
  'export-too-large': {
    zh: '超过 {max} 行，请缩小筛选范围后再导出',
    en: 'there are more than {max} rows; narrow the filters',
  },
  'export-reason-missing': {
    zh: '导出须填写理由，审计可见',
    en: 'an export needs a reason, which the auditor sees',
  },
  'import-row-unknown': { zh: '没有第 {row} 行', en: 'there is no row {row}' },
  'doubt-number-form': {
    zh: '“{written}”已读作 {suggestion}，请确认',
    en: '"{written}" was read as {suggestion}',
  },
  'doubt-day-form': {
    zh: '“{written}”已读作 {suggestion}，请确认',
    en: '"{written}" was read as {suggestion}',
  },
  'doubt-unit-form': {
    zh: '单位“{written}”已读作“{suggestion}”，请确认',
    en: 'the unit "{written}" was read as {suggestion}',
  },
  'doubt-unit-attached': {
    zh: '数量“{written}”中带单位，已读作 {number} 和“{unit}”，请确认',
    en: 'the quantity "{written}" was read as {number} and its unit as {unit}',
  },
  'doubt-unit-differs': {
    zh: '数量“{written}”中的单位与单位列不同，已读作 {number} 和“{unit}”，请确认',
    en: 'the unit in "{written}" is not that of the unit column; the number is {number} and the unit {unit}',
  },
  'offer-sheet-broken': {
    zh: '这不是本目录的报价单，请重新下载报价单填写',
    en: 'this is no offer sheet of a catalogue here; download it anew and fill that in',
  },
  'offer-sheet-cell-changed': {
    zh: '“{heading}”不能更改：应为“{expected}”',
    en: '"{heading}" cannot be changed; it is "{expected}"',
  },
  'offer-sheet-row-twice': { zh: '这条需求在报价单中出现两次', en: 'this listing stands in the sheet twice' },
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
