import { Exact } from '@app/kernel';
import { matchOf, OpenCheck, TellCheck } from '@app/matching';
import { RecordInvoiceCheck } from '@app/orders';
import { shippedPolicy, TellPolicy } from '@app/subsidies';
import type { PolicyTerms } from '@app/subsidies';
import { City, partyOf } from './city';
import { Claims } from './claims';
import { leaveList, registerFirms } from './firms';
import { act, confirm, pay, Performance, reverse } from './performing';
import { tradeAYear, tradeOfLastYear } from './trade';

export type Size = { readonly enterprises: number; readonly orders: number };

/** A year of trade, its claims under the policy of 2020, what undoes some of them, and a round under a revised version. */
export async function simulate(city: City, { enterprises, orders }: Size): Promise<void> {
  const firms = await registerFirms(city, enterprises);
  city.say(`${enterprises} enterprises registered`);
  const performed = await tradeAYear(city, firms, orders);
  await leaveList(city, firms.list, firms.leads[1]!, '2020-08-15', '2020-12-28');

  const all = [...firms.leads, firms.unlisted, ...firms.smes];
  const claims = new Claims(city, new Map(all.map((firm) => [firm.enterprise, firm])));
  const days = { opened: '2021-01-11', filed: '2021-01-18', paid: '2021-02-20', closes: '2021-02-28' };
  const sme2020 = { scheme: 'cluster-sme', version: '2020' };
  const ofSmes = { round: city.id('round', 'sme'), policy: sme2020, firms: all, days, covered: 1, doubledEvery: 4 };
  const paid = await claims.hold(ofSmes);
  const later = { opened: '2021-02-22', filed: '2021-02-23', paid: '2021-03-20', closes: '2021-03-31' };
  const ofLeads = { round: city.id('round', 'lead'), policy: { scheme: 'cluster-lead', version: '2020' }, firms: all };
  paid.push(...(await claims.hold({ ...ofLeads, days: later, covered: 0.7, doubledEvery: 3 })));

  city.goTo('2021-04-01');
  await undo(city, performed);
  await leaveList(city, firms.list, firms.leads[2]!, '2020-06-16', '2021-04-01');
  await city.quiet();
  const waiting = await claims.recoveredInPart(paid);
  const recoveries = await claims.recover(paid, '2021-04-01', waiting);
  city.say(`${recoveries} recoveries`);

  city.goTo('2021-05-10');
  for (const lead of [firms.leads[0]!, firms.leads.at(-1)!]) await tradeOfLastYear(city, lead, waiting.firm);
  await publishRevision(city);
  const again = { opened: '2021-06-01', filed: '2021-06-08', paid: '2021-07-10', closes: '2021-06-30' };
  const policy = { scheme: 'cluster-sme', version: '2020-revised' };
  await claims.hold({ round: city.id('round', 'revised'), policy, firms: all, days: again, covered: 1 }, (approved) =>
    claims.offset(waiting, approved),
  );
}

/** After the money: late payments, then red and voided invoices, returns, payments taken back, matches found 不属实. */
async function undo(city: City, performed: readonly Performance[]): Promise<void> {
  const today = '2021-04-01';
  const planned = performed.map((order) => ({ order, drawn: city.draw() }));
  const late = performed.filter(({ plan }) => plan.payment === 'late');
  await city.inTurns(late, (order) => pay(city, order, today));
  await city.quiet();
  let untrue = 0;
  await city.inTurns(planned, async ({ order, drawn }) => {
    const { plan, lead, supplier, order: id } = order;
    const [invoice] = plan.invoices.slice(plan.isFirstInvoiceTakenBack ? 1 : 0);
    if (drawn < 0.03 && invoice) await reverse(city, order, invoice, drawn < 0.015 ? '1' : '0.4', today);
    else if (drawn < 0.04 && invoice) await voidInvoice(city, invoice.number, today);
    else if (drawn < 0.055) {
      const fact = city.id('return', id);
      const quantity = new Exact(plan.delivered).times('0.3').floor().toFixed();
      const entry = { type: 'EnterReturn', fact, returnedOn: today, delivery: plan.delivery } as const;
      await act(city, id, lead, { ...entry, lines: [{ line: order.line, quantity }], reason: 'quality' });
      await confirm(city, id, supplier, fact);
    } else if (drawn < 0.07 && plan.payment === 'in-time') {
      const fact = city.id('paid-back', id);
      const gross = new Exact(plan.paid).times('-0.25').toFixed(2);
      await act(city, id, supplier, { type: 'EnterPayment', fact, paidOn: today, gross, means: 'transfer' });
      await confirm(city, id, lead, fact);
    } else if (drawn < 0.08 && order.listing !== undefined) {
      untrue++;
      await findUntrue(city, order, order.listing);
    }
  });
  city.say(`${late.length} late payments; ${untrue} matches found 不属实`);
}

async function voidInvoice(city: City, number: string, checkedOn: string): Promise<void> {
  const account = city.id('tax-checks');
  const looked = { check: city.id('void', number), state: 'voided', checkedOn, attachments: [] } as const;
  await city.tell(account, '', (context) => new RecordInvoiceCheck(number, looked, { account }, context));
}

async function findUntrue(city: City, { lead, supplier }: Performance, listing: string): Promise<void> {
  const by = { account: city.id('match-checks') };
  const pair = { listing, supplier: supplier.registration };
  const check = city.id('check', listing, pair.supplier);
  const match = matchOf(listing, pair.supplier);
  const tell = (account: string, entry: ConstructorParameters<typeof TellCheck>[2]) =>
    city.tell(account, '', (context) => new TellCheck(match, check, entry, context));
  await city.tell(by.account, '', (context) => new OpenCheck(pair, check, '来信反映', by, context));
  await tell(by.account, { type: 'AskStatements', sides: ['lead', 'supplier'], by });
  for (const firm of [lead, supplier]) {
    const statement = city.id('statement', check, firm.enterprise);
    const said = { statement, text: '发票已开，货未交', attachments: [] };
    await tell(firm.account, { type: 'GiveStatement', ...said, by: partyOf(firm) });
  }
  await tell(by.account, { type: 'ConcludeCheck', result: 'untrue', by, text: '没有实际交易' });
}

/** The same scheme with other thresholds, rates and readings, by a drafter and another who approves. */
async function publishRevision(city: City): Promise<void> {
  const drafter = { account: city.id('drafter'), name: '演示起草' };
  const approver = { account: city.id('policy-approver'), name: '演示审核' };
  const { terms } = shippedPolicy('cluster-sme', '2020')!;
  const readings: Record<string, string> = { 'both-bases': 'sum', vat: 'gross', rounding: 'fen-half-up' };
  const revised: PolicyTerms = {
    ...terms,
    title: '协作配套中小企业奖励（2020年修订）',
    stated: {
      ...terms.stated,
      rates: { output: '0.012', fee: '0.03' },
      thresholds: { output: '3000000', fee: '1000000' },
      cap: '300000',
    },
    readings: terms.readings.map((one) => ({ ...one, reading: readings[one.parameter] ?? one.reading })),
  };
  const version = '2020-revised';
  const tell = (by: typeof drafter, command: ConstructorParameters<typeof TellPolicy>[1]) =>
    city.tell(by.account, '', (context) => new TellPolicy('cluster-sme', command, context));
  const head = (by: typeof drafter) => ({ version, by, at: new Date(city.clock.now()).toISOString() });
  await tell(drafter, { type: 'DraftPolicyVersion', scheme: 'cluster-sme', terms: revised, ...head(drafter) });
  const { events } = (await tell(drafter, { type: 'ProposePolicyVersion', ...head(drafter) })) as unknown as {
    events: { data: { hash: string } }[];
  };
  const { hash } = events[0]!.data;
  await tell(approver, { type: 'ApprovePolicyVersion', hash, reason: '合法性审查通过', ...head(approver) });
  const document = '演示〔2021〕5号';
  await tell(approver, { type: 'PublishPolicyVersion', hash, document, ...head(approver) });
}
