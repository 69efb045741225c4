import { derivedId } from '@app/kernel';
import { given } from '@testing/kernel';
import type { OrderCommand } from './order-commands.rules';
import type { OrderEvent } from './order-story.rules';
import { order } from './order.decider';
import {
  accepted,
  answering,
  confirmed,
  contractEntered,
  contractTerms,
  decided,
  delivered,
  entering,
  FILE,
  LATER,
  LEAD,
  opened,
  OPENED_AT,
  orderLine,
  person,
  returned,
  sideOfPerson,
  STRANGER,
  SUPPLIER,
  takenBack,
  unanswered,
} from './testing';

const open = opened();
const some = (quantity: string, line = 'S1') => ({ line, quantity });
const part = (ok: string, bad = '0', line = 'S1') => ({ line, accepted: ok, rejected: bad });

describe('an order of an award', () => {
  const take = (...lines: ReturnType<typeof orderLine>[]): OrderCommand => ({
    type: 'TakeShare',
    order: 'O1',
    award: 'A1',
    lead: LEAD,
    supplier: SUPPLIER,
    supplyMode: 'goods',
    vatRate: '0.13',
    lines,
    at: OPENED_AT,
  });
  it('opens with its first shares', () => given(order).when(take(orderLine())).records(opened(orderLine())));
  it('takes further shares as lines, each once', () => {
    const third = orderLine({ line: 'S3' });
    given(order, open)
      .when(take(orderLine(), third))
      .records({ type: 'OrderLinesAdded', data: { lines: [third], at: OPENED_AT } });
    given(order, open).when(take(orderLine())).records();
  });
  it('takes nothing of another award or between other firms', () => {
    given(order, open)
      .when({ ...take(orderLine({ line: 'S3' })), award: 'A2' } as OrderCommand)
      .refuses('order-id-taken');
    given(order, open)
      .when({ ...take(orderLine({ line: 'S3' })), supplier: STRANGER } as OrderCommand)
      .refuses('order-id-taken');
  });
  it('has a line of its own for a share that another listing gave the same id', () => {
    const same = orderLine({ listing: 'L9' });
    const line = { ...same, line: derivedId('line', 'L9', 'S1'), share: 'S1' };
    given(order, open)
      .when(take(same))
      .records({ type: 'OrderLinesAdded', data: { lines: [line], at: OPENED_AT } });
    given(order, open, { type: 'OrderLinesAdded', data: { lines: [line], at: OPENED_AT } })
      .when(take(same))
      .records();
  });
  it('goes on where a share is accepted after its end', () => {
    const ended: OrderEvent = {
      type: 'OrderEnded',
      data: { fact: 'E1', kind: 'early-end', rest: [some('100'), some('40', 'S2')], at: LATER },
    };
    const added: OrderEvent = { type: 'OrderLinesAdded', data: { lines: [orderLine({ line: 'S3' })], at: LATER } };
    given(order, open, ended, added)
      .when(deliver('D1', some('100', 'S3')))
      .records(delivered('D1', some('100', 'S3')));
    given(order, open, ended, added)
      .when(deliver('D1', some('1')))
      .refuses('delivery-exceeds-order');
  });
});

describe('an order that was not matched here', () => {
  const line = orderLine({ listing: undefined });
  const recording = {
    type: 'RecordOrder',
    ...entering('supplier', { files: [FILE] }),
    fact: 'R1',
    order: 'O1',
    lead: LEAD,
    supplier: SUPPLIER,
    supplyMode: 'processing',
    vatRate: '0.13',
    lines: [line],
    contract: contractTerms({ signedOn: '2019-05-06' }),
  } as const;
  const recorded: OrderEvent = {
    type: 'OrderOpened',
    data: {
      order: 'O1',
      lead: LEAD,
      supplier: SUPPLIER,
      origin: { kind: 'recorded', fact: 'R1' },
      supplyMode: 'processing',
      vatRate: '0.13',
      lines: [line],
      contract: recording.contract,
      by: sideOfPerson('supplier'),
      files: [FILE],
      at: LATER,
    },
  };
  it('is recorded by either side, once', () => {
    given(order).when(recording).records(recorded);
    given(order, recorded).when(recording).records();
    given(order, open).when(recording).refuses('order-id-taken');
    // Nor is anybody else told that there is one.
    given(order, recorded)
      .when({ ...recording, ...person('lead') })
      .refuses('order-id-taken');
  });
  it('counts once the other side confirms it', () => {
    given(order, recorded)
      .when(deliver('D1', some('1')))
      .refuses('order-not-confirmed');
    given(order, recorded)
      .when(answering('ConfirmFact', 'R1', 'supplier'))
      .refuses('own-fact');
    given(order, recorded)
      .when(answering('ConfirmFact', 'R1', 'lead'))
      .records(confirmed('R1', 'lead'));
    given(order, recorded, confirmed('R1', 'lead'))
      .when(deliver('D1', some('1')))
      .records(delivered('D1', some('1')));
  });
  it('is between two firms, one of which records it, with lines and no person in their texts', () => {
    given(order)
      .when({ ...recording, by: STRANGER })
      .refuses('order-not-yours');
    given(order)
      .when({ ...recording, lead: SUPPLIER })
      .refuses('order-with-oneself');
    given(order)
      .when({ ...recording, lines: [] })
      .refuses('lines-missing');
    given(order)
      .when({ ...recording, lines: [line, line] })
      .refuses('line-repeated');
    given(order)
      .when({ ...recording, lines: [{ ...line, specification: '电话 13800138000' }] })
      .refuses('text-names-person');
    given(order)
      .when({ ...recording, contract: contractTerms({ signedOn: '2020-06-02' }) })
      .refuses('day-ahead');
  });
});

describe('a contract', () => {
  const enter = (
    terms: Parameters<typeof contractTerms>[0] = {},
    side: 'lead' | 'supplier' = 'lead',
  ): OrderCommand => ({
    type: 'EnterContract',
    ...entering(side, { fact: 'C1', contract: contractTerms(terms) }),
  });
  it('is entered by one and confirmed by the other', () => {
    given(order, open).when(enter()).records(contractEntered('C1'));
    given(order, open, contractEntered('C1'))
      .when(answering('ConfirmFact', 'C1', 'supplier'))
      .records(confirmed('C1', 'supplier'));
    given(order, open, contractEntered('C1'), confirmed('C1', 'supplier'))
      .when(answering('ConfirmFact', 'C1', 'supplier'))
      .records();
  });
  it('keeps to what a contract can be', () => {
    given(order, open)
      .when(enter({ tolerance: '1' }))
      .refuses('rate-not-below-one');
    given(order, open)
      .when(enter({ lateInterest: '1.5' }))
      .refuses('rate-not-below-one');
    given(order, open)
      .when(enter({ number: '13800138000' }))
      .refuses('text-names-person');
    given(order, open)
      .when(enter({ signedOn: '2020-06-02' }))
      .refuses('day-ahead');
  });
  it('forbids nothing that was delivered under the one before', () => {
    const over = [open, contractEntered('C1', { tolerance: '0.05' }), confirmed('C1', 'supplier')];
    const command = { ...enter({ tolerance: '0.04' }), fact: 'C2' } as OrderCommand;
    given(order, ...over, delivered('D1', some('105')))
      .when(command)
      .refuses('tolerance-below-delivered');
    given(order, ...over, contractEntered('C2', { tolerance: '0.04' }), delivered('D1', some('105')))
      .when(answering('ConfirmFact', 'C2', 'supplier'))
      .refuses('tolerance-below-delivered');
  });
  it('is nothing to a stranger', () => {
    given(order, open)
      .when({ ...enter(), by: STRANGER } as OrderCommand)
      .refuses('order-unknown');
    given(order).when(enter()).refuses('order-unknown');
  });
});

function deliver(fact: string, ...lines: { line: string; quantity: string }[]): OrderCommand {
  return { type: 'EnterDelivery', ...entering('supplier', { fact, deliveredOn: '2020-03-20', lines }) };
}
const accept = (fact: string, ...lines: ReturnType<typeof part>[]) =>
  ({
    type: 'AcceptDelivery',
    ...entering('lead', { fact, acceptance: 'K1', acceptedOn: '2020-03-22', lines }),
  }) as const;

describe('deliveries', () => {
  it('come in parts, up to what is ordered', () => {
    given(order, open)
      .when(deliver('D1', some('60'), some('40', 'S2')))
      .records(delivered('D1', some('60'), some('40', 'S2')));
    given(order, open, delivered('D1', some('60')))
      .when(deliver('D2', some('40')))
      .records(delivered('D2', some('40')));
    given(order, open, delivered('D1', some('60')))
      .when(deliver('D2', some('40.000001')))
      .refuses('delivery-exceeds-order');
  });
  it('may exceed it within the tolerance of a contract that counts', () => {
    const contract = contractEntered('C1', { tolerance: '0.05' });
    given(order, open, contract)
      .when(deliver('D1', some('105')))
      .refuses('delivery-exceeds-order');
    given(order, open, contract, confirmed('C1', 'supplier'))
      .when(deliver('D1', some('105')))
      .records(delivered('D1', some('105')));
    given(order, open, contract, confirmed('C1', 'supplier'))
      .when(deliver('D1', some('105.01')))
      .refuses('delivery-exceeds-order');
  });
  it('make room again where they are rejected, taken back, not held, or returned', () => {
    const whole = [open, delivered('D1', some('100'))];
    const again = deliver('D2', some('30'));
    given(order, ...whole)
      .when(again)
      .refuses('delivery-exceeds-order');
    for (const since of [
      [accepted('D1', 'K1', part('70', '30'))],
      [takenBack('D1', 'supplier')],
      [unanswered('D1'), decided('D1', 'not-held')],
      [accepted('D1', 'K1', part('100')), returned('B1', 'D1', some('30')), confirmed('B1', 'supplier')],
    ]) {
      given(order, ...whole, ...since)
        .when(again)
        .records(delivered('D2', some('30')));
    }
  });
  it('are the supplier’s to enter, of lines of the order, on a day that has come', () => {
    given(order, open)
      .when({ ...deliver('D1', some('1')), by: LEAD } as OrderCommand)
      .refuses('fact-of-supplier');
    given(order, open).when(deliver('D1')).refuses('lines-missing');
    given(order, open)
      .when(deliver('D1', some('1', 'S9')))
      .refuses('line-unknown');
    given(order, open)
      .when(deliver('D1', some('1'), some('2')))
      .refuses('line-repeated');
    given(order, open)
      .when(deliver('D1', some('0')))
      .refuses('quantity-not-positive');
    given(order, open)
      .when({ ...deliver('D1', some('1')), deliveredOn: '2020-06-02' } as OrderCommand)
      .refuses('day-ahead');
    given(order, open)
      .when({ ...deliver('D1', some('1')), note: '司机 13800138000' } as OrderCommand)
      .refuses('text-names-person');
    given(order, open, delivered('D1', some('1')))
      .when(deliver('D1', some('1')))
      .refuses('fact-id-taken');
  });
  it('are accepted and rejected in parts, never beyond what came', () => {
    const came = [open, delivered('D1', some('60'))];
    given(order, ...came)
      .when(accept('D1', part('20')))
      .records(accepted('D1', 'K1', part('20')));
    given(order, ...came, accepted('D1', 'K1', part('20')))
      .when(accept('D1', part('20')))
      .records();
    given(order, ...came, accepted('D1', 'K0', part('20')))
      .when(accept('D1', part('40.5')))
      .refuses('acceptance-exceeds-delivery');
    given(order, ...came, accepted('D1', 'K0', part('20', '40')))
      .when(accept('D1', part('1')))
      .refuses('fact-settled');
  });
  it('have acceptances whose ids are no fact’s and no other acceptance’s of the order', () => {
    const came = [open, delivered('D1', some('60')), delivered('D2', some('40'))];
    const under = (acceptance: string): OrderCommand => ({ ...accept('D2', part('20')), acceptance });
    for (const id of ['K1', 'D1', 'D2']) {
      given(order, ...came, accepted('D1', 'K1', part('20')))
        .when(under(id))
        .refuses('fact-id-taken');
    }
    given(order, open, delivered('D1', some('60')), accepted('D1', 'K1', part('20')))
      .when(deliver('K1', some('1')))
      .refuses('fact-id-taken');
  });
  it('are answered by the lead alone, with a reason for what it rejects', () => {
    const came = [open, delivered('D1', some('60')), contractEntered('C1')];
    given(order, ...came)
      .when({ ...accept('D1', part('1')), ...person('supplier') })
      .refuses('own-fact');
    given(order, ...came)
      .when({ ...accept('C1', part('1')), ...person('supplier') })
      .refuses('delivery-unknown');
    given(order, ...came)
      .when(accept('D9', part('1')))
      .refuses('fact-unknown');
    given(order, ...came)
      .when(accept('D1', part('1', '1')))
      .refuses('rejection-reason-missing');
    given(order, ...came)
      .when(accept('D1', part('0', '0')))
      .refuses('acceptance-empty');
    given(order, ...came)
      .when(accept('D1', part('1', '0', 'S2')))
      .refuses('line-unknown');
    given(order, ...came)
      .when(accept('D1', part('1'), part('1')))
      .refuses('line-repeated');
    given(order, ...came)
      .when(accept('D1'))
      .refuses('lines-missing');
    given(order, ...came)
      .when({ ...accept('D1', part('1')), acceptedOn: '2020-03-19' })
      .refuses('before-delivery');
    given(order, ...came)
      .when({ ...accept('D1', part('1')), acceptedOn: '2020-06-02' })
      .refuses('day-ahead');
    given(order, ...came)
      .when(answering('ConfirmFact', 'D1', 'lead'))
      .refuses('delivery-needs-acceptance');
  });
});

describe('a return', () => {
  const giveBack = (fact: string, quantity: string, given: object = {}): OrderCommand => ({
    type: 'EnterReturn',
    ...entering('lead', { fact, returnedOn: '2020-04-01', delivery: 'D1', lines: [some(quantity)], ...given }),
    reason: 'quality',
  });
  const came = [open, delivered('D1', some('60')), accepted('D1', 'K1', part('50', '10'))];
  it('is of what was accepted of a delivery, once', () => {
    given(order, ...came)
      .when(giveBack('B1', '50'))
      .records(returned('B1', 'D1', some('50')));
    given(order, ...came, returned('B1', 'D1', some('30')))
      .when(giveBack('B2', '21'))
      .refuses('return-exceeds-accepted');
    given(order, ...came, returned('B1', 'D1', some('30')), takenBack('B1', 'lead'))
      .when(giveBack('B2', '21'))
      .records(returned('B2', 'D1', some('21')));
  });
  it('is the lead’s to enter, of a delivery, after it', () => {
    given(order, ...came)
      .when({ ...giveBack('B1', '1'), by: SUPPLIER } as OrderCommand)
      .refuses('fact-of-lead');
    given(order, ...came)
      .when(giveBack('B1', '1', { delivery: 'D9' }))
      .refuses('delivery-unknown');
    given(order, ...came)
      .when(giveBack('B1', '1', { returnedOn: '2020-03-19' }))
      .refuses('before-delivery');
    given(order, ...came)
      .when(giveBack('B1', '1', { returnedOn: '2020-06-02' }))
      .refuses('day-ahead');
  });
});
