import { randomUUID } from 'node:crypto';
import type { TestApp } from './app';
import type { Client } from './client';
import { Firm, uploaded } from './firms';
import { must } from './sealed-offers';

/** What every step of a claim says where its test is about something else. */
export const REASON = '与事实一致';

const OF_TRADE = ['contract', 'invoices', 'delivery-notes', 'payment-vouchers', 'pledge'];
const OF_LOAN = ['loan-contract', 'drawing-slip', 'interest-slips', 'pledge'];

export type ShownClaim = {
  readonly state: string;
  readonly award: string;
  readonly granted?: string;
  readonly payee: { readonly payee: string };
  readonly recovery?: string;
  readonly recoveryDue?: string;
  readonly recoveryNow?: { readonly recovery: string; readonly cause: string };
  readonly [name: string]: unknown;
};

/** The offices of one county and of the city, with people enough for each stage, and the acts by which a claim goes on. */
export class ClaimOffices {
  private constructor(
    readonly county: readonly [Client, Client],
    readonly bureau: readonly [Client, Client, Client],
    readonly finance: readonly [Client, Client],
    readonly payers: readonly [Client, Client],
    readonly auditor: Client,
  ) {}

  static async of(city: TestApp, area = '350582'): Promise<ClaimOffices> {
    const [county, bureau, finance, payer] = [
      () => city.officer('county-officer', area),
      () => city.officer('city-officer'),
      () => city.officer('city-finance'),
      () => city.officer('county-finance', area),
    ];
    return new ClaimOffices(
      [await county(), await county()],
      [await bureau(), await bureau(), await bureau()],
      [await finance(), await finance()],
      [await payer(), await payer()],
      await city.officer('auditor'),
    );
  }

  /** A round of the year 2020 whose filing is from 15 January to 28 February 2021; paid by the city alone. */
  async open(scheme: string, budget: string, version = '2020'): Promise<string> {
    const round = randomUUID();
    const terms = {
      ...{ name: '2020年度批次', document: '演示〔2021〕2号', year: 2020, shares: { city: '1', county: '0' } },
      filing: { from: '2021-01-15', to: '2021-02-28' },
      budgets: [{ level: 'city', amount: budget }],
    };
    await must(this.bureau[0].post('/api/rounds', { round, policy: { scheme, version }, terms }));
    return round;
  }

  /** `lacking`: materials that the firm does not bring; `also`: what it brings besides. */
  async file(
    firm: Firm,
    round: string,
    {
      of = 'trade',
      lacking = [],
      also = [],
    }: { of?: 'trade' | 'loan'; lacking?: readonly string[]; also?: readonly string[] } = {},
  ): Promise<string> {
    const claim = randomUUID();
    const names = [...(of === 'trade' ? OF_TRADE : OF_LOAN), ...also].filter((name) => !lacking.includes(name));
    const files = await Promise.all(names.map(() => uploaded(firm.client)));
    const materials = names.map((material, n) => ({ material, files: [files[n]!.id] }));
    await must(firm.client.post('/api/claims', { claim, round, materials, payee: accountOf(firm) }));
    return claim;
  }

  async shown(claim: string, who: Client = this.auditor): Promise<ShownClaim> {
    return (await must(who.get(`/api/claims/${claim}`))).body as ShownClaim;
  }

  act = (who: Client, claim: string, act: string, body: object = {}) =>
    who.post(`/api/claims/${claim}/${act}`, { reason: REASON, ...body });

  private done = async (who: Client, claim: string, act: string, body: object = {}): Promise<void> =>
    void (await must(this.act(who, claim, act, body)));

  async checkPayee(claim: string, who: Client = this.county[0]): Promise<void> {
    const { payee } = (await this.shown(claim)).payee;
    await must(who.post(`/api/claims/${claim}/payee-check`, { payee }));
  }

  /** 查验 by an office, on which the city's check stands. */
  async checkInvoice(number: string, who: Client = this.county[0]): Promise<void> {
    const looked = { check: randomUUID(), state: 'valid', checkedOn: '2021-02-01' };
    await must(who.post(`/api/invoices/${number}/checks`, looked));
  }

  /** 初审通过 and 复审通过. */
  async pass(claim: string, ...invoices: readonly string[]): Promise<void> {
    await this.checkPayee(claim);
    await this.done(this.county[0], claim, 'county-check');
    for (const number of invoices) await this.checkInvoice(number);
    await this.done(this.bureau[0], claim, 'city-check');
  }

  review = (claim: string) => this.done(this.finance[0], claim, 'joint-review', { minutes: '会议纪要〔2021〕3号' });

  propose = (claim: string, list: string) => this.done(this.bureau[1], claim, 'proposal', { list });

  /** Puts what was proposed on public notice. */
  async publish(notice: string, ...claims: readonly string[]): Promise<void> {
    const { lines } = (await must(this.bureau[1].post('/api/notices', { notice, claims }))).body as {
      lines: { done: boolean }[];
    };
    const failed = lines.find(({ done }) => !done);
    if (failed) throw new Error(JSON.stringify(failed));
  }

  approve = (claim: string, who: Client = this.bureau[2]) =>
    this.act(who, claim, 'approval', { minutes: '会议纪要〔2021〕5号' });

  /** 下达, and the payment in two hands. */
  async pay(claim: string, receipt: string, paidOn: string): Promise<void> {
    const { payee } = (await this.shown(claim)).payee;
    const payment = randomUUID();
    await this.done(this.finance[1], claim, 'funds', { document: '演示财〔2021〕8号' });
    await this.done(this.payers[0], claim, 'payments', { payment, payee });
    await this.done(this.payers[1], claim, `payments/${payment}/receipt`, { payee, receipt, paidOn });
  }
}

/** An account of its own, in the firm's name. */
const accountOf = ({ name, enterprise }: Firm) => ({
  ...{ payee: randomUUID(), holder: name, bank: '演示银行' },
  number: `6222${enterprise.replace(/\D/g, '')}`,
});
