import { instantText, SetClock } from '@app/kernel';
import { commandContext, memoryStreams } from '@testing/event-store';
import { evidence, EvidenceCommand } from './evidence.decider';
import { evidenceStream } from './invoice-claims.handlers';
import type { OrderCommand } from './order-commands.rules';
import { order } from './order.decider';
import { orderStream } from './order.handlers';
import {
  answering,
  contractTerms,
  decided,
  entering,
  FILE,
  LATER,
  LEAD,
  opened,
  OPENED_AT,
  person,
  SUPPLIER,
} from './testing';
import { Trade } from './trade.handlers';

const DAY = 24 * 3_600_000;
const NUMBER = '23442000000014209621';

/** An order told a command a day, and the instants at which each was recorded. */
function city() {
  const clock = new SetClock(Date.parse(LATER));
  const { streams, store } = memoryStreams(clock);
  const tell = async (command: OrderCommand): Promise<string> => {
    clock.advance(DAY);
    await streams.decide(order, orderStream('O1'), command, commandContext());
    return instantText(clock.now());
  };
  const look = async (command: EvidenceCommand): Promise<string> => {
    clock.advance(DAY);
    await streams.decide(evidence, evidenceStream(NUMBER), command, commandContext());
    return instantText(clock.now());
  };
  return { tell, look, trade: new Trade(store) };
}

const { data: head } = opened() as Extract<ReturnType<typeof opened>, { type: 'OrderOpened' }>;
const { lines, lead, supplier, supplyMode, vatRate } = head;
const take: OrderCommand = {
  type: 'TakeShare',
  award: 'A1',
  order: 'O1',
  ...{ lines, lead, supplier, supplyMode, vatRate, at: OPENED_AT },
};
const some = (quantity: string, line = 'S1') => ({ line, quantity });
const deliver: OrderCommand = {
  type: 'EnterDelivery',
  ...entering('supplier', { fact: 'D1', deliveredOn: '2020-03-20', lines: [some('60.333')], files: [FILE] }),
};
const accept = (acceptance: string, accepted: string, rejected = '0'): OrderCommand => ({
  type: 'AcceptDelivery',
  ...entering('lead', { fact: 'D1', acceptance, acceptedOn: '2020-03-22' }),
  lines: [{ line: 'S1', accepted, rejected }],
  reason: 'quality',
});
const bill: OrderCommand = {
  type: 'EnterInvoice',
  ...entering('supplier', { fact: 'V1', number: NUMBER, invoicedOn: '2020-03-25', net: '100', gross: '113' }),
};
const claimed: EvidenceCommand = {
  type: 'ClaimInvoice',
  number: NUMBER,
  claimant: { kind: 'order', order: 'O1', fact: 'V1' },
  ...{ seller: SUPPLIER, buyer: LEAD },
  figures: { invoicedOn: '2020-03-25', net: '100', gross: '113', vatRate: '0.13' },
  parts: [{ order: 'O1', fact: 'V1', net: '100', gross: '113' }],
  ...{ source: 'hand', files: [], by: { side: 'supplier', account: 'su' }, at: LATER },
};
const pay: OrderCommand = {
  type: 'EnterPayment',
  ...entering('lead', { fact: 'P1', paidOn: '2020-04-10', gross: '50' }),
  means: 'bank-bill',
  maturesOn: '2020-10-10',
};

describe('the trade of an order', () => {
  it('is what counts, each with the event that made it count', async () => {
    const { tell, look, trade } = city();
    await look(claimed);
    for (const command of [take, deliver, accept('K1', '40', '20'), bill, pay]) await tell(command);
    expect(await trade.of('O1')).toMatchObject({
      order: 'O1',
      lead: LEAD,
      supplier: SUPPLIER,
      origin: 'award',
      kind: 'goods',
      contractDate: '2020-03-02',
      contractConfirmed: false,
      listings: ['L1', 'L2'],
      deliveries: [{ fact: 'D1', date: '2020-03-20', net: '100' }],
      invoices: [],
      payments: [],
      unheld: [],
      disputed: [],
    });
    await tell(accept('K2', '0.333'));
    await tell(answering('ConfirmFact', 'V1', 'lead'));
    await tell(answering('ConfirmFact', 'P1', 'supplier'));
    const found = await trade.of('O1');
    // 40.333 at 2.5 are 100.8325: rounded once, for the line.
    expect(found?.deliveries).toMatchObject([{ net: '100.83' }]);
    expect(found?.deliveries[0]?.rests).toMatchObject({
      stream: 'order-O1',
      revision: '5',
      enteredBy: 'supplier',
      enteredByAccount: 'su',
      confirmedByAccount: 'lin',
      acceptedByOffice: false,
      files: [FILE.sha256],
    });
    expect(found?.invoices).toMatchObject([{ number: NUMBER, net: '100', gross: '113', divided: false }]);
    expect(found?.payments).toMatchObject([{ gross: '50', means: 'bank-bill', maturesOn: '2020-10-10' }]);
  });

  it('is what was known at an instant', async () => {
    const { tell, trade } = city();
    const opening = await tell(take);
    await tell(deliver);
    const first = await tell(accept('K1', '40'));
    await tell(accept('K2', '20.333'));
    const contract = { type: 'EnterContract', ...entering('lead', { fact: 'C1', contract: contractTerms() }) } as const;
    await tell({ ...contract, contract: contractTerms({ signedOn: '2020-02-28' }) });
    const signed = await tell(answering('ConfirmFact', 'C1', 'supplier'));
    await tell({
      type: 'EnterReturn',
      ...entering('lead', { fact: 'B1', returnedOn: '2020-04-01', delivery: 'D1', lines: [some('10')] }),
      reason: 'quality',
    });
    await tell(answering('ConfirmFact', 'B1', 'supplier'));
    const netAt = async (knownAt?: string) => (await trade.of('O1', knownAt))?.deliveries.map(({ net }) => net);
    expect(await trade.of('O1', OPENED_AT)).toBeUndefined();
    expect(await netAt(opening)).toEqual([]);
    expect(await netAt(first)).toEqual(['100']);
    expect(await netAt(signed)).toEqual(['150.83']);
    expect(await netAt()).toEqual(['150.83', '-25']);
    expect((await trade.of('O1', first))?.contractDate).toBe('2020-03-02');
    expect(await trade.of('O1', signed)).toMatchObject({ contractDate: '2020-02-28', contractConfirmed: true });
  });

  it('names the office that accepted a fact in a firm’s place, and what is disputed', async () => {
    const { tell, trade } = city();
    for (const command of [take, pay, bill]) await tell(command);
    const dispute = { type: 'DisputeFact', ...person('supplier'), reason: 'wrong-amount', at: LATER } as const;
    await tell({ ...dispute, fact: 'P1' });
    expect((await trade.of('O1'))?.disputed).toEqual(['P1']);
    const { data } = decided('P1', 'accepted') as { data: object };
    await tell({ type: 'DecideFact', ...data } as OrderCommand);
    const found = await trade.of('O1');
    expect(found?.disputed).toEqual([]);
    expect(found?.payments[0]?.rests).toMatchObject({
      enteredByAccount: 'lin',
      confirmedByAccount: 'olga',
      acceptedByOffice: true,
      files: [FILE.sha256],
    });
  });

  it('has of each invoice the last look of an office, or else of a firm, as known then', async () => {
    const { tell, look, trade } = city();
    for (const command of [take, bill, answering('ConfirmFact', 'V1', 'lead')]) await tell(command);
    await look(claimed);
    const check = { type: 'RecordCheck', checkedOn: '2020-06-01', files: [], at: LATER } as const;
    const unseen = (await trade.of('O1'))?.invoices[0]?.check;
    const byFirm = await look({ ...check, check: 'Q1', state: 'voided', by: { party: LEAD, account: 'lin' } });
    await look({ ...check, check: 'Q2', state: 'valid', by: { account: 'olga', area: '350582' } });
    await look({ ...check, check: 'Q3', state: 'reversed', by: { party: SUPPLIER, account: 'su' } });
    expect(unseen).toBeUndefined();
    expect((await trade.of('O1', byFirm))?.invoices[0]?.check).toMatchObject({ state: 'voided', byOffice: false });
    expect((await trade.of('O1'))?.invoices[0]?.check).toMatchObject({ state: 'valid', byOffice: true });
  });

  it('has no invoice that its own stream does not hold for the order, and says which', async () => {
    const { tell, look, trade } = city();
    for (const command of [take, bill, answering('ConfirmFact', 'V1', 'lead')]) await tell(command);
    expect(await trade.of('O1')).toMatchObject({ invoices: [], unheld: [NUMBER] });
    const held = await look(claimed);
    await look({
      ...{ type: 'ReleaseInvoice', claimant: { kind: 'order', order: 'O1', fact: 'V1' } },
      ...{ reason: 'disputed', at: LATER },
    });
    expect(await trade.of('O1', held)).toMatchObject({ invoices: [{ number: NUMBER }], unheld: [] });
    expect(await trade.of('O1')).toMatchObject({ invoices: [], unheld: [NUMBER] });
  });

  it('is none while a trade that was not matched here waits for the other side', async () => {
    const { tell, trade } = city();
    const recording = { ...entering('supplier', { fact: 'R1' }), order: 'O1', supplyMode, vatRate } as const;
    const contract = contractTerms({ signedOn: '2019-05-06' });
    await tell({ type: 'RecordOrder', ...recording, lead: LEAD, supplier: SUPPLIER, lines, contract });
    expect(await trade.of('O1')).toBeUndefined();
    await tell(answering('ConfirmFact', 'R1', 'lead'));
    expect(await trade.of('O1')).toMatchObject({
      origin: 'recorded',
      contractDate: '2019-05-06',
      contractConfirmed: true,
      opened: { enteredBy: 'supplier', enteredByAccount: 'su', confirmedByAccount: 'lin' },
    });
  });

  it('of an order that there is not is none', async () => {
    expect(await city().trade.of('O9')).toBeUndefined();
  });
});
