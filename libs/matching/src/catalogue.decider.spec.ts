import { given } from '@testing/kernel';
import { catalogue, CatalogueCommand, CatalogueEvent } from './catalogue.decider';
import { EVENING, firm, lead, MORNING } from './testing';

const terms = { title: '2020年3月产品需求目录', from: '2020-03-01', to: '2020-03-31' };
const open = { type: 'OpenCatalogue', catalogue: 'C1', kind: 'demand', by: lead, terms } as const;
const opened: CatalogueEvent = {
  type: 'CatalogueOpened',
  data: { catalogue: 'C1', kind: 'demand', owner: lead, terms },
};
const added = (...items: string[]): CatalogueEvent => ({ type: 'CatalogueItemsAdded', data: { items } });
const removed = (...items: string[]): CatalogueEvent => ({ type: 'CatalogueItemsRemoved', data: { items } });
const started: CatalogueEvent = { type: 'CataloguePublicationStarted', data: { at: MORNING } };
const reported = (published: string[], refused: { item: string; code: string }[] = []): CatalogueEvent => ({
  type: 'CatalogueItemsReported',
  data: { published, refused, at: EVENING },
});
const stands: CatalogueEvent = { type: 'CataloguePublished', data: { at: EVENING } };
const discarded: CatalogueEvent = { type: 'CatalogueDiscarded', data: { at: MORNING } };
const add = (...items: string[]): CatalogueCommand => ({
  type: 'AddToCatalogue',
  by: lead,
  kind: 'demand',
  items,
});
const remove = (...items: string[]): CatalogueCommand => ({ type: 'RemoveFromCatalogue', by: lead, items });
const publish = { type: 'PublishCatalogue', by: lead, at: MORNING } as const;
const report = (published: string[], refused: { item: string; code: string }[] = []): CatalogueCommand => ({
  type: 'ReportPublication',
  published,
  refused,
  at: EVENING,
});
const discard = { type: 'DiscardCatalogue', by: lead, at: MORNING } as const;

describe('the publication of a catalogue', () => {
  const after = (...events: CatalogueEvent[]) => {
    const { pending, refused } = [opened, added('L1', 'L2'), ...events].reduce(catalogue.evolve, undefined)!;
    return { pending: [...pending], refused: [...refused.values()] };
  };
  const gap = { item: 'L2', code: 'quantity-missing' };

  it('has to carry through what did not stand when it began, and nothing that was added since', () => {
    expect(after()).toEqual({ pending: [], refused: [] });
    expect(after(started, added('L3'))).toEqual({ pending: ['L1', 'L2'], refused: [] });
    expect(after(started, reported(['L1'], [gap]))).toEqual({ pending: [], refused: [gap] });
    expect(after(started, removed('L1'))).toEqual({ pending: ['L2'], refused: [] });
  });
  it('begins anew with what was refused', () => {
    expect(after(started, reported(['L1'], [gap]), started)).toEqual({ pending: ['L2'], refused: [] });
    expect(after(started, reported(['L1'], [gap]), reported(['L2']))).toEqual({ pending: [], refused: [] });
  });
  it('has nothing left to do where every item was published by itself', () =>
    given(catalogue, opened, added('L1'), reported(['L1']))
      .when(publish)
      .records(started, { type: 'CataloguePublished', data: { at: MORNING } }));
});

describe('a catalogue', () => {
  it('is opened with its period', () => given(catalogue).when(open).records(opened));
  it('may be opened twice by the same word', () => given(catalogue, opened).when(open).records());
  it('says which one it was copied from', () =>
    given(catalogue)
      .when({ ...open, copiedFrom: 'C0' })
      .records({ type: 'CatalogueOpened', data: { ...(opened.data as never as object), copiedFrom: 'C0' } as never }));
  it('has an id of its own', () =>
    given(catalogue, opened)
      .when({ ...open, kind: 'promotion' })
      .refuses('catalogue-id-taken'));
  it('does not end before it begins', () =>
    given(catalogue)
      .when({ ...open, terms: { ...terms, to: '2020-02-29' } })
      .refuses('period-reversed'));
  it('has no telephone number in its title', () =>
    given(catalogue)
      .when({ ...open, terms: { ...terms, title: '目录 13800138000' } })
      .refuses('text-names-person'));
  it('is changed by its owner', () => {
    const change = { type: 'ChangeCatalogue', by: lead, terms: { ...terms, title: '三月' } } as const;
    given(catalogue, opened)
      .when(change)
      .records({ type: 'CatalogueChanged', data: { terms: change.terms } });
    given(catalogue, opened)
      .when({ ...change, terms })
      .records();
    given(catalogue, opened)
      .when({ ...change, by: firm(1) })
      .refuses('catalogue-unknown');
    given(catalogue, opened, stands)
      .when({ ...change, by: firm(1) })
      .refuses('not-your-catalogue');
    given(catalogue).when(change).refuses('catalogue-unknown');
  });
  it('holds each item once', () => {
    given(catalogue, opened)
      .when(add('L1', 'L2', 'L1'))
      .records(added('L1', 'L2'));
    given(catalogue, opened, added('L1')).when(add('L1', 'L2')).records(added('L2'));
    given(catalogue, opened, added('L1')).when(add('L1')).records();
  });
  it('holds items of its own kind', () =>
    given(catalogue, opened)
      .when({ type: 'AddToCatalogue', by: lead, kind: 'promotion', items: ['P1'] })
      .refuses('catalogue-kind-differs'));
  it('takes its items in chunks', () => {
    const many = Array.from({ length: 1_001 }, (_, n) => `L${n}`);
    given(catalogue, opened)
      .when(add(...many))
      .refuses('catalogue-chunk-too-large', { most: '1000' });
  });
  it('is full at 100,000', () => {
    const whole = added(...Array.from({ length: 100_000 }, (_, n) => `L${n}`));
    given(catalogue, opened, whole).when(add('one more')).refuses('catalogue-full');
    given(catalogue, opened, whole).when(add('L0')).records();
  });
  it('loses what is not published', () => {
    given(catalogue, opened, added('L1', 'L2')).when(remove('L1', 'L9')).records(removed('L1'));
    given(catalogue, opened).when(remove('L9')).records();
    given(catalogue, opened, added('L1'), started, reported(['L1']), stands)
      .when(remove('L1'))
      .refuses('catalogue-item-published');
  });
  it('is discarded as a draft, once', () => {
    given(catalogue, opened).when(discard).records(discarded);
    given(catalogue, opened, discarded).when(discard).records();
    given(catalogue, opened, added('L1'), started).when(discard).refuses('catalogue-not-draft');
    given(catalogue, opened, discarded).when(add('L1')).refuses('catalogue-discarded');
  });
  it('of a replaced holder is void', () => {
    const voidIt = { type: 'VoidRegistration', registration: lead.registration, at: EVENING } as const;
    const voided: CatalogueEvent = {
      type: 'CatalogueVoided',
      data: { registration: lead.registration, at: EVENING },
    };
    given(catalogue, opened).when(voidIt).records(voided);
    given(catalogue, opened, voided).when(voidIt).records();
    given(catalogue, opened)
      .when({ ...voidIt, registration: firm(1).registration })
      .records();
  });
});

describe('its publication', () => {
  const two = [opened, added('L1', 'L2')];
  it('begins with something in it', () => {
    given(catalogue, ...two)
      .when(publish)
      .records(started);
    given(catalogue, opened).when(publish).refuses('catalogue-empty');
  });
  it('stands when the last item stands', () => {
    given(catalogue, ...two, started)
      .when(report(['L1']))
      .records(reported(['L1']));
    given(catalogue, ...two, started, reported(['L1']))
      .when(report(['L2']))
      .records(reported(['L2']), stands);
  });
  it('is not finished by a refused item, which leaves the others done', () => {
    const refused = [{ item: 'L2', code: 'quantity-missing' }];
    given(catalogue, ...two, started)
      .when(report(['L1'], refused))
      .records(reported(['L1'], refused));
    given(catalogue, ...two, started, reported(['L1'], refused))
      .when(publish)
      .records(started);
  });
  it('may be reported twice, and of strangers not at all', () => {
    given(catalogue, ...two, started, reported(['L1', 'L2']), stands)
      .when(report(['L1', 'L2', 'L9'], [{ item: 'L9', code: 'terms-missing' }]))
      .records();
    given(catalogue)
      .when(report(['L1']))
      .refuses('catalogue-unknown');
  });
  it('is over when all stands, and goes on for what is added', () => {
    const all = [...two, started, reported(['L1', 'L2']), stands];
    given(catalogue, ...all)
      .when(publish)
      .records();
    given(catalogue, ...all, added('L3'))
      .when(publish)
      .records(started);
    given(catalogue, ...all, added('L3'), started)
      .when(report(['L3']))
      .records(reported(['L3']), stands);
  });
});
