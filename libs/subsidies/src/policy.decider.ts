import { Decider, mentionsPerson, Refused } from '@app/kernel';
import { checkEvaluable } from './policy-evaluation.rules';
import { checkDraftTerms, checkWholeTerms, PolicyTerms, termsHash } from './policy-terms.rules';

// One stream is one scheme, and holds its versions. A version is drafted, proposed, approved by somebody who had no hand in it
// and published; from then on its terms never change. What may still be said about it is that it ends sooner, or that a later
// version takes its place.

/** The officer who acts: names in decisions stay as long as the decisions. */
export type PolicyOfficer = { readonly account: string; readonly name: string };

export const POLICY_STATES = ['draft', 'proposed', 'approved', 'published', 'discarded'] as const;
export type PolicyState = (typeof POLICY_STATES)[number];

type Act<T extends string, D = unknown> = { type: T; version: string; by: PolicyOfficer; at: string } & D;

/** `day` is today in Asia/Shanghai. */
export type PolicyCommand =
  /** `isShipped`: the platform ships a historical version of this name, which is read beside those drafted here. */
  | Act<'DraftPolicyVersion', { scheme: string; terms: PolicyTerms; isShipped: boolean }>
  | Act<'ChangePolicyVersion', { terms: PolicyTerms }>
  | Act<'DiscardPolicyVersion'>
  | Act<'ProposePolicyVersion'>
  | Act<'ReturnPolicyVersion', { reason: string }>
  /** `hash`: of the terms as the approver read them. */
  | Act<'ApprovePolicyVersion', { hash: string; reason: string }>
  /** `supersedes`: the version whose place it takes from its first day on. */
  | Act<'PublishPolicyVersion', { hash: string; document: string; supersedes?: string }>
  | Act<'EndPolicyVersion', { endsOn: string; document: string; reason: string; day: string }>;

type Said<T extends string, D = unknown> = {
  type: T;
  data: { version: string; by: PolicyOfficer; at: string } & D;
};

export type PolicyEvent =
  | Said<'PolicyVersionDrafted', { scheme: string; terms: PolicyTerms }>
  | Said<'PolicyVersionChanged', { terms: PolicyTerms }>
  | Said<'PolicyVersionDiscarded'>
  | Said<'PolicyVersionProposed', { hash: string }>
  | Said<'PolicyVersionReturned', { reason: string }>
  | Said<'PolicyVersionApproved', { hash: string; reason: string }>
  | Said<'PolicyVersionPublished', { hash: string; document: string; supersedes?: string }>
  | Said<'PolicyVersionSuperseded', { supersededBy: string; from: string }>
  | Said<'PolicyVersionEnded', { endsOn: string; document: string; reason: string }>;

export type PolicyVersion = {
  readonly version: string;
  readonly state: PolicyState;
  readonly terms: PolicyTerms;
  readonly hash: string;
  /** Accounts of everybody who wrote or proposed these terms: none of them approves. */
  readonly authors: readonly string[];
  readonly approvedBy?: string;
  /** The last day for filing, where it was set sooner than the terms say. */
  readonly endedOn?: string;
  readonly supersededBy?: string;
};

export type Policy = { readonly scheme: string; readonly versions: ReadonlyMap<string, PolicyVersion> };

/** The last day on which a claim may be filed under a version. */
export const lastDayOf = ({ terms, endedOn }: Pick<PolicyVersion, 'terms' | 'endedOn'>): string =>
  endedOn ?? terms.endsOn;

export const policy: Decider<Policy, PolicyCommand, PolicyEvent> = {
  initial: { scheme: '', versions: new Map() },

  decide(command, state) {
    const { version, by, at } = command;
    const said = { version, by, at };
    if ('reason' in command && mentionsPerson(command.reason)) throw new Refused('text-names-person', {}, 'reason');
    if ('document' in command && mentionsPerson(command.document)) {
      throw new Refused('text-names-person', {}, 'document');
    }
    if (command.type === 'DraftPolicyVersion') {
      const { scheme, terms, isShipped } = command;
      const before = state.versions.get(version);
      if (isShipped || (before && before.state !== 'discarded')) throw new Refused('policy-version-exists');
      checkName(scheme, 60, 'scheme');
      checkName(version, 30, 'version');
      checkDraftTerms(terms);
      return [{ type: 'PolicyVersionDrafted', data: { ...said, scheme, terms } }];
    }
    const found = state.versions.get(version);
    if (!found || found.state === 'discarded') throw new Refused('policy-version-unknown');

    switch (command.type) {
      case 'ChangePolicyVersion':
        checkState(found, 'draft');
        checkDraftTerms(command.terms);
        if (termsHash(command.terms) === found.hash) return [];
        return [{ type: 'PolicyVersionChanged', data: { ...said, terms: command.terms } }];
      case 'DiscardPolicyVersion':
        if (found.state === 'published') throw new Refused('policy-version-published');
        return [{ type: 'PolicyVersionDiscarded', data: said }];
      case 'ProposePolicyVersion':
        checkState(found, 'draft');
        checkWholeTerms(found.terms);
        checkEvaluable(state.scheme, version, found.terms);
        return [{ type: 'PolicyVersionProposed', data: { ...said, hash: found.hash } }];
      case 'ReturnPolicyVersion':
        if (found.state !== 'approved') checkState(found, 'proposed');
        return [{ type: 'PolicyVersionReturned', data: { ...said, reason: command.reason } }];
      case 'ApprovePolicyVersion':
        checkState(found, 'proposed');
        if (found.authors.includes(by.account)) throw new Refused('same-person');
        checkSeen(found, command.hash);
        return [{ type: 'PolicyVersionApproved', data: { ...said, hash: found.hash, reason: command.reason } }];
      case 'PublishPolicyVersion':
        return publish(command, found, state);
      case 'EndPolicyVersion': {
        const { endsOn, document, reason, day } = command;
        if (found.state !== 'published') throw new Refused('policy-version-not-published');
        if (endsOn > lastDayOf(found))
          throw new Refused('policy-end-only-sooner', { endsOn: lastDayOf(found) }, 'endsOn');
        // Who filed in time has filed in time.
        if (endsOn < day) throw new Refused('policy-end-passed', { day }, 'endsOn');
        if (endsOn === lastDayOf(found)) return [];
        return [{ type: 'PolicyVersionEnded', data: { ...said, endsOn, document, reason } }];
      }
    }
  },

  evolve(state, event) {
    const { version, by } = event.data;
    const found = state.versions.get(version);
    const changed = (after: PolicyVersion): Policy => ({
      ...state,
      versions: new Map(state.versions).set(version, after),
    });
    if (event.type === 'PolicyVersionDrafted') {
      const { scheme, terms } = event.data;
      const drafted = { version, state: 'draft' as const, terms, hash: termsHash(terms), authors: [by.account] };
      return { ...changed(drafted), scheme };
    }
    if (!found) return state;
    const authors = [...new Set([...found.authors, by.account])];
    switch (event.type) {
      case 'PolicyVersionChanged': {
        const { terms } = event.data;
        return changed({ ...found, terms, hash: termsHash(terms), authors });
      }
      case 'PolicyVersionDiscarded':
        return changed({ ...found, state: 'discarded' });
      case 'PolicyVersionProposed':
        return changed({ ...found, state: 'proposed', authors });
      case 'PolicyVersionReturned':
        return changed({ ...found, state: 'draft', approvedBy: undefined });
      case 'PolicyVersionApproved':
        return changed({ ...found, state: 'approved', approvedBy: by.account });
      case 'PolicyVersionPublished':
        return changed({ ...found, state: 'published' });
      case 'PolicyVersionSuperseded':
        return changed({ ...found, supersededBy: event.data.supersededBy });
      case 'PolicyVersionEnded':
        return changed({ ...found, endedOn: event.data.endsOn });
    }
  },
};

type Publishing = Extract<PolicyCommand, { type: 'PublishPolicyVersion' }>;

function publish(
  { version, by, at, hash, document, supersedes }: Publishing,
  found: PolicyVersion,
  state: Policy,
): PolicyEvent[] {
  if (found.state === 'published') throw new Refused('policy-version-published');
  if (found.state !== 'approved') throw new Refused('policy-version-not-approved');
  checkSeen(found, hash);
  const published: PolicyEvent = {
    type: 'PolicyVersionPublished',
    data: { version, by, at, hash: found.hash, document, ...(supersedes !== undefined && { supersedes }) },
  };
  if (supersedes === undefined) return [published];
  const old = state.versions.get(supersedes);
  if (old?.state !== 'published') throw new Refused('superseded-version-unknown', {}, 'supersedes');
  if (old.supersededBy !== undefined) throw new Refused('version-superseded-already', {}, 'supersedes');
  const from = found.terms.effectiveFrom;
  return [
    published,
    { type: 'PolicyVersionSuperseded', data: { version: supersedes, by, at, supersededBy: version, from } },
  ];
}

function checkState({ state }: PolicyVersion, wanted: 'draft' | 'proposed'): void {
  if (state === wanted) return;
  if (state === 'published') throw new Refused('policy-version-published');
  throw new Refused(wanted === 'draft' ? 'policy-version-not-draft' : 'policy-version-not-proposed');
}

/** Names stand in addresses and in the names of streams. */
function checkName(name: string, most: number, field: string): void {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || name.length > most) throw new Refused('name-not-kebab', {}, field);
}

/** Whoever decides says which terms he read. */
function checkSeen({ hash }: PolicyVersion, seen: string): void {
  if (seen !== hash) throw new Refused('policy-version-changed', {}, 'hash');
}
