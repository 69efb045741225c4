import { Decider, isUscc, mentionsPerson, Refused } from '@app/kernel';

// One stream is one published version of a list of lead firms. Being a lead firm is a dated membership of such a
// version, never a flag: `lead-membership.rules.ts` answers "was it one on day D" and "was that known on day K".

export type ListedFirm = { readonly enterprise: string; readonly name: string };

export type LeadListHead = {
  readonly title: string;
  /** 文号 of the notice. */
  readonly document: string;
  /** The period of validity, both days included. */
  readonly from: string;
  readonly to: string;
};

/** `day` is today in Asia/Shanghai. `announcedOn` is the day on which the public could know. */
export type LeadListCommand =
  | { type: 'DraftLeadList'; list: string; head: LeadListHead; firms: readonly ListedFirm[] }
  | { type: 'ChangeLeadList'; head: LeadListHead; firms: readonly ListedFirm[] }
  | { type: 'DiscardLeadList' }
  | { type: 'PublishLeadList'; publishedOn: string; day: string; by: string }
  | { type: 'RecordExit'; enterprise: string; on: string; announcedOn: string; reason: string; day: string; by: string }
  | {
      type: 'CorrectLeadList';
      added: readonly ListedFirm[];
      removed: readonly string[];
      announcedOn: string;
      reason: string;
      day: string;
      by: string;
    };

export type LeadListEvent =
  | { type: 'LeadListDrafted'; data: { list: string; head: LeadListHead; firms: readonly ListedFirm[] } }
  | { type: 'LeadListChanged'; data: { head: LeadListHead; firms: readonly ListedFirm[] } }
  | { type: 'LeadListDiscarded'; data: Record<string, never> }
  | { type: 'LeadListPublished'; data: { list: string; publishedOn: string; by: string } }
  | {
      type: 'LeadFirmExited';
      /** `on` is the first day on which the firm is no longer on the list. */
      data: { enterprise: string; on: string; announcedOn: string; reason: string; by: string };
    }
  | {
      type: 'LeadListCorrected';
      /** A correction holds from the list's first day: what was left out belonged on it, what is removed never did. */
      data: {
        added: readonly ListedFirm[];
        removed: readonly string[];
        announcedOn: string;
        reason: string;
        by: string;
      };
    };

export type Announcement =
  | { readonly kind: 'listed'; readonly announcedOn: string; readonly name: string }
  | { readonly kind: 'exited'; readonly announcedOn: string; readonly on: string }
  | { readonly kind: 'removed'; readonly announcedOn: string };

export type LeadList = {
  readonly state: 'none' | 'draft' | 'published' | 'discarded';
  readonly list: string;
  readonly head: LeadListHead;
  readonly publishedOn: string;
  /** What was announced about each firm, in order of recording. */
  readonly firms: ReadonlyMap<string, readonly Announcement[]>;
};

export const LARGEST_LEAD_LIST = 2_000;
const NO_HEAD: LeadListHead = { title: '', document: '', from: '', to: '' };

export const leadList: Decider<LeadList, LeadListCommand, LeadListEvent> = {
  initial: { state: 'none', list: '', head: NO_HEAD, publishedOn: '', firms: new Map() },

  decide(command, state) {
    if (command.type === 'DraftLeadList') {
      const { list, head, firms } = command;
      if (state.state !== 'none') throw new Refused('lead-list-exists');
      checkDraft(head, firms);
      return [{ type: 'LeadListDrafted', data: { list, head, firms } }];
    }
    if (state.state === 'none' || state.state === 'discarded') throw new Refused('lead-list-unknown');

    if ('reason' in command && mentionsPerson(command.reason)) throw new Refused('text-names-person', {}, 'reason');
    switch (command.type) {
      case 'ChangeLeadList': {
        if (state.state === 'published') throw new Refused('lead-list-published');
        const { head, firms } = command;
        checkDraft(head, firms);
        return [{ type: 'LeadListChanged', data: { head, firms } }];
      }
      case 'DiscardLeadList': {
        if (state.state === 'published') throw new Refused('lead-list-published');
        return [{ type: 'LeadListDiscarded', data: {} }];
      }
      case 'PublishLeadList': {
        const { publishedOn, day, by } = command;
        if (state.state === 'published') throw new Refused('lead-list-published');
        if (state.firms.size === 0) throw new Refused('lead-list-empty');
        checkAnnounced(publishedOn, day, 'publishedOn');
        return [{ type: 'LeadListPublished', data: { list: state.list, publishedOn, by } }];
      }
      case 'RecordExit': {
        const { enterprise, on, announcedOn, reason, by } = command;
        checkPublished(state);
        checkMember(state, enterprise, 'enterprise');
        if (on < state.head.from || on > state.head.to) throw new Refused('day-outside-period', {}, 'on');
        checkAnnounced(announcedOn, command.day, 'announcedOn', state.publishedOn);
        return [{ type: 'LeadFirmExited', data: { enterprise, on, announcedOn, reason, by } }];
      }
      case 'CorrectLeadList': {
        const { added, removed, announcedOn, reason, by } = command;
        checkPublished(state);
        if (added.length + removed.length === 0) throw new Refused('correction-empty');
        checkFirms(added);
        for (const enterprise of removed) checkMember(state, enterprise, 'removed');
        for (const { enterprise } of added) {
          if (isMember(state, enterprise)) throw new Refused('firm-listed-twice', { enterprise }, 'added');
        }
        checkAnnounced(announcedOn, command.day, 'announcedOn', state.publishedOn);
        return [{ type: 'LeadListCorrected', data: { added, removed, announcedOn, reason, by } }];
      }
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'LeadListDrafted':
        return { ...state, ...drafted(event.data), list: event.data.list };
      case 'LeadListChanged':
        return { ...state, ...drafted(event.data) };
      case 'LeadListDiscarded':
        return { ...state, state: 'discarded' };
      case 'LeadListPublished': {
        const { publishedOn } = event.data;
        const firms = new Map(
          [...state.firms].map(([code, said]) => [code, said.map((one) => ({ ...one, announcedOn: publishedOn }))]),
        );
        return { ...state, state: 'published', publishedOn, firms };
      }
      case 'LeadFirmExited': {
        const { enterprise, on, announcedOn } = event.data;
        return { ...state, firms: announced(state.firms, enterprise, { kind: 'exited', on, announcedOn }) };
      }
      case 'LeadListCorrected': {
        const { added, removed, announcedOn } = event.data;
        let { firms } = state;
        for (const code of removed) firms = announced(firms, code, { kind: 'removed', announcedOn });
        for (const { enterprise, name } of added) {
          firms = announced(firms, enterprise, { kind: 'listed', name, announcedOn });
        }
        return { ...state, firms };
      }
    }
  },
};

/** As things stand in the log: listed, and neither removed nor out again. */
const isMember = (state: LeadList, enterprise: string) => state.firms.get(enterprise)?.at(-1)?.kind === 'listed';

function checkDraft({ from, to }: LeadListHead, firms: readonly ListedFirm[]): void {
  if (from > to) throw new Refused('period-backwards', {}, 'to');
  checkFirms(firms);
}

function checkFirms(firms: readonly ListedFirm[]): void {
  if (firms.length > LARGEST_LEAD_LIST) throw new Refused('lead-list-too-long', { most: String(LARGEST_LEAD_LIST) });
  const seen = new Set<string>();
  for (const [index, { enterprise }] of firms.entries()) {
    const field = `firms/${index}/enterprise`;
    if (!isUscc(enterprise)) throw new Refused('field-uscc', {}, field);
    if (seen.has(enterprise)) throw new Refused('firm-listed-twice', { enterprise }, field);
    seen.add(enterprise);
  }
}

function checkPublished(state: LeadList): void {
  if (state.state !== 'published') throw new Refused('lead-list-not-published');
}

function checkMember(state: LeadList, enterprise: string, field: string): void {
  if (!isMember(state, enterprise)) throw new Refused('firm-not-listed', { enterprise }, field);
}

function checkAnnounced(announced: string, day: string, field: string, earliest = ''): void {
  if (announced > day) throw new Refused('announced-in-future', { day }, field);
  if (announced < earliest) throw new Refused('announced-before-list', { publishedOn: earliest }, field);
}

const drafted = ({ head, firms }: { head: LeadListHead; firms: readonly ListedFirm[] }) => ({
  state: 'draft' as const,
  head,
  firms: new Map<string, readonly Announcement[]>(
    firms.map(({ enterprise, name }) => [enterprise, [{ kind: 'listed', name, announcedOn: '' }]]),
  ),
});

const announced = (firms: LeadList['firms'], enterprise: string, said: Announcement): LeadList['firms'] =>
  new Map(firms).set(enterprise, [...(firms.get(enterprise) ?? []), said]);
