import { CommandContext, Streams } from '@app/event-store';
import { Refused } from '@app/kernel';
import { RecordInvoiceCheck } from '@app/orders';
import { ApproveClaim, claim, claimStream, FileClaim, OpenRound, SelfCheck, StartNotice } from '@app/subsidies';
import { OffsetRecovery, TellClaimAsFirm, TellClaimAsOfficer, TellRound } from '@app/subsidies';
import type { ClaimOfficer, OpenClaim } from '@app/subsidies';
import { City, groupedBy, partyOf, SimulatedFirm } from './city';

// A round of claims from its opening to the money, through every office.

export type RoundOfClaims = {
  readonly round: string;
  readonly policy: { readonly scheme: string; readonly version: string };
  readonly firms: readonly SimulatedFirm[];
  /** Days of opening, filing, notice and payment. */
  readonly days: { readonly opened: string; readonly filed: string; readonly paid: string; readonly closes: string };
  /** What of the need the budget covers; 1 where the money is not short. */
  readonly covered: number;
  /** Every so many firms file the same invoices a second time. */
  readonly doubledEvery?: number;
};

/** A claim that was filed. */
export type Filed = { readonly claim: string; readonly firm: SimulatedFirm; readonly isDouble: boolean };

const MATERIALS = ['contract', 'invoices', 'delivery-notes', 'payment-vouchers', 'pledge'];
const reason = '与事实一致';

/** Who acts in which stage: nobody in two of one claim. */
class Offices {
  constructor(private readonly city: City) {}

  checker = (): ClaimOfficer => this.of('city-officer', 'checks');
  lister = (): ClaimOfficer => this.of('city-officer', 'lists');
  approver = (): ClaimOfficer => this.of('city-officer', 'approves');
  reviewer = (): ClaimOfficer => this.of('city-finance', 'reviews');
  treasurer = (): ClaimOfficer => this.of('city-finance', 'passes-down');
  county = (office: string): ClaimOfficer =>
    office === 'city' ? this.of('city-officer', 'county') : this.of('county-officer', 'county', office);
  payer = (office: string, n: number): ClaimOfficer =>
    office === 'city' ? this.of('city-finance', `pays-${n}`) : this.of('county-finance', `pays-${n}`, office);

  private of(role: ClaimOfficer['role'], does: string, area?: string): ClaimOfficer {
    return { account: this.city.id('officer', role, does, area ?? ''), role, ...(area !== undefined && { area }) };
  }
}

export class Claims {
  private readonly offices = new Offices(this.city);
  private readonly streams = this.city.app.get(Streams);

  constructor(
    private readonly city: City,
    /** By code: everybody who may have to pledge. */
    private readonly firms: ReadonlyMap<string, SimulatedFirm>,
  ) {}

  private async state(id: string): Promise<OpenClaim> {
    return (await this.streams.load(claim, claimStream(id))).state!;
  }

  private tell(id: string, act: ConstructorParameters<typeof TellClaimAsOfficer>[1]): Promise<unknown> {
    const { city } = this;
    return city.tell(act.by.account, '', (context) => new TellClaimAsOfficer(id, act, context));
  }

  /** Whoever claims in a round, and what was filed. */
  async hold(round: RoundOfClaims, beforePaying?: (filed: readonly Filed[]) => Promise<void>): Promise<Filed[]> {
    const { city } = this;
    city.goTo(round.days.opened);
    await this.open(round);
    city.goTo(round.days.filed);
    const filed: Filed[] = [];
    await city.inTurns([...round.firms.entries()], async ([n, firm]) => {
      const ids = [city.id('claim', round.round, n)];
      if (round.doubledEvery !== undefined && n % round.doubledEvery === 0) ids.push(city.id('again', round.round, n));
      for (const [at, id] of ids.entries()) {
        if (await this.file(id, round.round, firm)) filed.push({ claim: id, firm, isDouble: at > 0 });
      }
    });
    filed.sort((one, other) => (one.claim < other.claim ? -1 : 1));
    const filers = groupedBy(filed, ({ firm }) => firm);
    const filedOnce = filed.filter(({ firm }) => filers.get(firm)!.length === 1);
    const withdrawn = new Set(filedOnce.filter((_, n) => n % 7 === 6).map((one) => one.claim));
    for (const one of filed.filter(({ claim: id }) => withdrawn.has(id))) {
      await this.asFirm(one, { type: 'WithdrawClaim', reason: '不再申报' });
    }
    const unsupported = new Set<string>();
    await city.inTurns(
      filed.filter(({ claim: id }) => !withdrawn.has(id)),
      async (one) => (await this.check(one, round)) || unsupported.add(one.claim),
    );
    const standing = filed.filter(({ claim: id }) => !withdrawn.has(id) && !unsupported.has(id));
    // First claims first: what they use up is gone for those filed again.
    const inLine = [...standing.filter(({ isDouble }) => !isDouble), ...standing.filter(({ isDouble }) => isDouble)];
    const notice = city.id('notice', round.round);
    if (round.covered < 1) await this.setScale(round, inLine);
    for (const { claim: id } of inLine) {
      const by = this.offices.lister();
      await this.tell(id, { type: 'ProposeClaim', reason, list: notice, by });
    }
    await this.startNotice(
      notice,
      inLine.map(({ claim: id }) => id),
    );
    city.goTo(round.days.paid);
    for (const one of inLine) await this.approve(one);
    // Not at the instant of the approvals: what is recorded then counts as known to them.
    city.goTo(round.days.paid, 1);
    await beforePaying?.(inLine);
    await city.inTurns([...inLine.entries()], ([n, one]) => this.pay(one, n, round.days.paid));
    await city.quiet();
    city.say(`${round.policy.scheme} ${round.policy.version}: ${filed.length} claims filed`);
    return standing;
  }

  /** Of a long list a call does what it has time for, and whoever asked sends the rest again. */
  private async startNotice(notice: string, ids: readonly string[]): Promise<void> {
    const by = this.offices.lister();
    for (let left = ids; left.length > 0;) {
      const start = (context: CommandContext) => new StartNotice(notice, left, by, context);
      const undone = (await this.city.tell(by.account, '', start)).lines.filter(({ done }) => !done);
      const failed = undone.find(({ code }) => code !== 'notice-line-later');
      if (failed) throw new Error(JSON.stringify(failed));
      left = undone.map(({ claim: id }) => id);
    }
  }

  private async open({ round, policy, days, firms }: RoundOfClaims): Promise<void> {
    const by = { account: this.offices.lister().account, name: '演示经办' };
    const terms = {
      name: `${policy.version} ${days.opened.slice(0, 7)}`,
      document: `演示〔${days.opened.slice(0, 4)}〕${Number(days.opened.slice(5, 7))}号`,
      filing: { from: days.opened, to: days.closes },
      year: 2020,
      shares: { city: '1', county: '0' },
      budgets: [{ level: 'city', amount: String(firms.length * 1_000_000) }],
    };
    await this.city.tell(by.account, '', (context) => new OpenRound(round, policy, terms, by, context));
  }

  private async file(id: string, round: string, firm: SimulatedFirm): Promise<boolean> {
    const { city } = this;
    const file = await city.upload(firm, `material-${id}`);
    const materials = MATERIALS.map((material) => ({ material, files: [file] }));
    const payee = { payee: city.id('payee', id), holder: firm.name, bank: '演示银行', number: firm.enterprise };
    const by = { ...partyOf(firm), account: firm.account };
    try {
      await city.tellAs(firm, (context) => new FileClaim(id, round, materials, payee, by, context));
      return true;
    } catch (error) {
      if (!(error instanceof Refused && error.code === 'claim-award-zero')) throw error;
      city.note(error.code);
      return false;
    }
  }

  private asFirm({ claim: id, firm }: Filed, act: ConstructorParameters<typeof TellClaimAsFirm>[1]): Promise<unknown> {
    const by = { ...partyOf(firm), account: firm.account };
    return this.city.tellAs(firm, (context) => new TellClaimAsFirm(id, act, by, context));
  }

  /** 初审, 复审, 会审. A claim on an invoice that is not 正常 comes no further: false. */
  private async check(filed: Filed, { round, days }: RoundOfClaims): Promise<boolean> {
    const { city, offices } = this;
    const { claim: id, firm } = filed;
    const { office, payee } = await this.state(id);
    const county = offices.county(office);
    await this.tell(id, { type: 'CheckPayee', payee: payee!.payee, by: county });
    await this.tell(id, { type: 'PassCountyCheck', reason, deferred: [], by: county });
    const { checks } = await city.queries.execute(new SelfCheck(round, partyOf(firm)));
    // 查验 by somebody who acts on no claim.
    const account = city.id('tax-checks');
    for (const { number, state } of checks.invoices) {
      if (state !== undefined) continue;
      const looked = {
        check: city.id('look', number),
        state: 'valid',
        checkedOn: days.filed,
        attachments: [],
      } as const;
      await city.tell(account, '', (context) => new RecordInvoiceCheck(number, looked, { account }, context));
    }
    const by = offices.checker();
    for (const pair of checks.newPairs) await this.checkPair(filed, pair, days.filed);
    try {
      await this.tell(id, { type: 'PassCityCheck', reason, by });
    } catch (error) {
      if (!(error instanceof Refused && error.code === 'invoices-not-valid')) throw error;
      city.note(error.code);
      await this.tell(id, { type: 'RefuseSupport', reason: '发票状态异常', by });
      return false;
    }
    await this.tell(id, { type: 'ReviewJointly', reason, minutes: '会议纪要〔2021〕3号', by: offices.reviewer() });
    return true;
  }

  private async checkPair(filed: Filed, pair: string, checkedOn: string): Promise<void> {
    for (const code of pair.split('/')) {
      const firm = this.firmOf(code);
      await this.asFirm({ ...filed, firm }, { type: 'PledgeNoTrade', pair });
    }
    const act = { type: 'CheckRelation', pair, result: 'checked-none', checkedOn, reason: '走访两家企业' } as const;
    await this.tell(filed.claim, { ...act, by: this.offices.checker() });
  }

  private firmOf(code: string): SimulatedFirm {
    const firm = this.firms.get(code);
    if (!firm) throw new Error(`nobody has the code ${code}`);
    return firm;
  }

  /** The budget is cut to a part of what is asked, and every award with it. */
  private async setScale({ round, covered }: RoundOfClaims, standing: readonly Filed[]): Promise<void> {
    const states = await Promise.all(standing.map(({ claim: id }) => this.state(id)));
    const need = states.reduce((total, { grounds }) => total + Number(grounds.award), 0);
    const by = { account: this.offices.lister().account, name: '演示经办' };
    const said = {
      document: '演示〔2021〕9号',
      reason: '预算不足',
      by,
      at: new Date(this.city.clock.now()).toISOString(),
    };
    const tell = (command: ConstructorParameters<typeof TellRound>[1]) =>
      this.city.tell(by.account, '', (context) => new TellRound(round, command, context));
    await tell({ type: 'ChangeBudget', level: 'city', amount: String(Math.ceil(need * covered)), ...said });
    await tell({ type: 'SetScale', scale: String(covered), ...said });
  }

  private async approve({ claim: id, isDouble }: Filed): Promise<void> {
    const by = this.offices.approver();
    const decision = { reason, minutes: '会议纪要〔2021〕5号' };
    try {
      await this.city.tell(by.account, '', (context) => new ApproveClaim(id, by, decision, context));
      if (isDouble) throw new Error(`the double claim ${id} was approved`);
    } catch (error) {
      if (!(error instanceof Refused && isDouble)) throw error;
      this.city.note(error.code);
    }
  }

  /** 下达 and 拨付; of some the bank gives the money back 退票, and it is paid again. */
  private async pay({ claim: id }: Filed, n: number, paidOn: string): Promise<void> {
    const { offices, city } = this;
    const { state, office, payee } = await this.state(id);
    if (state !== 'approved') return;
    const once = async (payment: string) => {
      const head = { payment, payee: payee!.payee, reason };
      const document = '演示财〔2021〕8号';
      await this.tell(id, { type: 'PassFundsDown', reason, document, by: offices.treasurer() });
      await this.tell(id, { type: 'PreparePayment', ...head, by: offices.payer(office, 1) });
      const receipt = `BR-${payment}`;
      await this.tell(id, { type: 'MakePayment', ...head, receipt, paidOn, by: offices.payer(office, 2) });
    };
    const first = city.id('pay', id, 1);
    await once(first);
    if (n % 7 !== 3) return;
    const paper = { reason: '账号有误', receipt: `TP-${first}`, bouncedOn: paidOn };
    await this.tell(id, { type: 'ReportBounce', payment: first, ...paper, by: offices.payer(office, 1) });
    await once(city.id('pay', id, 2));
  }

  /** A small claim of which a part is to be recovered. */
  async recoveredInPart(filed: readonly Filed[]): Promise<Filed> {
    const states = await Promise.all(filed.map(async (one) => ({ one, ...(await this.state(one.claim)) })));
    const dueOf = ({ recovery }: Pick<OpenClaim, 'recovery'>) => Number(recovery?.due ?? 0);
    const [least] = states
      .filter((claimed) => claimed.beneficiary === 'sme' && dueOf(claimed) > 0)
      .filter((claimed) => dueOf(claimed) < Number(claimed.proposal?.granted))
      .sort((a, b) => dueOf(a) - dueOf(b));
    if (!least) throw new Error('no claim of an SME is to be recovered in part');
    return least.one;
  }

  /** 抵扣: what a claim is to give back is kept back from another award of its firm, among those that are approved. */
  async offset({ claim: id, firm }: Filed, approved: readonly Filed[]): Promise<void> {
    const { city, offices } = this;
    const other = approved.find((one) => one.firm === firm);
    if (!other) throw new Error(`${firm.enterprise} has no other award`);
    const { recovery, office } = await this.state(id);
    const { recovery: of, due } = recovery!;
    const decision = { recovery: of, due, way: 'offset', instalments: [], against: other.claim, reason } as const;
    await this.tell(id, { type: 'DecideRecovery', ...decision, by: offices.payer(office, 3) });
    const by = offices.payer(office, 4);
    const asked = { recovery: of, part: city.id('part', id, 'offset'), amount: due, against: other.claim, by };
    await city.tell(by.account, '', (context) => new OffsetRecovery(id, asked, context));
    await city.until(`the offset of ${id}`, async () => {
      const { offsets } = await this.state(other.claim);
      return [...offsets.values()].some(({ state }) => state === 'settled');
    });
  }

  /**
   * Every recovery that a process has opened, to the money: heard, decided, paid back at once or in two parts. That of
   * `waiting` is heard, and decided later.
   */
  async recover(filed: readonly Filed[], day: string, waiting: Filed): Promise<number> {
    let recovered = 0;
    await this.city.inTurns([...filed.entries()], async ([n, one]) => {
      const { recovery, office } = await this.state(one.claim);
      if (!recovery) return;
      recovered++;
      const by = this.offices.payer(office, 3);
      const head = { recovery: recovery.recovery, by };
      const { due } = recovery;
      await this.tell(one.claim, { type: 'ConfirmRecovery', ...head, reason: '与现有事实不符' });
      await this.asFirm(one, { type: 'HearFirm', recovery: recovery.recovery, text: '同意退回', files: [] });
      if (one === waiting) return;
      const first = (Math.floor(Number(due) * 50) / 100).toFixed(2);
      const parts = n % 2 === 0 || Number(first) === 0 ? [due] : [first, (Number(due) - Number(first)).toFixed(2)];
      const instalments =
        parts.length === 1 ? [] : parts.map((amount, at) => ({ dueOn: `2021-08-0${at + 1}`, amount }));
      const way = parts.length === 1 ? 'at-once' : 'instalments';
      await this.tell(one.claim, { type: 'DecideRecovery', ...head, reason, due, way, instalments });
      for (const [at, amount] of parts.entries()) {
        const paid = {
          part: this.city.id('part', one.claim, at),
          amount,
          receipt: `IN-${recovery.recovery}-${at}`,
          paidOn: day,
        };
        await this.tell(one.claim, { type: 'RecordRecoveryPayment', ...head, ...paid });
      }
    });
    await this.city.quiet();
    return recovered;
  }
}
