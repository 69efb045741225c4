import { given } from '@testing/kernel';
import { enterprise, EnterpriseCommand } from './enterprise.decider';
import { EnterpriseEvent, Evidence } from './enterprise-state.rules';
import { FirmFacts, Officer } from './enterprise.rules';

const CODE = '91350100M000100Y43';
const day = '2020-02-10';
const from = '2018-05-01';
const jinjiang: Officer = { account: 'a1', name: '演示经办', office: '350582' };
const city: Officer = { account: 'a2', name: '演示市局', office: 'city' };
const nanan: Officer = { account: 'a3', name: '演示邻县', office: '350583' };
const facts = (name = '演示鞋材', area = '350582') => ({ name, registeredAddress: { area, text: '一号路' } });

const applied = (registration = 'R1', its: FirmFacts = facts()): EnterpriseEvent => ({
  type: 'RegistrationApplied',
  data: { registration, enterprise: CODE, from, facts: its },
});
const licence: Evidence = { id: 'E1', sha256: 'aa', kind: 'business-licence' };
const authorisation: Evidence = { id: 'E2', sha256: 'bb', kind: 'authorisation' };
const attached = (registration = 'R1', ...evidence: Evidence[]): EnterpriseEvent => ({
  type: 'EvidenceAttached',
  data: { registration, evidence: evidence.length ? evidence : [licence, authorisation] },
});
const checked = (registration = 'R1', its: FirmFacts = facts(), by = jinjiang): EnterpriseEvent => ({
  type: 'FactsRecorded',
  data: { registration, from, facts: its, source: { kind: 'checked', by } },
});
const confirmed = (registration = 'R1', by = jinjiang): EnterpriseEvent => ({
  type: 'RegistrationConfirmed',
  data: { registration, evidence: ['E1', 'E2'], by },
});
const returned = (registration = 'R1'): EnterpriseEvent => ({
  type: 'RegistrationReturned',
  data: { registration, gaps: [{ field: 'authorisation', note: '未盖章' }], by: jinjiang },
});
const suspended: EnterpriseEvent = {
  type: 'RegistrationSuspended',
  data: { registration: 'R1', reason: '核查中', by: jinjiang },
};
const refused: EnterpriseEvent = {
  type: 'RegistrationRefused',
  data: { registration: 'R1', reason: '查无此企业', by: jinjiang },
};
const contested: EnterpriseEvent = {
  type: 'HolderContested',
  data: { registration: 'R2', holder: 'R1', statement: { id: 'T1', sha256: 'cc' } },
};
const replaced: EnterpriseEvent = {
  type: 'HolderReplaced',
  data: { registration: 'R2', replaced: 'R1', evidence: ['E1', 'E2'], reason: '执照原件相符', by: jinjiang },
};
const held = [applied(), attached(), confirmed(), checked()];
const inContest = [...held, applied('R2'), attached('R2'), contested];

const apply: EnterpriseCommand = {
  type: 'ApplyForRegistration',
  enterprise: CODE,
  registration: 'R1',
  day,
  from,
  facts: facts(),
};
const confirm: EnterpriseCommand = {
  type: 'ConfirmRegistration',
  registration: 'R1',
  day,
  name: '演示鞋材',
  evidence: ['E1', 'E2'],
  by: jinjiang,
};
const reason = '营业执照已注销';
const withReason = (
  type: 'RefuseRegistration' | 'SuspendRegistration' | 'ReinstateRegistration',
  by = jinjiang,
): EnterpriseCommand => ({ type, registration: 'R1', day, reason, by });
const contest: EnterpriseCommand = {
  type: 'ContestHolder',
  registration: 'R2',
  statement: { id: 'T1', sha256: 'cc' },
};
const decideContest = (decision: 'keep' | 'replace', by = jinjiang): EnterpriseCommand => ({
  type: 'DecideContest',
  registration: 'R2',
  holder: 'R1',
  decision,
  name: '演示鞋材',
  evidence: ['E1', 'E2'],
  reason: '执照原件相符',
  day,
  by,
});
const declare = (its: FirmFacts, since = day): EnterpriseCommand => ({
  type: 'DeclareFacts',
  registration: 'R1',
  day,
  from: since,
  facts: its,
});

describe('an application', () => {
  it('is recorded', () => given(enterprise).when(apply).records(applied()));
  it('may stand beside another on the same code', () =>
    given(enterprise, applied())
      .when({ ...apply, registration: 'R2' })
      .records(applied('R2')));
  it('may stand on a code that is held', () =>
    given(enterprise, ...held)
      .when({ ...apply, registration: 'R2' })
      .records(applied('R2')));
  it('has an id of its own', () => given(enterprise, applied()).when(apply).refuses('registration-exists'));
  it('states facts of today or before', () =>
    given(enterprise)
      .when({ ...apply, from: '2020-02-11' })
      .refuses('fact-in-future', { day }));
  it.each(['350527', '990000', '350500', '350'])('is of an area that there is, not %s', (area) =>
    given(enterprise)
      .when({ ...apply, facts: facts('演示', area) })
      .refuses('area-none'),
  );
  it.each(['350582', 'zone:taishang', '440305'])('may be of area %s', (area) =>
    given(enterprise)
      .when({ ...apply, facts: facts('演示', area) })
      .records(applied('R1', facts('演示', area))),
  );
  it('names no person by a number', () =>
    given(enterprise)
      .when({ ...apply, facts: facts('演示 13800138000') })
      .refuses('text-names-person'));
  it('is needed for everything else', () =>
    given(enterprise)
      .when(declare({ staff: 3 }))
      .refuses('registration-unknown'));
});

describe('evidence', () => {
  it('is attached by the hash of its bytes', () =>
    given(enterprise, applied())
      .when({ type: 'AttachEvidence', registration: 'R1', evidence: [licence] })
      .records(attached('R1', licence)));
  it('is attached once', () =>
    given(enterprise, applied(), attached('R1', licence))
      .when({ type: 'AttachEvidence', registration: 'R1', evidence: [licence, authorisation] })
      .records(attached('R1', authorisation)));
  it('comes too late for a refused registration', () =>
    given(enterprise, applied(), refused)
      .when({ type: 'AttachEvidence', registration: 'R1', evidence: [licence] })
      .refuses('registration-over'));
});

describe('the office', () => {
  it('confirms by what it saw; name and address then count as checked', () =>
    given(enterprise, applied(), attached()).when(confirm).records(confirmed(), checked()));
  it('takes name and address each from the day they hold', () => {
    const moved: EnterpriseEvent = {
      type: 'FactsRecorded',
      data: {
        registration: 'R1',
        from: '2019-01-01',
        facts: { registeredAddress: { area: '350582', text: '二号路' } },
        source: { kind: 'self-declared' },
      },
    };
    given(enterprise, applied(), attached(), moved)
      .when(confirm)
      .records(confirmed(), checked('R1', { name: '演示鞋材' }), {
        type: 'FactsRecorded',
        data: { ...moved.data, source: { kind: 'checked', by: jinjiang } },
      });
  });
  it('is that of the registered address', () =>
    given(enterprise, applied(), attached())
      .when({ ...confirm, by: nanan })
      .refuses('not-allowed-in-area'));
  it('is not the city bureau for firms of the city', () =>
    given(enterprise, applied(), attached())
      .when({ ...confirm, by: city })
      .refuses('not-allowed-in-area'));
  it('is the city bureau for firms from elsewhere', () =>
    given(enterprise, applied('R1', facts('演示鞋材', '440305')), attached())
      .when({ ...confirm, by: city })
      .records(confirmed('R1', city), checked('R1', facts('演示鞋材', '440305'), city)));
  it('needs both licence and authorisation', () =>
    given(enterprise, applied(), attached('R1', licence))
      .when({ ...confirm, evidence: ['E1'] })
      .refuses('evidence-missing'));
  it('needs files that are attached', () =>
    given(enterprise, applied(), attached())
      .when({ ...confirm, evidence: ['E1', 'E2', 'E9'] })
      .refuses('evidence-not-attached'));
  it('does not confirm a name that it has not seen', () =>
    given(enterprise, applied(), attached())
      .when({ ...confirm, name: '另一个名字' })
      .refuses('application-changed'));
  it('confirms one registration of a code', () =>
    given(enterprise, ...held, applied('R2'), attached('R2'))
      .when({ ...confirm, registration: 'R2' })
      .refuses('code-held'));
  it('confirms once', () =>
    given(enterprise, ...held)
      .when(confirm)
      .refuses('registration-not-applied'));
  it('does not confirm what it has returned', () =>
    given(enterprise, applied(), attached(), returned()).when(confirm).refuses('registration-not-applied'));

  it('returns with all gaps at once', () =>
    given(enterprise, applied())
      .when({
        type: 'ReturnRegistration',
        registration: 'R1',
        day,
        gaps: [{ field: 'authorisation', note: '未盖章' }],
        by: jinjiang,
      })
      .records(returned()));
  it('names the gaps', () =>
    given(enterprise, applied())
      .when({ type: 'ReturnRegistration', registration: 'R1', day, gaps: [], by: jinjiang })
      .refuses('gaps-missing'));
  it('writes no number of a person into an event', () =>
    given(enterprise, applied())
      .when({ ...withReason('RefuseRegistration'), reason: '请致电 138 0013 8000' } as EnterpriseCommand)
      .refuses('text-names-person'));

  it('refuses with a reason', () =>
    given(enterprise, applied())
      .when(withReason('RefuseRegistration'))
      .records({ type: 'RegistrationRefused', data: { registration: 'R1', reason, by: jinjiang } }));
  it('refuses no confirmed registration', () =>
    given(enterprise, ...held)
      .when(withReason('RefuseRegistration'))
      .refuses('registration-not-applied'));
  it('suspends, and the city bureau may too', () => {
    const by = (who: Officer): EnterpriseEvent => ({
      type: 'RegistrationSuspended',
      data: { registration: 'R1', reason, by: who },
    });
    given(enterprise, ...held)
      .when(withReason('SuspendRegistration'))
      .records(by(jinjiang));
    given(enterprise, ...held)
      .when(withReason('SuspendRegistration', city))
      .records(by(city));
  });
  it('suspends what is confirmed', () =>
    given(enterprise, applied()).when(withReason('SuspendRegistration')).refuses('registration-not-confirmed'));
  it('reinstates', () =>
    given(enterprise, ...held, suspended)
      .when(withReason('ReinstateRegistration'))
      .records({ type: 'RegistrationReinstated', data: { registration: 'R1', reason, by: jinjiang } }));
  it('reinstates what is suspended', () =>
    given(enterprise, ...held)
      .when(withReason('ReinstateRegistration'))
      .refuses('registration-not-suspended'));
});

describe('completion', () => {
  it('brings a returned registration back to the office', () =>
    given(enterprise, applied(), attached(), returned())
      .when({ type: 'CompleteRegistration', registration: 'R1' })
      .records({ type: 'RegistrationCompleted', data: { registration: 'R1' } }));
  it('needs the evidence', () =>
    given(enterprise, applied(), returned())
      .when({ type: 'CompleteRegistration', registration: 'R1' })
      .refuses('evidence-missing'));
  it('is for what was returned', () =>
    given(enterprise, applied())
      .when({ type: 'CompleteRegistration', registration: 'R1' })
      .refuses('registration-not-returned'));
});

describe('a contest of the holder', () => {
  it('is opened by another registration on the code', () =>
    given(enterprise, ...held, applied('R2'))
      .when(contest)
      .records(contested));
  it('is opened once', () =>
    given(enterprise, ...inContest)
      .when(contest)
      .refuses('contest-open'));
  it('is for a code that is held', () =>
    given(enterprise, applied(), applied('R2')).when(contest).refuses('code-not-held'));
  it('is not against oneself', () =>
    given(enterprise, ...held)
      .when({ ...contest, registration: 'R1' })
      .refuses('own-code'));
  it('keeps the holder', () =>
    given(enterprise, ...inContest)
      .when(decideContest('keep'))
      .records({
        type: 'HolderKept',
        data: { registration: 'R2', holder: 'R1', reason: '执照原件相符', by: jinjiang },
      }));
  it('replaces the holder, visibly', () =>
    given(enterprise, ...inContest)
      .when(decideContest('replace'))
      .records(replaced, checked('R2')));
  it('may be decided by the city bureau', () =>
    given(enterprise, ...inContest)
      .when(decideContest('keep', city))
      .records({ type: 'HolderKept', data: { registration: 'R2', holder: 'R1', reason: '执照原件相符', by: city } }));
  it('replaces by evidence only', () =>
    given(enterprise, ...held, applied('R2'), contested)
      .when({ ...decideContest('replace'), evidence: [] } as EnterpriseCommand)
      .refuses('evidence-missing'));
  it('is open before it is decided', () =>
    given(enterprise, ...held, applied('R2'))
      .when(decideContest('keep'))
      .refuses('contest-none'));
  it('is decided about the holder that the officer saw', () =>
    given(enterprise, ...inContest)
      .when({ ...decideContest('keep'), holder: 'R3' } as EnterpriseCommand)
      .refuses('holder-changed'));
  it('ends in a decision, not in a refusal', () =>
    given(enterprise, ...inContest)
      .when({ ...withReason('RefuseRegistration'), registration: 'R2' } as EnterpriseCommand)
      .refuses('contest-open'));
  it('leaves nothing to the replaced registration but a new application', () => {
    const history = [...inContest, replaced];
    given(enterprise, ...history)
      .when(declare({ staff: 3 }))
      .refuses('registration-over');
    given(enterprise, ...history)
      .when({ ...apply, registration: 'R3' })
      .records(applied('R3'));
  });
});

describe('facts', () => {
  const declared = (its: FirmFacts, since = day): EnterpriseEvent => ({
    type: 'FactsRecorded',
    data: { registration: 'R1', from: since, facts: its, source: { kind: 'self-declared' } },
  });

  it('are declared with the day they hold from', () =>
    given(enterprise, applied())
      .when(declare({ staff: 120, industry: '1953' }))
      .records(declared({ staff: 120, industry: '1953' })));
  it('are some', () => given(enterprise, applied()).when(declare({})).refuses('facts-missing'));
  it('are not of tomorrow', () =>
    given(enterprise, applied())
      .when(declare({ staff: 1 }, '2020-02-11'))
      .refuses('fact-in-future'));
  it('name an industry of the standard', () =>
    given(enterprise, applied())
      .when(declare({ industry: '98' }))
      .refuses('industry-none'));
  it.each(['0', '1.000001'])('give a holder a share above nothing and up to the whole, not %s', (share) =>
    given(enterprise, applied())
      .when(declare({ holders: [{ holder: CODE, share }] }))
      .refuses('share-out-of-range'),
  );
  it('share out no more than the whole', () =>
    given(enterprise, applied())
      .when(
        declare({
          holders: [
            { holder: CODE, share: '0.6' },
            { holder: 'person:aa', share: '0.400001' },
          ],
        }),
      )
      .refuses('shares-exceed-whole', { sum: '1.000001' }));
  it('are checked by the office of the area', () => {
    const check: EnterpriseCommand = {
      type: 'CheckFacts',
      registration: 'R1',
      day,
      from,
      facts: { staff: 90 },
      by: nanan,
    };
    given(enterprise, ...held)
      .when(check)
      .refuses('not-allowed-in-area');
    given(enterprise, ...held)
      .when({ ...check, by: jinjiang })
      .records(checked('R1', { staff: 90 }));
  });
  it('are imported about the enterprise, whoever holds it', () =>
    given(enterprise)
      .when({ type: 'ImportFacts', day, from, facts: { staff: 90 }, origin: '2020 年名录' })
      .records({
        type: 'FactsRecorded',
        data: { from, facts: { staff: 90 }, source: { kind: 'imported', origin: '2020 年名录' } },
      }));
  it('are withdrawn by who declared them', () =>
    given(enterprise, applied(), declared({ staff: 1200 }))
      .when({ type: 'WithdrawFact', registration: 'R1', kind: 'staff', from: day })
      .records({
        type: 'FactWithdrawn',
        data: { registration: 'R1', kind: 'staff', from: day, source: 'self-declared' },
      }));
  it('are withdrawn once', () => {
    const withdrawn: EnterpriseEvent = {
      type: 'FactWithdrawn',
      data: { registration: 'R1', kind: 'staff', from: day, source: 'self-declared' },
    };
    given(enterprise, applied(), declared({ staff: 1200 }), withdrawn)
      .when({ type: 'WithdrawFact', registration: 'R1', kind: 'staff', from: day })
      .refuses('fact-not-recorded');
  });
  it('that were checked are not the firm’s to withdraw', () =>
    given(enterprise, ...held, checked('R1', { staff: 90 }))
      .when({ type: 'WithdrawFact', registration: 'R1', kind: 'staff', from })
      .refuses('fact-not-recorded'));
  it('that were checked are withdrawn by the office', () =>
    given(enterprise, ...held, checked('R1', { staff: 90 }))
      .when({ type: 'WithdrawCheckedFact', registration: 'R1', day, kind: 'staff', from, by: jinjiang })
      .records({
        type: 'FactWithdrawn',
        data: { registration: 'R1', kind: 'staff', from, source: 'checked', by: jinjiang },
      }));
  it('keep a name', () =>
    given(enterprise, applied())
      .when({ type: 'WithdrawFact', registration: 'R1', kind: 'name', from })
      .refuses('fact-needed'));
});

describe('a second person', () => {
  const secondPerson = (...acts: ('publish' | 'award')[]): EnterpriseCommand => ({
    type: 'RequireSecondPerson',
    registration: 'R1',
    acts,
  });
  it('is required for the acts that the firm names', () =>
    given(enterprise, ...held)
      .when(secondPerson('award', 'publish'))
      .records({ type: 'SecondPersonRequired', data: { registration: 'R1', acts: ['publish', 'award'] } }));
  it('stays as it is', () =>
    given(enterprise, ...held)
      .when(secondPerson())
      .records());
});
