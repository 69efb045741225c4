import { Accounts } from '@app/auth';
import { addDays, derivedId, shanghaiDay, startOfDay } from '@app/kernel';
import { PublishPromotion, TellPromotion } from '@app/matching';
import { OFFICES, TellEnterprise, TellLeadList } from '@app/registry';
import { DemoCity, DemoFirm, STORY_DAYS } from './city';
import { accountOf, Action, demoFile, HOUR, MARK, partyOf, Telling } from './telling';

/** Who there is: accounts, firms and their registrations, the list of lead firms, and what firms say they can make. */
export class FirmStory {
  private readonly begin = startOfDay(addDays(this.telling.today, -STORY_DAYS)) + 9 * HOUR;

  constructor(private readonly telling: Telling) {}

  /** Every firm has a person, so that each act shows who did it; only those of the table can sign in. */
  async openAccounts(): Promise<void> {
    const accounts = this.telling.app.get(Accounts);
    for (const one of this.telling.signIns) {
      const { account: id, name, mobile, password } = one;
      await accounts.create({ id, name, mobile, password });
      if (one.role !== 'member') await accounts.grantRole(id, one.role, one.area);
      else await accounts.addMembership(id, { ...partyOf(one.firm), innerRole: one.innerRole });
    }
    for (const [n, { area }] of OFFICES.entries()) {
      const { account: id, name } = deskOf(area);
      await accounts.create({ id, name, mobile: `1370000${String(n).padStart(4, '0')}` });
      await accounts.grantRole(id, 'county-officer', area);
    }
    for (const [n, firm] of this.telling.city.firms.entries()) {
      const id = accountOf(firm);
      await accounts.create({ id, name: `演示·经办人${n + 1}`, mobile: `1380000${String(n).padStart(4, '0')}` });
      await accounts.addMembership(id, { ...partyOf(firm), innerRole: 'clerk' });
    }
  }

  actions(): Action[] {
    const { firms, promotions } = this.telling.city;
    return [
      ...firms.flatMap((firm, n) => this.registering(firm, n)),
      { at: this.begin + 5 * HOUR, run: () => this.publishLeadList() },
      ...promotions.map((one) => this.promoting(one)),
    ];
  }

  private registering(firm: DemoFirm, n: number): Action[] {
    const { enterprise, registration, name, area, industry, staff, revenue } = firm;
    const day = shanghaiDay(this.begin);
    const evidence = (['business-licence', 'authorisation'] as const).map((kind) => ({
      ...demoFile(registration, kind),
      kind,
    }));
    const officer = deskOf(area);
    const tell = (what: string, command: TellEnterprise['command'], by?: string) =>
      this.telling.tell(
        firm,
        `${what} ${registration}`,
        (context) => new TellEnterprise(enterprise, command, context),
        by,
      );
    return [
      {
        at: this.begin,
        run: async () => {
          const facts = { name, registeredAddress: { area, text: `演示路 ${n + 1} 号` }, industry, staff, revenue };
          await tell('apply', {
            type: 'ApplyForRegistration',
            enterprise,
            registration,
            day,
            from: '2019-01-01',
            facts,
          });
          for (const { kind } of evidence) await this.telling.keep(firm, kind);
          const named = evidence.map(({ id, sha256, kind }) => ({ id, sha256, kind }));
          await tell('evidence', { type: 'AttachEvidence', registration, evidence: named });
        },
      },
      ...(firm.isWaiting
        ? []
        : [
            {
              at: this.begin + 2 * HOUR,
              run: () =>
                tell(
                  'confirm',
                  {
                    type: 'ConfirmRegistration',
                    registration,
                    day,
                    name,
                    evidence: evidence.map(({ id }) => id),
                    by: { account: officer.account, name: officer.name, office: area },
                  },
                  officer.account,
                ),
            },
          ]),
    ];
  }

  private async publishLeadList(): Promise<void> {
    const list = derivedId('demo', 'lead-list');
    const day = shanghaiDay(this.begin);
    const head = {
      title: '演示·龙头企业名单',
      document: '演示〔名单〕1号',
      from: addDays(day, -30),
      to: addDays(day, 365),
    };
    const firms = this.telling.city.firms
      .filter(({ isLead }) => isLead)
      .map(({ enterprise, name }) => ({ enterprise, name }));
    const { account } = this.telling.officerFor('city');
    const lead = this.telling.city.firms[0]!;
    const commands = [
      { type: 'DraftLeadList', list, head, firms },
      { type: 'PublishLeadList', publishedOn: day, day, by: account },
    ] as const;
    for (const command of commands) {
      await this.telling.tell(
        lead,
        `${command.type} ${list}`,
        (context) => new TellLeadList(list, command, context),
        account,
      );
    }
    await this.telling.caughtUp('the lead list');
  }

  private promoting({ promotion, firm, product, capacity }: DemoCity['promotions'][number]): Action {
    const by = partyOf(firm);
    const { product: name, industry, unit } = product;
    const made = { product: name, industry, unit, capacityPerMonth: capacity };
    const terms = { ...made, area: firm.area, note: MARK };
    return {
      at: this.begin + 8 * HOUR,
      run: async () => {
        const draft = { type: 'DraftPromotion', promotion, by, terms } as const;
        await this.telling.tell(firm, promotion, (context) => new TellPromotion(promotion, draft, context));
        const publish = `publish ${promotion}`;
        await this.telling.tell(firm, publish, (context) => new PublishPromotion(promotion, by, context));
      },
    };
  }
}

/** Whoever has seen a licence may not check a claim that rests on it: in each office a colleague registers. */
function deskOf(area: string): { account: string; name: string } {
  const zh = OFFICES.find((office) => office.area === area)?.zh ?? area;
  return { account: derivedId('demo-account', 'desk', area), name: `演示·${zh}登记窗口` };
}
