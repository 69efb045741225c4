import { given } from '@testing/kernel';
import { LARGEST_LEAD_LIST, leadList, LeadListCommand, LeadListEvent, LeadListHead } from './lead-list.decider';

const A = '91350100M000100Y43';
const B = '91110000600037341L';
const head: LeadListHead = {
  title: '2020 年龙头企业名单',
  document: '泉工信〔2020〕1号',
  from: '2020-01-01',
  to: '2020-12-31',
};
const firms = [{ enterprise: A, name: '甲' }];
const day = '2020-08-20';
const by = '演示市局';

const drafted: LeadListEvent = { type: 'LeadListDrafted', data: { list: 'L1', head, firms } };
const published: LeadListEvent = { type: 'LeadListPublished', data: { list: 'L1', publishedOn: '2020-08-15', by } };
const exited: LeadListEvent = {
  type: 'LeadFirmExited',
  data: { enterprise: A, on: '2020-10-01', announcedOn: day, reason: '迁出', by },
};
const discarded: LeadListEvent = { type: 'LeadListDiscarded', data: {} };

const draft: LeadListCommand = { type: 'DraftLeadList', list: 'L1', head, firms };
const publish: LeadListCommand = { type: 'PublishLeadList', publishedOn: '2020-08-15', day, by };
const exit: LeadListCommand = {
  type: 'RecordExit',
  enterprise: A,
  on: '2020-10-01',
  announcedOn: day,
  reason: '迁出',
  day,
  by,
};
const correct = (its: Partial<Extract<LeadListCommand, { type: 'CorrectLeadList' }>>): LeadListCommand => ({
  type: 'CorrectLeadList',
  added: [],
  removed: [],
  announcedOn: day,
  reason: '漏列',
  day,
  by,
  ...its,
});

describe('a list in draft', () => {
  it('is recorded', () => given(leadList).when(draft).records(drafted));
  it('has an id of its own', () => given(leadList, drafted).when(draft).refuses('lead-list-exists'));
  it('ends after it begins', () =>
    given(leadList)
      .when({ ...draft, head: { ...head, to: '2019-12-31' } })
      .refuses('period-backwards'));
  it('names enterprises by right codes', () =>
    given(leadList)
      .when({ ...draft, firms: [{ enterprise: '91350100M000100Y4J', name: '甲' }] })
      .refuses('field-uscc'));
  it('names each once', () =>
    given(leadList)
      .when({ ...draft, firms: [...firms, ...firms] })
      .refuses('firm-listed-twice', { enterprise: A }));
  it('is bounded', () =>
    given(leadList)
      .when({ ...draft, firms: Array<(typeof firms)[0]>(LARGEST_LEAD_LIST + 1).fill(firms[0]!) })
      .refuses('lead-list-too-long'));
  it('may be changed', () =>
    given(leadList, drafted)
      .when({ type: 'ChangeLeadList', head, firms: [] })
      .records({ type: 'LeadListChanged', data: { head, firms: [] } }));
  it('may be discarded', () => given(leadList, drafted).when({ type: 'DiscardLeadList' }).records(discarded));
  it('is gone then', () => given(leadList, drafted, discarded).when(publish).refuses('lead-list-unknown'));
  it('knows no exits', () => given(leadList, drafted).when(exit).refuses('lead-list-not-published'));
});

describe('publication', () => {
  it('has a day', () => given(leadList, drafted).when(publish).records(published));
  it('is not of tomorrow', () =>
    given(leadList, drafted)
      .when({ ...publish, publishedOn: '2020-08-21' })
      .refuses('announced-in-future'));
  it('is of a list with firms', () =>
    given(leadList, { ...drafted, data: { ...drafted.data, firms: [] } })
      .when(publish)
      .refuses('lead-list-empty'));
  it('happens once', () => given(leadList, drafted, published).when(publish).refuses('lead-list-published'));
  it('ends changes of the draft', () =>
    given(leadList, drafted, published).when({ type: 'ChangeLeadList', head, firms }).refuses('lead-list-published'));
});

describe('an exit', () => {
  it('has its own day', () => given(leadList, drafted, published).when(exit).records(exited));
  it('is of a firm on the list', () =>
    given(leadList, drafted, published)
      .when({ ...exit, enterprise: B })
      .refuses('firm-not-listed', { enterprise: B }));
  it('happens once', () => given(leadList, drafted, published, exited).when(exit).refuses('firm-not-listed'));
  it('falls into the period', () =>
    given(leadList, drafted, published)
      .when({ ...exit, on: '2021-01-01' })
      .refuses('day-outside-period'));
  it('is announced after the list', () =>
    given(leadList, drafted, published)
      .when({ ...exit, announcedOn: '2020-08-14' })
      .refuses('announced-before-list'));
  it('names no person by a number', () =>
    given(leadList, drafted, published)
      .when({ ...exit, reason: '见 13800138000' })
      .refuses('text-names-person'));
});

describe('a correction', () => {
  const added = [{ enterprise: B, name: '乙' }];
  it('adds what was left out and removes what never belonged', () =>
    given(leadList, drafted, published)
      .when(correct({ added, removed: [A] }))
      .records({ type: 'LeadListCorrected', data: { added, removed: [A], announcedOn: day, reason: '漏列', by } }));
  it('corrects something', () => given(leadList, drafted, published).when(correct({})).refuses('correction-empty'));
  it('adds no firm twice', () =>
    given(leadList, drafted, published)
      .when(correct({ added: firms }))
      .refuses('firm-listed-twice'));
  it('lists a firm again that was out', () =>
    given(leadList, drafted, published, exited)
      .when(correct({ added: firms }))
      .records({
        type: 'LeadListCorrected',
        data: { added: firms, removed: [], announcedOn: day, reason: '漏列', by },
      }));
});
