import { noticeOfAll, postedWords } from './proposed-list.handlers';
import type { PostedList } from './proposed-list.handlers';

const terms: PostedList['terms'] = {
  title: '协作配套中小企业奖励',
  legalBasis: [{ title: '关于支持协作配套的若干措施', document: '泉政文〔2020〕1号', clause: '第三条' }],
  noticeWorkingDays: 5,
  objections: { answerWorkingDays: 10, acceptsAnonymous: true },
} as PostedList['terms'];
const round = { name: '2020年第一批', document: '泉工信〔2021〕2号' };
const notice = {
  startedAt: '2021-01-04T17:00:00.000Z',
  until: '2021-01-12',
  workingDays: 5,
  document: '泉工信公示〔2021〕3号',
  address: 'https://peitao.example/notices/n1',
};

describe('the posted list', () => {
  it('names policy, basis, number, period, page and seal', () => {
    const words = postedWords({ terms, round, notice, lines: [] });
    expect(words.title).toBe('关于协作配套中小企业奖励拟补助名单的公示');
    expect(words.document).toBe('文号：泉工信公示〔2021〕3号');
    expect(words.opening).toContain(
      '《关于支持协作配套的若干措施》（泉政文〔2020〕1号）、《2020年第一批》（泉工信〔2021〕2号）',
    );
    expect(words.closing[0]).toBe('公示期：2021年1月5日至2021年1月12日，共5个工作日。');
    expect(words.closing[1]).toContain('https://peitao.example/notices/n1');
    expect(words.closing[1]).toContain('10个工作日');
    expect(words.signed).toEqual(['泉州市工信局', '（盖章）', '2021年1月5日']);
  });
  it('leaves open what the notice settles', () => {
    const words = postedWords({ terms, round, lines: [] });
    expect(words.closing[0]).toBe('公示期：自公示之日起5个工作日。');
    expect(JSON.stringify(words)).not.toMatch(/\{\{|undefined|NaN/);
  });
  it('asks for a name where the policy takes no objection without one', () => {
    const named = { ...terms, objections: { ...terms.objections, acceptsAnonymous: false } };
    expect(postedWords({ terms: named, round, notice, lines: [] }).closing[1]).toContain('姓名');
    expect(postedWords({ terms, round, notice, lines: [] }).closing[1]).not.toContain('姓名');
  });
});

describe('the notice of a list', () => {
  const on = (id: string, outcome = 'standing') => ({ notices: [{ notice: id, outcome }] }) as never;
  it('is the one that all its claims stand on', () => {
    expect(noticeOfAll([on('a'), on('a', 'approved')])?.notice).toBe('a');
  });
  it('is none while one of them stands on another, or on none', () => {
    expect(noticeOfAll([on('a'), on('b')])).toBeUndefined();
    expect(noticeOfAll([on('a'), { notices: [] }])).toBeUndefined();
    expect(noticeOfAll([on('a', 'taken-back')])).toBeUndefined();
  });
});
