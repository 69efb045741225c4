import type { Label } from './label';

/** What waits for somebody on his first page, by what is to be done. A later context adds its own here. */
export const toDoLabels: Record<string, Record<string, Label>> = {
  'to-do': {
    'closing-soon': { zh: '报价即将截止', en: 'quoting ends within a day' },
    'offers-to-compare': { zh: '报价待比较定标', en: 'offers to compare and award' },
    'no-offers': { zh: '无人报价，待处理', en: 'closed without an offer' },
    'questions-to-answer': { zh: '提问待答复', en: 'questions to answer' },
    'shares-unanswered': { zh: '定标待对方接单', en: 'awards that wait for acceptance' },
    'acts-to-approve': { zh: '待您批准', en: 'acts that wait for your approval' },
    'catalogue-to-publish': { zh: '目录未发布', en: 'catalogue not published' },
    'second-round-running': { zh: '二次报价进行中', en: 'second round running' },
    'shares-to-accept': { zh: '定标待接单', en: 'awards to accept' },
    'second-round-to-answer': { zh: '受邀二次报价', en: 'asked for a second offer' },
    'demand-to-answer': { zh: '适合的需求即将截止', en: 'fitting demand closes soon' },
    'statement-to-give': { zh: '核查待说明', en: 'statement asked for in a check' },
    'registration-to-complete': { zh: '注册资料待补全', en: 'registration to complete' },
    'registrations-to-check': { zh: '企业注册待核验', en: 'registrations to check' },
    'contests-to-decide': { zh: '持有企业争议待处理', en: 'contested codes to decide' },
    'facts-to-check': { zh: '企业变更待核对', en: 'changed facts to check' },
    'check-to-ask': { zh: '核查待询问企业', en: 'check in which nobody was asked yet' },
    'statements-overdue': { zh: '企业说明逾期', en: 'statements overdue in a check' },
    'check-to-conclude': { zh: '核查待结论', en: 'check to conclude' },
    'roles-to-confirm': { zh: '角色待确认', en: 'roles to confirm' },
  },
};
