import { Recorded } from '@app/event-store';
import { applyAll, rebuildEquals, recorded } from '@testing/projections';
import { freshDatabase } from '../../../test/support/database';
import { EnterpriseEvent } from './enterprise-state.rules';
import { Officer } from './enterprise.rules';
import { enterprises } from './enterprises.view';
import { registrations } from './registrations.view';

const CODE = '91350100M000100Y43';
const stream = `enterprise-${CODE}`;
const by: Officer = { account: 'a1', name: '演示', office: '350582' };
const from = '2018-05-01';
const address = { area: '350582', text: '一号路' };
const applied = (registration: string, name: string): EnterpriseEvent => ({
  type: 'RegistrationApplied',
  data: { registration, enterprise: CODE, from, facts: { name, registeredAddress: address, industry: '1953' } },
});
const attached = (registration: string): EnterpriseEvent => ({
  type: 'EvidenceAttached',
  data: {
    registration,
    evidence: [
      { id: 'E1', sha256: 'aa', kind: 'business-licence' },
      { id: 'E2', sha256: 'bb', kind: 'authorisation' },
    ],
  },
});
const facts = (data: Extract<EnterpriseEvent, { type: 'FactsRecorded' }>['data']): EnterpriseEvent => ({
  type: 'FactsRecorded',
  data,
});

const story: EnterpriseEvent[] = [
  applied('R1', '甲'),
  applied('R2', '乙'),
  attached('R1'),
  {
    type: 'RegistrationReturned',
    data: { registration: 'R2', gaps: [{ field: 'authorisation', note: '未盖章' }], by },
  },
  { type: 'RegistrationConfirmed', data: { registration: 'R1', evidence: ['E1', 'E2'], by } },
  facts({
    registration: 'R1',
    from,
    facts: { name: '甲', registeredAddress: address },
    source: { kind: 'checked', by },
  }),
  facts({ registration: 'R1', from, facts: { staff: 30, revenue: '3000000' }, source: { kind: 'self-declared' } }),
  facts({ from, facts: { assets: '100' }, source: { kind: 'imported', origin: '名录' } }),
  facts({ registration: 'R1', from: '2020-01-01', facts: { name: '丙' }, source: { kind: 'self-declared' } }),
  { type: 'FactWithdrawn', data: { registration: 'R1', kind: 'name', from: '2020-01-01', source: 'self-declared' } },
  attached('R2'),
  { type: 'RegistrationCompleted', data: { registration: 'R2' } },
  { type: 'RegistrationSuspended', data: { registration: 'R1', reason: '核查', by } },
  { type: 'RegistrationReinstated', data: { registration: 'R1', reason: '查清', by } },
  { type: 'SecondPersonRequired', data: { registration: 'R1', acts: ['award'] } },
  { type: 'HolderContested', data: { registration: 'R2', holder: 'R1', statement: { id: 'T', sha256: 'cc' } } },
  {
    type: 'HolderReplaced',
    data: { registration: 'R2', replaced: 'R1', evidence: ['E1', 'E2'], reason: '原件相符', by },
  },
  applied('R3', '丁'),
  { type: 'RegistrationRefused', data: { registration: 'R3', reason: '重复', by } },
];
const log = (upTo = story.length): Recorded<EnterpriseEvent>[] =>
  recorded(...story.slice(0, upTo).map((event) => [stream, event] as const));
const upTo = (type: EnterpriseEvent['type']) => story.findIndex((event) => event.type === type) + 1;

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.drop());

async function rows<Row>(projection: typeof registrations, length?: number): Promise<Row[]> {
  const view = await applyAll(projection, log(length), database.url);
  try {
    return Object.values(await view.rows())[0] as Row[];
  } finally {
    await view.close();
  }
}
type Row = { registration: string; state: string; waitingFor: string | null; contesting: boolean };

describe('the registrations', () => {
  it('follow from events alone', () => rebuildEquals(registrations, log(), database.url));

  it.each<[EnterpriseEvent['type'], Partial<Row>, Partial<Row>]>([
    ['EvidenceAttached', { state: 'applied', waitingFor: 'check' }, { state: 'applied', waitingFor: null }],
    ['RegistrationConfirmed', { state: 'confirmed', waitingFor: null }, { state: 'returned' }],
    ['RegistrationCompleted', { state: 'confirmed' }, { state: 'applied', waitingFor: 'check' }],
    ['HolderContested', { state: 'confirmed' }, { contesting: true, waitingFor: 'contest' }],
    ['HolderReplaced', { state: 'replaced' }, { state: 'confirmed', contesting: false, waitingFor: null }],
  ])('stand as they are after %s', async (type, one, two) => {
    const found = await rows<Row>(registrations, upTo(type));
    expect(found.find(({ registration }) => registration === 'R1')).toMatchObject(one);
    expect(found.find(({ registration }) => registration === 'R2')).toMatchObject(two);
  });

  it('wait for a look at a name that was declared after the check, and no longer once it is withdrawn', async () => {
    const waiting = async (length: number) =>
      (await rows<Row>(registrations, length)).find(({ registration }) => registration === 'R1')?.waitingFor;
    expect(await waiting(upTo('FactWithdrawn') - 1)).toBe('facts');
    expect(await waiting(upTo('FactWithdrawn'))).toBeNull();
  });

  it('tell which rows changed', async () => {
    const view = await applyAll(registrations, log(upTo('HolderContested')), database.url);
    try {
      expect(await view.apply([log().find(({ type }) => type === 'HolderReplaced')!])).toEqual(['R1', 'R2']);
    } finally {
      await view.close();
    }
  });
});

describe('the register of enterprises', () => {
  it('follows from events alone', () => rebuildEquals(enterprises, log(), database.url));

  it('has no name before an office has confirmed one', async () => {
    const [row] = await rows(enterprises, upTo('RegistrationConfirmed') - 1);
    expect(row).toMatchObject({ enterprise: CODE, state: 'unconfirmed', holder: null, name: '', area: '' });
  });

  it('shows the holder’s facts with what was imported, and its size', async () => {
    const [row] = await rows(enterprises, upTo('SecondPersonRequired'));
    expect(row).toMatchObject({ state: 'confirmed', holder: 'R1', name: '甲', area: '350582', size: 'small' });
  });

  it('shows nothing of a holder that was replaced', async () => {
    const [row] = await rows(enterprises);
    expect(row).toMatchObject({ state: 'confirmed', holder: 'R2', name: '乙', size: null });
  });
});
