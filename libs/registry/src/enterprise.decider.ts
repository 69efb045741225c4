import { Decider, Exact, mentionsPerson, Refused } from '@app/kernel';
import { CITY_BUREAU, isArea } from './areas.rules';
import {
  Commitment,
  Enterprise,
  EnterpriseEvent,
  Evidence,
  evolve,
  Gap,
  isMeant,
  NOBODY,
  officeOf,
  Registration,
  REQUIRED_EVIDENCE,
  SECOND_PERSON_ACTS,
  SecondPersonAct,
  Withdrawal,
} from './enterprise-state.rules';
import { FactKind, FirmFacts, factsAsOf, inForce, Officer, Source } from './enterprise.rules';
import { isIndustry } from './industries.rules';

/** `day` is today in Asia/Shanghai: no fact is dated after it. */
export type EnterpriseCommand =
  | {
      type: 'ApplyForRegistration';
      enterprise: string;
      registration: string;
      day: string;
      from: string;
      facts: FirmFacts & Required<Pick<FirmFacts, 'name' | 'registeredAddress'>>;
    }
  | { type: 'AttachEvidence'; registration: string; evidence: readonly Evidence[] }
  | { type: 'CompleteRegistration'; registration: string }
  | { type: 'DeclareFacts'; registration: string; day: string; from: string; facts: FirmFacts }
  | { type: 'WithdrawFact'; registration: string; kind: FactKind; from: string }
  | { type: 'RequireSecondPerson'; registration: string; acts: readonly SecondPersonAct[] }
  | { type: 'ContestHolder'; registration: string; statement: Commitment }
  | { type: 'ReturnRegistration'; registration: string; day: string; gaps: readonly Gap[]; by: Officer }
  | {
      type: 'ConfirmRegistration';
      registration: string;
      day: string;
      /** What the officer saw: a name or a file changed meanwhile is not confirmed unseen. */
      name: string;
      evidence: readonly string[];
      by: Officer;
    }
  | { type: 'RefuseRegistration'; registration: string; day: string; reason: string; by: Officer }
  | { type: 'SuspendRegistration'; registration: string; day: string; reason: string; by: Officer }
  | { type: 'ReinstateRegistration'; registration: string; day: string; reason: string; by: Officer }
  | {
      type: 'DecideContest';
      registration: string;
      /** The registration that the officer saw as holder. */
      holder: string;
      decision: 'keep' | 'replace';
      name: string;
      evidence: readonly string[];
      reason: string;
      day: string;
      by: Officer;
    }
  | { type: 'CheckFacts'; registration: string; day: string; from: string; facts: FirmFacts; by: Officer }
  | { type: 'WithdrawCheckedFact'; registration: string; day: string; kind: FactKind; from: string; by: Officer }
  | { type: 'ImportFacts'; day: string; from: string; facts: FirmFacts; origin: string };

export const enterprise: Decider<Enterprise, EnterpriseCommand, EnterpriseEvent> = { initial: NOBODY, decide, evolve };

function decide(command: EnterpriseCommand, state: Enterprise): EnterpriseEvent[] {
  if (command.type === 'ImportFacts') {
    const { from, facts, origin } = command;
    checkFacts(command);
    return [{ type: 'FactsRecorded', data: { from, facts, source: { kind: 'imported', origin } } }];
  }
  const { registration } = command;
  const known = state.registrations.get(registration);
  if (command.type === 'ApplyForRegistration') {
    const { enterprise, from, facts } = command;
    if (known) throw new Refused('registration-exists');
    checkFacts(command);
    return [{ type: 'RegistrationApplied', data: { registration, enterprise, from, facts } }];
  }
  if (!known) throw new Refused('registration-unknown');
  return 'by' in command ? decideAsOffice(command, state, known) : decideAsFirm(command, state, known);
}

type OfficeCommand = Extract<EnterpriseCommand, { by: Officer }>;
type FirmCommand = Exclude<EnterpriseCommand, OfficeCommand | { type: 'ImportFacts' | 'ApplyForRegistration' }>;

function decideAsFirm(command: FirmCommand, state: Enterprise, known: Registration): EnterpriseEvent[] {
  const { registration } = command;
  if (known.state === 'refused' || known.state === 'replaced') throw new Refused('registration-over');
  switch (command.type) {
    case 'AttachEvidence': {
      const attached = new Set(known.evidence.map(({ id, kind }) => `${kind} ${id}`));
      const evidence = command.evidence.filter(({ id, kind }) => !attached.has(`${kind} ${id}`));
      return evidence.length === 0 ? [] : [{ type: 'EvidenceAttached', data: { registration, evidence } }];
    }
    case 'CompleteRegistration': {
      if (known.state !== 'returned') throw new Refused('registration-not-returned');
      checkEvidence(
        known,
        known.evidence.map(({ id }) => id),
      );
      return [{ type: 'RegistrationCompleted', data: { registration } }];
    }
    case 'DeclareFacts': {
      const { from, facts } = command;
      checkFacts(command);
      return [{ type: 'FactsRecorded', data: { registration, from, facts, source: { kind: 'self-declared' } } }];
    }
    case 'WithdrawFact': {
      const { kind, from } = command;
      return withdraw(known, { registration, kind, from, source: 'self-declared' });
    }
    case 'RequireSecondPerson': {
      const acts = SECOND_PERSON_ACTS.filter((act) => command.acts.includes(act));
      return acts.join() === known.secondPersonFor.join()
        ? []
        : [{ type: 'SecondPersonRequired', data: { registration, acts } }];
    }
    case 'ContestHolder': {
      const { holder } = state;
      if (holder === undefined) throw new Refused('code-not-held');
      if (holder === registration) throw new Refused('own-code');
      if (state.contests.has(registration)) throw new Refused('contest-open');
      return [{ type: 'HolderContested', data: { registration, holder, statement: command.statement } }];
    }
  }
}

function decideAsOffice(command: OfficeCommand, state: Enterprise, known: Registration): EnterpriseEvent[] {
  const { registration, by, day } = command;
  if ('reason' in command) checkText(command.reason, 'reason');
  const office = officeOf(known, day);
  const isOversight =
    command.type === 'SuspendRegistration' ||
    command.type === 'ReinstateRegistration' ||
    command.type === 'DecideContest';
  // Confirming is the area's own; the bureau supervises, so it may also suspend, reinstate and settle a contest.
  if (by.office !== office && !(isOversight && by.office === CITY_BUREAU)) throw new Refused('not-allowed-in-area');
  const isOpen = known.state === 'applied' || known.state === 'returned';

  switch (command.type) {
    case 'ReturnRegistration': {
      if (known.state !== 'applied') throw new Refused('registration-not-applied');
      if (command.gaps.length === 0) throw new Refused('gaps-missing', {}, 'gaps');
      for (const [index, { note }] of command.gaps.entries()) checkText(note, `gaps/${index}/note`);
      return [{ type: 'RegistrationReturned', data: { registration, gaps: command.gaps, by } }];
    }
    case 'ConfirmRegistration': {
      if (state.holder !== undefined && state.holder !== registration) throw new Refused('code-held');
      if (known.state !== 'applied') throw new Refused('registration-not-applied');
      checkSeen(command, known);
      const { evidence } = command;
      return [
        { type: 'RegistrationConfirmed', data: { registration, evidence, by } },
        ...seenOnLicence(command, known),
      ];
    }
    case 'RefuseRegistration': {
      if (!isOpen) throw new Refused('registration-not-applied');
      if (state.contests.has(registration)) throw new Refused('contest-open');
      return [{ type: 'RegistrationRefused', data: { registration, reason: command.reason, by } }];
    }
    case 'SuspendRegistration': {
      if (known.state !== 'confirmed') throw new Refused('registration-not-confirmed');
      return [{ type: 'RegistrationSuspended', data: { registration, reason: command.reason, by } }];
    }
    case 'ReinstateRegistration': {
      if (known.state !== 'suspended') throw new Refused('registration-not-suspended');
      return [{ type: 'RegistrationReinstated', data: { registration, reason: command.reason, by } }];
    }
    case 'DecideContest': {
      const { holder, decision, evidence, reason } = command;
      if (!state.contests.has(registration)) throw new Refused('contest-none');
      if (state.holder !== holder) throw new Refused('holder-changed');
      if (decision === 'keep') return [{ type: 'HolderKept', data: { registration, holder, reason, by } }];
      checkSeen(command, known);
      return [
        { type: 'HolderReplaced', data: { registration, replaced: holder, evidence, reason, by } },
        ...seenOnLicence(command, known),
      ];
    }
    case 'CheckFacts': {
      const { from, facts } = command;
      checkFacts(command);
      return [{ type: 'FactsRecorded', data: { registration, from, facts, source: { kind: 'checked', by } } }];
    }
    case 'WithdrawCheckedFact': {
      const { kind, from } = command;
      return withdraw(known, { registration, kind, from, source: 'checked', by });
    }
  }
}

function checkFacts({ day, from, facts }: { day: string; from: string; facts: FirmFacts }): void {
  if (Object.values(facts).every((fact) => fact === undefined)) throw new Refused('facts-missing');
  if (from > day) throw new Refused('fact-in-future', { day }, 'from');
  for (const place of ['registeredAddress', 'plantAddress'] as const) {
    const { area, text } = facts[place] ?? {};
    checkText(text ?? '', `${place}/text`);
    if (area !== undefined && !isArea(area)) throw new Refused('area-none', { area }, `${place}/area`);
  }
  const { name = '', industry, holders = [] } = facts;
  checkText(name, 'name');
  if (industry !== undefined && !isIndustry(industry)) throw new Refused('industry-none', { industry }, 'industry');
  for (const [index, { share }] of holders.entries()) {
    const part = new Exact(share);
    if (!part.gt(0) || part.gt(1)) throw new Refused('share-out-of-range', { share }, `holders/${index}/share`);
  }
  const whole = holders.reduce((total, { share }) => total.plus(share), new Exact(0));
  if (whole.gt(1)) throw new Refused('shares-exceed-whole', { sum: whole.toFixed() }, 'holders');
}

/** What stands in an event for ever names no person by a number. */
function checkText(text: string, field: string): void {
  if (mentionsPerson(text)) throw new Refused('text-names-person', {}, field);
}

/** Both kinds of evidence must be among the files that the officer names, and every named file must be attached. */
function checkEvidence(known: Registration, ids: readonly string[]): void {
  const named = known.evidence.filter(({ id }) => ids.includes(id));
  if (ids.some((id) => !named.some((evidence) => evidence.id === id)))
    throw new Refused('evidence-not-attached', {}, 'evidence');
  const missing = REQUIRED_EVIDENCE.filter((kind) => !named.some((evidence) => evidence.kind === kind));
  if (missing.length > 0) throw new Refused('evidence-missing', {}, 'evidence');
}

type Confirming = Extract<EnterpriseCommand, { type: 'ConfirmRegistration' | 'DecideContest' }>;

function checkSeen({ day, name, evidence }: Confirming, known: Registration): void {
  checkEvidence(known, evidence);
  if (factsAsOf(known.statements, day).name !== name) throw new Refused('application-changed', {}, 'name');
}

/**
 * Name and registered address count as checked by whoever saw the licence, from the day that the firm gave for them.
 */
function seenOnLicence({ registration, day, by }: Confirming, { statements }: Registration): EnterpriseEvent[] {
  const name = inForce(statements, 'name', day)!;
  const address = inForce(statements, 'registeredAddress', day)!;
  const seen =
    name.from === address.from
      ? [{ from: name.from, facts: { name: name.facts.name, registeredAddress: address.facts.registeredAddress } }]
      : [
          { from: name.from, facts: { name: name.facts.name } },
          { from: address.from, facts: { registeredAddress: address.facts.registeredAddress } },
        ];
  const source: Source = { kind: 'checked', by };
  return seen.map(({ from, facts }) => ({
    type: 'FactsRecorded',
    data: { registration, from, facts: facts, source },
  }));
}

function withdraw(known: Registration, data: Withdrawal): EnterpriseEvent[] {
  const rest = known.statements.filter((statement) => statement.facts[data.kind] !== undefined);
  if (!rest.some((statement) => isMeant(statement, data))) throw new Refused('fact-not-recorded');
  // The licence facts of a registration are what its office and its name on every page are found by.
  const isLast = rest.every((statement) => isMeant(statement, data));
  if (isLast && (data.kind === 'name' || data.kind === 'registeredAddress')) throw new Refused('fact-needed');
  return [{ type: 'FactWithdrawn', data }];
}
