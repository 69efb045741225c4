import { canonicalHash, Decider, Exact, mentionsPerson, Refused, shanghaiDay } from '@app/kernel';
import { ELSEWHERE, EnteredCorrection, Figure, figuresHash, OfficerName, Statement } from './day-figures.rules';

// One day report 日报: opened with a cut-off, signed by its preparer 填报人, then by a reviewer 审核人 who is somebody else.
// What is signed stands in the event, so that it reads the same for ever.

export const DAY_REPORT_STATES = ['draft', 'prepared', 'frozen'] as const;
export type DayReportState = (typeof DAY_REPORT_STATES)[number];

export type Signature = { readonly by: OfficerName; readonly at: string };
export type Return = Signature & { readonly reason: string };

export type DayReportEvent =
  | { type: 'DayReportOpened'; data: { day: string; cutOff: string; previous?: string } & Signature }
  | { type: 'DayReportCutOffMoved'; data: { before: string; cutOff: string } & Signature }
  | { type: 'DayReportCorrectionEntered'; data: EnteredCorrection & { at: string } }
  | { type: 'DayReportCorrectionDropped'; data: { correction: string } & Signature }
  | { type: 'DayReportPrepared'; data: { statement: Statement; sha256: string } & Signature }
  | { type: 'DayReportReturned'; data: Return }
  | { type: 'DayReportFrozen'; data: { sha256: string } & Signature };

/** Of the report before this one, folded from its own stream. */
export type Predecessor = { readonly day: string; readonly state: DayReportState };

export type DayReportCommand =
  | ({ type: 'OpenDayReport'; day: string; cutOff: string; previous?: string } & Signature)
  | ({ type: 'MoveCutOff'; cutOff: string } & Signature)
  | ({
      type: 'EnterCorrection';
      correction: string;
      of: string;
      /** Of the report that is corrected. */
      ofState: DayReportState | 'none';
      office: string;
      offices: readonly string[];
      figure: Figure;
      change: string;
      reason: string;
    } & Signature)
  | ({ type: 'DropCorrection'; correction: string } & Signature)
  | ({
      type: 'PrepareDayReport';
      statement: Statement;
      /** Hash of the table that the officer saw. */
      seen: string;
      predecessor?: Predecessor;
    } & Signature)
  | ({ type: 'ReturnDayReport'; reason: string } & Signature)
  | ({ type: 'ReviewDayReport'; sha256: string } & Signature);

export type OpenReport = {
  readonly day: string;
  readonly state: DayReportState;
  readonly cutOff: string;
  readonly previous?: string;
  readonly opened: Signature;
  readonly entered: readonly EnteredCorrection[];
  readonly returns: readonly Return[];
  readonly statement?: Statement;
  readonly sha256?: string;
  readonly prepared?: Signature;
  readonly reviewed?: Signature;
};
export type DayReport = OpenReport | undefined;

export const dayReport: Decider<DayReport, DayReportCommand, DayReportEvent> = { initial: undefined, decide, evolve };

function decide(command: DayReportCommand, state: DayReport): DayReportEvent[] {
  if (command.type === 'OpenDayReport') return open(command, state);
  if (!state) throw new Refused('day-report-unknown');
  if (state.state === 'frozen') throw new Refused('day-report-frozen');
  const { by, at } = command;
  switch (command.type) {
    case 'MoveCutOff': {
      checkDraft(state);
      checkCutOff(state.day, command.cutOff);
      if (state.cutOff === command.cutOff) return [];
      return [{ type: 'DayReportCutOffMoved', data: { before: state.cutOff, cutOff: command.cutOff, by, at } }];
    }
    case 'EnterCorrection':
      return enter(command, state);
    case 'DropCorrection': {
      checkDraft(state);
      const { correction } = command;
      if (!state.entered.some((one) => one.correction === correction)) throw new Refused('correction-unknown');
      return [{ type: 'DayReportCorrectionDropped', data: { correction, by, at } }];
    }
    case 'PrepareDayReport':
      return prepare(command, state);
    case 'ReturnDayReport': {
      if (state.state !== 'prepared') throw new Refused('day-report-not-prepared');
      checkReason(command.reason);
      return [{ type: 'DayReportReturned', data: { reason: command.reason, by, at } }];
    }
    case 'ReviewDayReport': {
      if (state.state !== 'prepared') throw new Refused('day-report-not-prepared');
      if (state.prepared?.by.account === by.account) throw new Refused('reviewer-is-preparer');
      const { sha256 } = command;
      if (state.sha256 !== sha256) throw new Refused('day-report-changed', {}, 'sha256');
      return [{ type: 'DayReportFrozen', data: { sha256, by, at } }];
    }
  }
}

type Command<T extends DayReportCommand['type']> = Extract<DayReportCommand, { type: T }>;

function open({ day, cutOff, previous, by, at }: Command<'OpenDayReport'>, state: DayReport): DayReportEvent[] {
  if (state) return [];
  checkCutOff(day, cutOff);
  return [{ type: 'DayReportOpened', data: { day, cutOff, ...(previous !== undefined && { previous }), by, at } }];
}

function enter(command: Command<'EnterCorrection'>, state: OpenReport): DayReportEvent[] {
  checkDraft(state);
  const { correction, of, ofState, office, offices, figure, change, reason, by, at } = command;
  if (state.entered.some((one) => one.correction === correction)) return [];
  if (of >= state.day || ofState !== 'frozen') throw new Refused('corrected-report-not-frozen', {}, 'of');
  if (office !== ELSEWHERE && !offices.includes(office)) throw new Refused('office-none', {}, 'office');
  if (!/^-?(0|[1-9]\d{0,13})(\.\d{1,2})?$/.test(change)) throw new Refused('change-malformed', {}, 'change');
  const amount = new Exact(change);
  if (amount.isZero()) throw new Refused('correction-zero', {}, 'change');
  if (figure !== 'awarded' && !amount.isInteger()) throw new Refused('correction-not-whole', {}, 'change');
  checkReason(reason);
  const data = { correction, of, office, figure, change, reason, by, at };
  return [{ type: 'DayReportCorrectionEntered', data }];
}

function prepare({ statement, seen, predecessor, by, at }: Command<'PrepareDayReport'>, state: OpenReport) {
  checkDraft(state);
  if (predecessor && predecessor.state !== 'frozen') {
    throw new Refused('previous-day-report-open', { day: predecessor.day });
  }
  if (statement.knownAt <= state.cutOff) throw new Refused('cut-off-ahead');
  const entered = statement.entered.map(({ correction }) => correction).join();
  const isOfThis =
    statement.day === state.day &&
    statement.cutOff === state.cutOff &&
    statement.previous === state.previous &&
    entered === state.entered.map(({ correction }) => correction).join();
  if (!isOfThis || figuresHash(statement) !== seen) throw new Refused('day-report-changed', {}, 'seen');
  const prepared: DayReportEvent = {
    type: 'DayReportPrepared',
    data: { statement, sha256: canonicalHash(statement), by, at },
  };
  return [prepared];
}

function checkDraft({ state }: OpenReport): void {
  if (state !== 'draft') throw new Refused('day-report-not-draft');
}

/** A cut-off is a minute of the report's own day, so that periods follow each other as days do. */
function checkCutOff(day: string, cutOff: string): void {
  if (shanghaiDay(cutOff) !== day || !cutOff.endsWith(':00.000Z'))
    throw new Refused('cut-off-not-of-day', { day }, 'cutOff');
}

function checkReason(reason: string): void {
  if (mentionsPerson(reason)) throw new Refused('text-names-person', {}, 'reason');
}

function evolve(state: DayReport, event: DayReportEvent): DayReport {
  if (event.type === 'DayReportOpened') {
    const { day, cutOff, previous, by, at } = event.data;
    const opened = { by, at };
    return {
      day,
      state: 'draft',
      cutOff,
      ...(previous !== undefined && { previous }),
      opened,
      entered: [],
      returns: [],
    };
  }
  if (!state) return state;
  switch (event.type) {
    case 'DayReportCutOffMoved':
      return { ...state, cutOff: event.data.cutOff };
    case 'DayReportCorrectionEntered': {
      const { at: _, ...entered } = event.data;
      return { ...state, entered: [...state.entered, entered] };
    }
    case 'DayReportCorrectionDropped':
      return { ...state, entered: state.entered.filter(({ correction }) => correction !== event.data.correction) };
    case 'DayReportPrepared': {
      const { statement, sha256, by, at } = event.data;
      return { ...state, state: 'prepared', statement, sha256, prepared: { by, at } };
    }
    case 'DayReportReturned': {
      const { statement: _, sha256: __, prepared: ___, ...rest } = state;
      return { ...rest, state: 'draft', returns: [...state.returns, event.data] };
    }
    case 'DayReportFrozen':
      return { ...state, state: 'frozen', reviewed: { by: event.data.by, at: event.data.at } };
  }
}
