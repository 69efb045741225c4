import { usccCheckCharacter } from '@app/kernel';
import { leadLists, TellEnterprise, TellLeadList, officeFor } from '@app/registry';
import { ReadModels } from '@app/projections';
import { EventStore } from '@app/event-store';
import type { City, SimulatedFirm } from './city';

export type Firms = {
  /** On the list for the year. */
  readonly leads: readonly SimulatedFirm[];
  /** Buys as leads do, but is on no list. */
  readonly unlisted: SimulatedFirm;
  readonly smes: readonly SimulatedFirm[];
  readonly list: string;
};

const OFFICES = ['350502', '350503', '350521', '350524', '350581', '350582', '350583'];
/** Fuzhou. */
const ELSEWHERE = '350102';
const WEIGHTS = [1, 0.3, 1, 0.6, 3, 1, 0.8, 6];
const CLERK = 'simulated-clerk';

type Making = {
  readonly firm: SimulatedFirm;
  readonly staff: number;
  readonly revenue: string;
  readonly holder: string;
};

/** Leads, and suppliers of every kind: from elsewhere, too large, related to a lead, and as they should be. */
export async function registerFirms(city: City, enterprises: number): Promise<Firms> {
  const listed = Math.max(4, Math.round(enterprises * 0.12));
  const makings = Array.from({ length: enterprises }, (_, n) => makingOf(city, n, listed));
  await city.inTurns(makings, (making) => register(city, making));
  const [leads, [unlisted], smes] = [
    makings.slice(0, listed),
    makings.slice(listed, listed + 1),
    makings.slice(listed + 1),
  ];
  const firms = leads.map(({ firm }) => firm);
  await publishList(city, firms, '2019');
  const list = await publishList(city, firms, '2020');
  return { leads: firms, unlisted: unlisted!.firm, smes: smes.map(({ firm }) => firm), list };
}

function makingOf(city: City, n: number, leads: number): Making {
  const body = `91350527${String(n).padStart(9, '0')}`;
  const enterprise = body + usccCheckCharacter(body);
  const isLead = n <= leads;
  const area = !isLead && n % 13 === 5 ? ELSEWHERE : OFFICES[n % OFFICES.length]!;
  const isLarge = isLead || n % 11 === 3;
  return {
    firm: {
      enterprise,
      registration: city.id('registration', n),
      name: isLead ? `演示龙头${n}` : `演示配套${n}`,
      area,
      account: city.id('account', n),
      weight: isLead ? (n === 0 ? 4 : 1) : WEIGHTS[n % WEIGHTS.length]!,
    },
    staff: isLarge ? 1_500 : 50,
    revenue: isLarge ? '500000000' : '12000000',
    holder: `holder-${!isLead && n % 9 === 4 ? n % leads : n}`,
  };
}

async function register(city: City, { firm, staff, revenue, holder }: Making): Promise<void> {
  const { enterprise, registration, name, area } = firm;
  const day = '2020-01-02';
  const tell = (command: TellEnterprise['command']) =>
    city.tellAs(firm, (context) => new TellEnterprise(enterprise, command, context));
  const registeredAddress = { area, text: '演示路 1 号' };
  const holders = [
    { holder, share: '0.4' },
    { holder: `other-${registration}`, share: '0.3' },
  ];
  const facts = { name, registeredAddress, industry: '1953', staff, revenue, holders };
  await tell({ type: 'ApplyForRegistration', enterprise, registration, day, from: '2018-05-01', facts });
  const evidence = (['business-licence', 'authorisation'] as const).map((kind) => {
    return { id: city.id('evidence', kind, enterprise), sha256: 'a'.repeat(64), kind };
  });
  await tell({ type: 'AttachEvidence', registration, evidence });
  const by = { account: city.id(CLERK), name: '演示经办', office: officeFor(area) };
  const seen = { name, evidence: evidence.map(({ id }) => id) };
  await tell({ type: 'ConfirmRegistration', registration, day, ...seen, by });
}

async function publishList(city: City, firms: readonly SimulatedFirm[], year: string): Promise<string> {
  const list = city.id('list', year);
  const head = {
    title: `${year}年龙头企业名单`,
    document: `演示〔${year}〕1号`,
    from: `${year}-01-01`,
    to: `${year}-12-31`,
  };
  const listed = firms.map(({ enterprise, name }) => ({ enterprise, name }));
  const tell = (command: TellLeadList['command']) =>
    city.tell(city.id(CLERK), '', (context) => new TellLeadList(list, command, context));
  await tell({ type: 'DraftLeadList', list, head, firms: listed });
  await tell({ type: 'PublishLeadList', publishedOn: '2020-01-02', day: '2020-01-02', by: city.id(CLERK) });
  const stand = await city.app.get(EventStore).head();
  if (!(await city.app.get(ReadModels).reached(leadLists, stand!, 120_000))) throw new Error('lists are behind');
  return list;
}

/** 退出名单: from `on`, told to the public and recorded on `announcedOn`, which is today. */
export async function leaveList(city: City, list: string, lead: SimulatedFirm, on: string, announcedOn: string) {
  const { enterprise } = lead;
  const exit = { type: 'RecordExit', enterprise, on, announcedOn, reason: '迁出本市', day: announcedOn } as const;
  const by = city.id(CLERK);
  await city.tell(by, '', (context) => new TellLeadList(list, { ...exit, by }, context));
}
