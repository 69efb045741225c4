import { Accounts } from '@app/auth';
import { Streams } from '@app/event-store';
import { derivedId, shanghaiDay } from '@app/kernel';
import { OFFICES } from '@app/registry';
import {
  ApproveClaim,
  claim,
  ClaimOfficer,
  claimStream,
  FileClaim,
  RaiseObjection,
  StartNotice,
  TellClaimAsFirm,
  TellClaimAsOfficer,
} from '@app/subsidies';
import type { DemoFirm } from './city';
import { accountOf, partyOf, Telling, until } from './telling';

const MATERIALS = ['contract', 'invoices', 'delivery-notes', 'payment-vouchers', 'pledge'];
const REASON = '演示·与系统内事实一致';

export const claimOf = ({ registration }: DemoFirm): string => derivedId('demo-claim', registration);
const payeeOf = ({ registration }: DemoFirm): string => derivedId('demo-payee', registration);
const paymentOf = ({ registration }: DemoFirm): string => derivedId('demo-claim-payment', registration);

type OfficerAct = TellClaimAsOfficer['act'];
type Act<C = OfficerAct> = C extends OfficerAct ? Omit<C, 'by'> : never;

/** What firms and offices do with a claim, each stage by a person of its own. */
export class ClaimActs {
  constructor(private readonly telling: Telling) {}

  /** `lacking`: materials that it is filed without. */
  async file(firm: DemoFirm, round: string, lacking: readonly string[] = []): Promise<void> {
    const id = claimOf(firm);
    const brought = MATERIALS.filter((material) => !lacking.includes(material));
    const materials = await Promise.all(
      brought.map(async (material) => ({ material, files: [await this.telling.keep(firm, material, 'claim')] })),
    );
    const number = `350527${firm.enterprise.slice(8, 17)}`;
    const payee = { payee: payeeOf(firm), holder: firm.name, bank: '演示银行', number };
    const by = applicant(firm);
    await this.telling.tell(firm, `file ${id}`, (context) => new FileClaim(id, round, materials, payee, by, context));
  }

  async county(firm: DemoFirm): Promise<void> {
    const officer = this.countyOfficer(firm);
    await this.act(firm, officer, { type: 'CheckPayee', payee: payeeOf(firm) });
    await this.act(firm, officer, { type: 'PassCountyCheck', reason: REASON, deferred: [] });
  }

  giveBack(firm: DemoFirm): Promise<unknown> {
    const gaps = [{ material: 'pledge', note: '演示·未提交承诺书' }];
    return this.act(firm, this.countyOfficer(firm), { type: 'ReturnClaim', reason: '演示·材料不齐', gaps });
  }

  refuse(firm: DemoFirm): Promise<unknown> {
    return this.act(firm, this.countyOfficer(firm), { type: 'RefuseSupport', reason: '演示·材料与事实不符' });
  }

  askReview(firm: DemoFirm): Promise<unknown> {
    const act = { type: 'AskClaimReview', text: '演示·已补充送货单，请予复核' } as const;
    const make = (context: TellClaimAsFirm['context']) =>
      new TellClaimAsFirm(claimOf(firm), act, applicant(firm), context);
    return this.telling.tell(firm, `ask review ${claimOf(firm)}`, make);
  }

  city(firm: DemoFirm): Promise<unknown> {
    return this.act(firm, this.officer('演示·市局经办'), { type: 'PassCityCheck', reason: REASON });
  }

  reviewJointly(firm: DemoFirm): Promise<unknown> {
    const act = { type: 'ReviewJointly', reason: REASON, minutes: '演示·会议纪要1号' } as const;
    return this.act(firm, this.officer('演示·市财政'), act);
  }

  /** Puts claims on a list and the list on public notice. */
  async show(firms: readonly DemoFirm[], name: string): Promise<void> {
    if (firms.length === 0) return;
    const by = this.officer('演示·市财政');
    const list = noticeOf(name);
    for (const firm of firms) await this.act(firm, by, { type: 'ProposeClaim', reason: REASON, list });
    const claims = firms.map(claimOf);
    const start = (context: StartNotice['context']) => new StartNotice(list, claims, by, context);
    const { lines } = await this.telling.tellAs(by, `notice ${name}`, start);
    const refused = lines.find(({ done }) => !done);
    if (refused) throw new Error(`claim ${refused.claim} is not on notice: ${refused.code}`);
  }

  /** Whoever objects is nobody in the log. */
  object(firm: DemoFirm, name: string): Promise<unknown> {
    const id = claimOf(firm);
    const objecting = { objection: derivedId('demo-objection', id), claim: id, text: '演示·请核实送货单日期' };
    return this.telling.tellAs(
      { account: '' },
      `object ${id}`,
      (context) => new RaiseObjection(noticeOf(name), objecting, { ...context, actor: 'public' }, 'demo'),
    );
  }

  approve(firm: DemoFirm): Promise<unknown> {
    const decision = { minutes: '演示·会议纪要2号', reason: REASON };
    const by = this.officer('演示·市局科长');
    return this.telling.tellAs(
      by,
      `approve ${claimOf(firm)}`,
      (context) => new ApproveClaim(claimOf(firm), by, decision, context),
    );
  }

  passDown(firm: DemoFirm): Promise<unknown> {
    const act = { type: 'PassFundsDown', reason: REASON, document: '演示财〔1〕号' } as const;
    return this.act(firm, this.officer('演示·市财政科长'), act);
  }

  async preparePayment(firm: DemoFirm): Promise<void> {
    const { account, area } = (await this.cashiers(firm))[0]!;
    const payment = { payment: paymentOf(firm), payee: payeeOf(firm) };
    const by = { account, role: 'county-finance', area } as const;
    await this.act(firm, by, { type: 'PreparePayment', reason: REASON, ...payment });
  }

  async pay(firm: DemoFirm, at: number): Promise<void> {
    const { account, area } = (await this.cashiers(firm))[1]!;
    const by = { account, role: 'county-finance', area } as const;
    const payment = { payment: paymentOf(firm), payee: payeeOf(firm) };
    const receipt = { receipt: `演示回单-${firm.enterprise.slice(-4)}`, paidOn: shanghaiDay(at) };
    await this.act(firm, by, { type: 'MakePayment', reason: REASON, ...payment, ...receipt });
  }

  /** Once a process has found that the claim is worth less than was paid. */
  async confirmRecovery(firm: DemoFirm): Promise<void> {
    const streams = this.telling.app.get(Streams);
    let recovery: string | undefined;
    await until(
      async () => {
        const { state } = await streams.load(claim, claimStream(claimOf(firm)));
        recovery = state?.recovery?.recovery;
        return recovery !== undefined;
      },
      `the recovery of ${claimOf(firm)}`,
    );
    const reason = '演示·拨付后退货，发票已红冲';
    await this.act(firm, this.officer('演示·市财政监督'), { type: 'ConfirmRecovery', recovery: recovery!, reason });
  }

  private act(firm: DemoFirm, by: ClaimOfficer, act: Act): Promise<unknown> {
    const told = { ...act, by } as OfficerAct;
    return this.telling.tellAs(
      by,
      `${act.type} ${claimOf(firm)}`,
      (context) => new TellClaimAsOfficer(claimOf(firm), told, context),
    );
  }

  private countyOfficer({ area }: DemoFirm): ClaimOfficer {
    return { account: this.telling.officerFor(area).account, role: 'county-officer', area };
  }

  private officer(name: string): ClaimOfficer {
    const { account, role } = this.telling.person(name);
    return { account, role: role as ClaimOfficer['role'] };
  }

  /** The two hands of a payment: those of the table, or two that nobody signs in as where the county has none there. */
  private async cashiers({ area }: DemoFirm): Promise<{ account: string; area: string }[]> {
    const known = this.telling.signIns.filter((one) => one.role === 'county-finance' && one.area === area);
    if (known.length > 1) return known.map(({ account }) => ({ account, area }));
    const accounts = this.telling.app.get(Accounts);
    const at = OFFICES.findIndex((office) => office.area === area);
    const made = [0, 1].map((n) => ({ id: derivedId('demo-account', 'cashier', area, n), n }));
    for (const { id, n } of made) {
      const name = `演示·${OFFICES[at]!.zh}财政${n + 1}`;
      await accounts.create({ id, name, mobile: `1360000${String(at * 2 + n).padStart(4, '0')}` });
      await accounts.grantRole(id, 'county-finance', area);
    }
    return made.map(({ id }) => ({ account: id, area }));
  }
}

const noticeOf = (name: string): string => derivedId('demo-notice', name);
const applicant = (firm: DemoFirm) => ({ ...partyOf(firm), account: accountOf(firm) });
