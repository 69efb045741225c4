import { Decider, Party, Refused } from '@app/kernel';

// The match of one lead and one SME on a listing. Its trade stands in the listing's stream (and later in orders); this
// one owns what officers ask and find about it: the checks 核查, one at a time.

/** Words that may name people: they stand in the vault under `id`, and the salted hash proves which words they were. */
export type Commitment = { readonly id: string; readonly sha256: string };

/** A file by its content. Its name may name a person, and stands with the attachments. */
export type CheckFile = { readonly id: string; readonly sha256: string };

/** An officer who acts: the account, and the area of a county office; a city officer has none. */
export type Officer = { readonly account: string; readonly area?: string };

export type CheckCause =
  | { readonly kind: 'for-cause'; readonly text: Commitment }
  /** Drawn by a recorded seed from so many matches: whoever has the seed and the list draws the same. */
  | {
      readonly kind: 'drawn';
      readonly draw: string;
      readonly seed: string;
      readonly population: number;
      readonly populationHash: string;
    };

export const CHECK_RESULTS = ['clear', 'doubtful', 'untrue'] as const;
export type CheckResult = (typeof CHECK_RESULTS)[number];
export const CHECK_SIDES = ['lead', 'supplier'] as const;
export type CheckSide = (typeof CHECK_SIDES)[number];

export type MatchCommand =
  /** `listing`, `lead` and `supplier` are folded from the listing's stream by whoever asks. */
  | {
      type: 'OpenCheck';
      match: string;
      listing: string;
      lead: Party;
      supplier: Party;
      check: string;
      cause: CheckCause;
      by: Officer;
      at: string;
    }
  /** `answerBy`: the day on which the firms' time to answer ends. */
  | {
      type: 'AskStatements';
      check: string;
      sides: readonly CheckSide[];
      text?: Commitment;
      answerBy?: string;
      by: Officer;
      at: string;
    }
  | {
      type: 'GiveStatement';
      check: string;
      statement: string;
      by: Party;
      text: Commitment;
      attachments: readonly CheckFile[];
      at: string;
    }
  | {
      type: 'AttachFinding';
      check: string;
      finding: string;
      text: Commitment;
      attachments: readonly CheckFile[];
      by: Officer;
      at: string;
    }
  | { type: 'ConcludeCheck'; check: string; result: CheckResult; text: Commitment; by: Officer; at: string };

export type MatchEvent =
  | {
      type: 'CheckOpened';
      data: {
        match: string;
        listing: string;
        lead: Party;
        supplier: Party;
        check: string;
        cause: CheckCause;
        by: Officer;
        at: string;
      };
    }
  | {
      type: 'StatementsAsked';
      data: {
        check: string;
        sides: readonly CheckSide[];
        text?: Commitment;
        answerBy?: string;
        by: Officer;
        at: string;
      };
    }
  | {
      type: 'StatementGiven';
      data: {
        check: string;
        statement: string;
        side: CheckSide;
        by: Party;
        text: Commitment;
        attachments: readonly CheckFile[];
        at: string;
      };
    }
  | {
      type: 'FindingAttached';
      data: {
        check: string;
        finding: string;
        text: Commitment;
        attachments: readonly CheckFile[];
        by: Officer;
        at: string;
      };
    }
  | {
      type: 'CheckConcluded';
      data: { check: string; result: CheckResult; text: Commitment; by: Officer; at: string };
    };

type Check = {
  readonly state: 'open' | CheckResult;
  readonly asked: readonly CheckSide[];
  readonly entries: readonly string[];
};

export type Match =
  | {
      readonly match: string;
      readonly listing: string;
      readonly lead: Party;
      readonly supplier: Party;
      readonly checks: ReadonlyMap<string, Check>;
      /** The last conclusion: trade of a match found `untrue` counts in no claim, `doubtful` stops approval. */
      readonly result?: CheckResult;
    }
  | undefined;

export const match: Decider<Match, MatchCommand, MatchEvent> = {
  initial: undefined,

  decide(command, state) {
    if (command.type === 'OpenCheck') return openCheck(command, state);
    const check = state?.checks.get(command.check);
    if (!state || !check) throw new Refused('check-unknown');
    switch (command.type) {
      case 'AskStatements': {
        const { check: id, text, answerBy, by, at } = command;
        checkOpen(check);
        const sides = CHECK_SIDES.filter((side) => command.sides.includes(side) && !check.asked.includes(side));
        if (sides.length === 0) return [];
        return [{ type: 'StatementsAsked', data: { check: id, sides, text, answerBy, by, at } }];
      }
      case 'GiveStatement': {
        const { type: _, check: id, ...rest } = command;
        const side = sideOf(state, command.by);
        if (check.entries.includes(command.statement)) return [];
        checkOpen(check);
        if (!check.asked.includes(side)) throw new Refused('statement-not-asked');
        return [{ type: 'StatementGiven', data: { check: id, side, ...rest } }];
      }
      case 'AttachFinding': {
        const { type: _, ...data } = command;
        if (check.entries.includes(command.finding)) return [];
        checkOpen(check);
        return [{ type: 'FindingAttached', data }];
      }
      case 'ConcludeCheck': {
        const { type: _, ...data } = command;
        if (check.state === command.result) return [];
        checkOpen(check);
        // It takes back subsidies: nobody is found so without having been asked.
        if (command.result === 'untrue' && check.asked.length < CHECK_SIDES.length)
          throw new Refused('firms-not-heard');
        return [{ type: 'CheckConcluded', data }];
      }
    }
  },

  evolve(state, event) {
    if (event.type === 'CheckOpened') {
      const { match: id, listing, lead, supplier, check } = event.data;
      const checks = new Map(state?.checks).set(check, { state: 'open', asked: [], entries: [] });
      return { match: id, listing, lead, supplier, checks, result: state?.result };
    }
    const check = state?.checks.get(event.data.check);
    if (!state || !check) return state;
    const changed = (after: Partial<Check>) => new Map(state.checks).set(event.data.check, { ...check, ...after });
    switch (event.type) {
      case 'StatementsAsked':
        return { ...state, checks: changed({ asked: [...check.asked, ...event.data.sides] }) };
      case 'StatementGiven':
        return { ...state, checks: changed({ entries: [...check.entries, event.data.statement] }) };
      case 'FindingAttached':
        return { ...state, checks: changed({ entries: [...check.entries, event.data.finding] }) };
      case 'CheckConcluded':
        return { ...state, checks: changed({ state: event.data.result }), result: event.data.result };
    }
  },
};

function openCheck({ type: _, ...data }: Extract<MatchCommand, { type: 'OpenCheck' }>, state: Match): MatchEvent[] {
  if (state?.checks.has(data.check)) return [];
  const isOpen = [...(state?.checks.values() ?? [])].some((check) => check.state === 'open');
  if (isOpen) throw new Refused('check-open');
  return [{ type: 'CheckOpened', data }];
}

function checkOpen({ state }: Check): void {
  if (state !== 'open') throw new Refused('check-concluded');
}

function sideOf({ lead, supplier }: NonNullable<Match>, by: Party): CheckSide {
  if (lead.registration === by.registration) return 'lead';
  if (supplier.registration === by.registration) return 'supplier';
  throw new Refused('check-unknown');
}
