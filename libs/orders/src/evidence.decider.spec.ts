import { given } from '@testing/kernel';
import { Evidence, countingCheck, evidence, EvidenceCommand, holdsInvoice } from './evidence.decider';
import type { Claimant, EvidenceEvent } from './evidence-story.rules';

const party = (name: string) => ({ enterprise: `code-${name}`, registration: name });
const [seller, buyer] = [party('maker'), party('lead')];
const by = { side: 'supplier', account: 'anna' } as const;
const at = '2020-03-10T02:00:00.000Z';
const NUMBER = '3500201130-00000001';
const RED = '3500201130-00000002';
const onOrder = (order: string, fact = `fact-${order}`): Claimant => ({ kind: 'order', order, fact });
const part = (order: string, net: string, gross: string) => ({ order, fact: `fact-${order}`, net, gross });

type Claim = Extract<EvidenceCommand, { type: 'ClaimInvoice' }>;
const claiming = (given: Partial<Claim> = {}): Claim => ({
  type: 'ClaimInvoice',
  number: NUMBER,
  claimant: onOrder('O1'),
  ...{ seller, buyer },
  figures: { invoicedOn: '2020-03-09', net: '1000.00', gross: '1130.00', vatRate: '0.13' },
  parts: [part('O1', '1000.00', '1130.00')],
  ...{ source: 'hand', files: [], by, at },
  ...given,
});
const claimed = (given: Partial<Claim> = {}): EvidenceEvent => {
  const { type: _, ...data } = claiming(given);
  return { type: 'InvoiceClaimed', data };
};
const release = (claimant = onOrder('O1')): EvidenceCommand => ({
  type: 'ReleaseInvoice',
  claimant,
  reason: 'refused',
  at,
});
const released: EvidenceEvent = { type: 'InvoiceReleased', data: { claimant: onOrder('O1'), reason: 'refused', at } };

const redParts = [part('O1', '-400.00', '-452.00')];
const redBy = onOrder('O1', 'fact-red');
const reversing = { red: RED, claimant: redBy, parts: redParts, invoicedOn: '2020-03-10', at };
const reverse = (given: object = {}): EvidenceCommand => ({
  ...{ type: 'ReverseInvoice', seller, buyer },
  ...reversing,
  ...given,
});
const reversed: EvidenceEvent = { type: 'InvoiceReversed', data: reversing };

const looking = { check: 'C1', state: 'valid', checkedOn: '2020-03-10', files: [], at } as const;
const officer = { account: 'olga', area: '350582' };
const look = (given: object = {}): EvidenceCommand => ({ type: 'RecordCheck', ...looking, by: officer, ...given });
const looked = (given: object = {}): EvidenceEvent => ({
  type: 'InvoiceChecked',
  data: { ...looking, by: officer, ...given },
});

describe('a divided invoice', () => {
  const by1: Claimant = { kind: 'statement', statement: 'S1' };
  const by2: Claimant = { kind: 'statement', statement: 'S2' };
  const halves = [part('O1', '600.00', '678.00'), part('O2', '400.00', '452.00')];
  const divided = claimed({ claimant: by1, parts: halves });
  const freed: EvidenceEvent = {
    type: 'InvoicePartsReleased',
    data: { claimant: by1, facts: ['fact-O2'], at },
  };
  const rest = (net: string, gross: string, order = 'O3') =>
    claiming({ claimant: by2, parts: [part(order, net, gross)] });
  const restClaimed: EvidenceEvent = {
    type: 'InvoiceRestClaimed',
    data: { claimant: by2, parts: [part('O3', '400.00', '452.00')], by, at },
  };
  const free = (...facts: string[]): EvidenceCommand => ({ type: 'ReleaseParts', claimant: by1, facts, at });

  it('gives back the parts that were refused, once, and no other’s', () => {
    given(evidence, divided).when(free('fact-O2', 'fact-O9')).records(freed);
    given(evidence, divided, freed).when(free('fact-O2')).records();
    given(evidence, divided)
      .when({ ...free('fact-O2'), claimant: by2 } as EvidenceCommand)
      .records();
    const state = [divided, freed].reduce(evidence.evolve, evidence.initial);
    expect([holdsInvoice(state, 'O1', 'fact-O1'), holdsInvoice(state, 'O2', 'fact-O2')]).toEqual([true, false]);
    given(evidence, divided, freed)
      .when(claiming({ claimant: by1, parts: halves }))
      .records();
  });
  it('has its rest divided by another statement of the two, and by nobody else', () => {
    given(evidence, divided).when(rest('1.00', '1.13')).refuses('invoice-taken');
    given(evidence, divided, freed).when(rest('400.00', '452.00')).records(restClaimed);
    given(evidence, divided, freed).when(rest('400.01', '452.01')).refuses('invoice-parts-exceed');
    given(evidence, divided, freed)
      .when(rest('1.00', '1.13', 'O1'))
      .refuses('invoice-order-twice');
    given(evidence, divided, freed)
      .when({ ...rest('1.00', '1.13'), buyer: party('stranger') })
      .refuses('invoice-taken');
    given(evidence, divided, freed)
      .when(claiming({ claimant: onOrder('O3'), parts: [part('O3', '1.00', '1.13')] }))
      .refuses('invoice-taken');
    given(evidence, divided, freed, restClaimed).when(rest('400.00', '452.00')).records();
    given(evidence, divided, freed, restClaimed).when(rest('400.00', '451.00')).refuses('invoice-differs');
  });
  it('is let go by one statement without the other', () => {
    const gone = (claimant: Claimant, facts: string[]): EvidenceEvent => ({
      type: 'InvoicePartsReleased',
      data: { claimant, facts, at },
    });
    given(evidence, divided, freed, restClaimed)
      .when(release(by2))
      .records(gone(by2, ['fact-O3']));
    given(evidence, divided, freed, restClaimed)
      .when(release(by1))
      .records(gone(by1, ['fact-O1']));
    const last: EvidenceEvent = { type: 'InvoiceReleased', data: { claimant: by2, reason: 'refused', at } };
    given(evidence, divided, freed, restClaimed, gone(by1, ['fact-O1']))
      .when(release(by2))
      .records(last);
  });
});

describe('an invoice', () => {
  it('is claimed once', () => given(evidence).when(claiming()).records(claimed()));
  it('is dated by today in Shanghai at the latest', () => {
    const dated = (invoicedOn: string) => claiming({ figures: { ...claiming().figures, invoicedOn } });
    const { type: _, ...data } = dated('2020-03-10');
    given(evidence).when(dated('2020-03-10')).records({ type: 'InvoiceClaimed', data });
    given(evidence).when(dated('2020-03-11')).refuses('invoice-dated-ahead');
  });
  it('is the same claim when it is claimed again by the same fact', () =>
    given(evidence, claimed())
      .when(claiming({ at: '2020-03-11T02:00:00.000Z', by: { side: 'lead', account: 'bea' } }))
      .records());
  it('is not two different ones under one fact', () =>
    given(evidence, claimed())
      .when(claiming({ figures: { invoicedOn: '2020-03-09', net: '999.00', gross: '1128.87', vatRate: '0.13' } }))
      .refuses('invoice-differs'));
  it('is not another order’s too, and whose it is is not said', () => {
    const other = claiming({ claimant: onOrder('O2'), parts: [part('O2', '1000.00', '1130.00')] });
    given(evidence, claimed()).when(other).refuses('invoice-taken', {});
    const statement: Claimant = { kind: 'statement', statement: 'S1' };
    given(evidence, claimed())
      .when(claiming({ claimant: statement }))
      .refuses('invoice-taken');
    // Another fact of the same order neither: the order would count it twice.
    given(evidence, claimed())
      .when(claiming({ claimant: onOrder('O1', 'another') }))
      .refuses('invoice-taken');
  });
  it('is released by its claimant alone, and is then free', () => {
    given(evidence, claimed()).when(release()).records(released);
    given(evidence, claimed())
      .when(release(onOrder('O2')))
      .records();
    given(evidence, claimed(), released).when(release()).records();
    given(evidence).when(release()).records();
    const other = { claimant: onOrder('O2'), parts: [part('O2', '1000.00', '1130.00')] };
    given(evidence, claimed(), released).when(claiming(other)).records(claimed(other));
  });
  it('is dated today at the latest', () => {
    const dated = (invoicedOn: string) =>
      given(evidence).when(claiming({ figures: { ...claiming().figures, invoicedOn } }));
    dated('2020-03-11').refuses('invoice-dated-ahead');
    expect(() => dated('2020-03-10').records()).toThrow();
  });
  it('has amounts above zero, and a red one below', () => {
    given(evidence)
      .when(claiming({ redOf: RED }))
      .refuses('invoice-sign-wrong');
    const negative = { figures: { ...claiming().figures, net: '-1000.00', gross: '-1130.00' } };
    given(evidence).when(claiming(negative)).refuses('invoice-sign-wrong');
    given(evidence)
      .when(claiming({ parts: [part('O1', '0', '0')] }))
      .refuses('invoice-sign-wrong');
    given(evidence)
      .when(claiming({ redOf: NUMBER }))
      .refuses('red-of-itself');
  });
  it('is divided over orders up to itself', () => {
    const statement: Claimant = { kind: 'statement', statement: 'S1' };
    const divided = (...parts: Claim['parts']) => claiming({ claimant: statement, parts });
    const half = [part('O1', '600.00', '678.00'), part('O2', '400.00', '452.00')];
    given(evidence)
      .when(divided(...half))
      .records(claimed({ claimant: statement, parts: half }));
    given(evidence)
      .when(divided(part('O1', '600.00', '678.00'), part('O2', '400.01', '452.00')))
      .refuses('invoice-parts-exceed');
    given(evidence)
      .when(divided(part('O1', '600.00', '678.00'), part('O2', '400.00', '452.01')))
      .refuses('invoice-parts-exceed');
    given(evidence)
      .when(divided(part('O1', '1.00', '1.13'), part('O1', '1.00', '1.13')))
      .refuses('invoice-order-twice');
  });
});

describe('a red invoice', () => {
  it('reverses a part of another, once', () => {
    given(evidence, claimed()).when(reverse()).records(reversed);
    given(evidence, claimed(), reversed).when(reverse()).records();
  });
  it('reverses what is there, of the same firms, and no red one', () => {
    given(evidence).when(reverse()).refuses('red-original-unknown');
    given(evidence, claimed(), released).when(reverse()).refuses('red-original-unknown');
    given(evidence, claimed())
      .when(reverse({ seller: party('rival') }))
      .refuses('red-original-unknown');
    const red = claimed({
      redOf: RED,
      figures: { ...claiming().figures, net: '-1.00', gross: '-1.13' },
      parts: [part('O1', '-1.00', '-1.13')],
    });
    given(evidence, red).when(reverse()).refuses('red-of-red');
  });
  it('stands on an order on which the original stands', () =>
    given(evidence, claimed())
      .when(reverse({ parts: [part('O2', '-1.00', '-1.13')] }))
      .refuses('red-original-elsewhere'));
  it('is not dated before the original', () =>
    given(evidence, claimed())
      .when(reverse({ invoicedOn: '2020-03-08' }))
      .refuses('red-before-original'));
  it('leaves nothing below zero, over all red invoices', () => {
    given(evidence, claimed())
      .when(reverse({ parts: [part('O1', '-1000.01', '-1130.00')] }))
      .refuses('red-exceeds-original');
    given(evidence, claimed(), reversed)
      .when(reverse({ red: 'R2', parts: [part('O1', '-600.01', '-678.00')] }))
      .refuses('red-exceeds-original');
    const rest = { red: 'R2', parts: [part('O1', '-600.00', '-678.00')] };
    given(evidence, claimed(), reversed)
      .when(reverse(rest))
      .records({ type: 'InvoiceReversed', data: { ...reversing, ...rest } });
  });
  it('is one claimant’s', () =>
    given(evidence, claimed(), reversed)
      .when(reverse({ claimant: onOrder('O1', 'other') }))
      .refuses('invoice-taken'));
  it('reverses nothing of what another pair claims under the number later', () => {
    const left = { claimant: onOrder('O1'), reason: 'refused', at } as const;
    const anew = claimed({
      buyer: party('other lead'),
      claimant: onOrder('O2'),
      parts: [part('O2', '1000.00', '1130.00')],
    });
    const state = (...events: EvidenceEvent[]) => events.reduce(evidence.evolve, evidence.initial)!;
    const before = [claimed(), reversed, { type: 'InvoiceReleased', data: left } as const];
    expect(state(...before, claimed()).reversals.size).toBe(1);
    expect(state(...before, anew).reversals.size).toBe(0);
  });
  it('gives back what it reversed when it is released, by its own claimant', () => {
    const back = { red: RED, claimant: redBy, at };
    given(evidence, claimed(), reversed)
      .when({ type: 'ReleaseReversal', ...back })
      .records({ type: 'InvoiceReversalReleased', data: back });
    given(evidence, claimed(), reversed)
      .when({ type: 'ReleaseReversal', ...back, claimant: onOrder('O9') })
      .records();
    const whole = { red: 'R2', parts: [part('O1', '-1000.00', '-1130.00')] };
    given(evidence, claimed(), reversed, { type: 'InvoiceReversalReleased', data: back })
      .when(reverse(whole))
      .records({ type: 'InvoiceReversed', data: { ...reversing, ...whole } });
  });
});

describe('what the tax office’s page said', () => {
  it('is recorded by an office and by either firm', () => {
    given(evidence, claimed()).when(look()).records(looked());
    given(evidence, claimed())
      .when(look({ by: { party: seller, account: 'anna' } }))
      .records(looked({ by: { side: 'supplier', account: 'anna' } }));
    given(evidence, claimed())
      .when(look({ by: { party: buyer, account: 'lena' } }))
      .records(looked({ by: { side: 'lead', account: 'lena' } }));
    given(evidence, claimed(), looked()).when(look()).records();
  });
  it('is unknown to others, and of an invoice that nobody holds', () => {
    given(evidence, claimed())
      .when(look({ by: { party: party('rival'), account: 'x' } }))
      .refuses('invoice-unknown');
    given(evidence).when(look()).refuses('invoice-unknown');
    given(evidence, claimed(), released).when(look()).refuses('invoice-unknown');
  });
  it('was looked up on a day that was, and not before the invoice', () => {
    given(evidence, claimed())
      .when(look({ checkedOn: '2020-03-11' }))
      .refuses('check-dated-ahead');
    given(evidence, claimed())
      .when(look({ checkedOn: '2020-03-08' }))
      .refuses('check-before-invoice');
  });
  it('counts as the last office saw it, and is forgotten with another invoice under the number', () => {
    const fold = (...events: EvidenceEvent[]) => events.reduce<Evidence>(evidence.evolve, undefined)!;
    const firms = looked({ check: 'C2', state: 'voided', by: { side: 'lead', account: 'lena' } });
    expect(countingCheck(fold(claimed(), firms).checks)).toBeUndefined();
    expect(countingCheck(fold(claimed(), looked(), firms).checks)).toMatchObject({ check: 'C1', state: 'valid' });
    const later = looked({ check: 'C3', state: 'reversed' });
    expect(countingCheck(fold(claimed(), looked(), firms, later).checks)).toMatchObject({ state: 'reversed' });
    expect(fold(claimed(), looked(), released, claimed()).checks).toHaveLength(1);
    expect(fold(claimed(), looked(), released, claimed({ seller: party('rival') })).checks).toHaveLength(0);
  });
  it('is held by the fact that claimed it', () => {
    const fold = (...events: EvidenceEvent[]) => events.reduce<Evidence>(evidence.evolve, undefined);
    expect(holdsInvoice(fold(claimed()), 'O1', 'fact-O1')).toBe(true);
    expect(holdsInvoice(fold(claimed()), 'O1', 'late')).toBe(false);
    expect(holdsInvoice(fold(claimed(), released), 'O1', 'fact-O1')).toBe(false);
  });
});
