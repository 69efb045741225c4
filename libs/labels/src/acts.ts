import type { Label } from './label';

/** Words for what the API tells that is neither a state nor a reason of one context. */
export const actLabels: Record<string, Record<string, Label>> = {
  'check-entry': {
    statement: { zh: '企业说明', en: 'statement' },
    finding: { zh: '核查发现', en: 'finding' },
  },
  'contest-decision': {
    keep: { zh: '维持原持有企业', en: 'holder kept' },
    replace: { zh: '更换持有企业', en: 'holder replaced' },
  },
  'proposed-act': {
    publish: { zh: '发布', en: 'publish' },
    amend: { zh: '变更', en: 'amend' },
    award: { zh: '定标', en: 'award' },
  },
  encoding: {
    'utf-8': { zh: 'UTF-8（通用编码）', en: 'UTF-8' },
    gb18030: { zh: 'GB18030（国标编码）', en: 'GB18030' },
    xlsx: { zh: 'Excel 工作簿', en: 'Excel workbook' },
  },
  'catalogue-title': {
    demand: { zh: '产品需求目录', en: 'demand catalogue' },
    promotion: { zh: '产品推介目录', en: 'promotion catalogue' },
  },
  'line-result': {
    done: { zh: '已办', en: 'done' },
    refused: { zh: '未通过', en: 'refused' },
  },
};
