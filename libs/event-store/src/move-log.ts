import { Position, Recorded } from './event-store';
import { LogSum, LogsDiffer, LogSummer, NewPlaces, pairs, placeOf } from './log-comparison';
import { FoundMark, LogMark, LogName, LogSealed, UnfinishedCopy } from './log-mark';
import { MovableLog } from './movable-log';

/** Whoever follows logs and keeps positions of them. */
export type MovedFollowers = {
  /** Throws while another move of this platform's log is under way, and keeps a second one from beginning. */
  hold(): Promise<void>;
  /** Throws while a process of the platform is alive. */
  refuseAlive(): Promise<void>;
  /** How many keep a position of this store, or its beginning. */
  count(store: string): Promise<number>;
  /** Every position of this store that is kept. */
  positions(store: string): Promise<Position[]>;
  /** In one transaction: what was kept of one store is kept of the other. Returns how many followers that are. */
  move(from: string, to: string, newPlace: (position: Position) => Position | undefined): Promise<number>;
};

/** What has been reached: with the number of events so far, and of all that are expected where that is known. */
export type MoveStep = 'sealed' | 'compared' | 'copied' | 'verified' | 'followers' | 'done';

export type Move = {
  readonly source: MovableLog;
  readonly target: MovableLog;
  readonly followers: MovedFollowers;
  readonly reached: (step: MoveStep, events: number, all?: number) => void;
};

/** How far a log was copied that is still in use. */
export type Prepared = { readonly events: number };

export type Moved = {
  /** What each log holds of the other, each by its own reading; undefined when the move was finished before. */
  readonly sums: { readonly source: LogSum; readonly target: LogSum } | undefined;
  readonly followers: number;
};

/** The move cannot begin. */
export class MoveRefused extends Error {
  constructor(
    readonly reason:
      | 'same-log'
      | 'target-not-empty'
      | 'target-of-other'
      | 'target-moved-away'
      | 'finished'
      | 'cannot-give-up',
    /** When the target's own log was moved away, where that is known. */
    readonly since?: Date,
  ) {
    super(`the log cannot be moved: ${reason}`);
    this.name = 'MoveRefused';
  }
}

/**
 * Moves a log to another store: seals it, copies what is missing, reads both to the end and compares, moves the followers,
 * and lets the copy be used. Killed at any point, it goes on where it was when it is called again; called after its end, it
 * finds nothing to do. Throws MoveRefused, LogSealed or UnfinishedCopy before it changes anything, and LogsDiffer when the
 * logs do not hold the same: then the followers stay with the source, sealed.
 */
export async function moveLog(move: Move): Promise<Moved> {
  const { source, target, followers, reached } = move;
  const isFinished = await begin(move);
  if (isFinished && (await followers.count(source.name.store)) === 0) return { sums: undefined, followers: 0 };
  await followers.refuseAlive();
  let all: number | undefined;
  if (!isFinished) {
    await target.setMark({ mark: 'copying', other: source.name });
    await source.setMark({ mark: 'sealed', other: target.name });
    reached('sealed', 0);
    all = await copyRest(source, target, reached);
  }
  const wanted = await followers.positions(source.name.store);
  const places = new NewPlaces(wanted, (a, b) => source.compare(a, b));
  const sums = await verify(move, isFinished, places, all ?? (await source.count()));
  const count = await followers.move(source.name.store, target.name.store, (position) => places.of(position));
  reached('followers', count);
  await target.setMark({ mark: 'copied', other: source.name });
  reached('done', sums.target.events);
  return { sums, followers: count };
}

/**
 * Copies what stands so far while the source is used, so that the move itself finds little left to do. A log is only ever
 * appended to, so what it copied stays a beginning of it. Throws as `moveLog`, and MoveRefused after the move's end.
 */
export async function prepareMove(move: Move): Promise<Prepared> {
  const { source, target, reached } = move;
  if (await begin(move)) throw new MoveRefused('finished');
  await target.setMark({ mark: 'copying', other: source.name });
  return { events: await copyRest(source, target, reached) };
}

/** True when the copy is finished. Changes nothing but that no other move may begin. */
async function begin({ source, target, followers }: Move): Promise<boolean> {
  if (source.name.store === target.name.store) throw new MoveRefused('same-log');
  await followers.hold();
  const [left, taken] = [await source.mark(), await target.mark()];
  refuseSource(left, target.name);
  if (names(taken, 'copied', source.name)) return true;
  await refuseTarget(target, taken, source.name);
  return false;
}

/**
 * Lets the source be used again, when a move was begun and cannot come to its end. The copy stays unfinished; a later move to
 * it goes on with it. Throws MoveRefused once followers have moved.
 */
export async function giveUpMove({ source, target, followers }: Omit<Move, 'reached'>): Promise<void> {
  await followers.hold();
  const mark = await source.mark();
  const hasMoved = names(await target.mark(), 'copied', source.name);
  const haveFollowers = (await followers.count(target.name.store)) > 0;
  if (!names(mark, 'sealed', target.name) || hasMoved || haveFollowers) throw new MoveRefused('cannot-give-up');
  await source.setMark({ mark: 'open', other: target.name });
}

const names = (mark: LogMark | undefined, kind: LogMark['mark'], other: LogName): boolean =>
  mark?.mark === kind && mark.other.store === other.store;

function refuseSource(mark: LogMark | undefined, target: LogName): void {
  if (mark?.mark === 'copying') throw new UnfinishedCopy(mark.other);
  if (mark?.mark === 'sealed' && mark.other.store !== target.store) throw new LogSealed(mark.other);
}

async function refuseTarget(target: MovableLog, mark: FoundMark | undefined, source: LogName): Promise<void> {
  // The source is whole, or it would have been refused: what stands here is the log as it was before it moved there.
  if (names(mark, 'sealed', source)) throw new MoveRefused('target-moved-away', mark?.at);
  if (mark?.mark === 'sealed') throw new LogSealed(mark.other);
  if (mark?.mark === 'copying') {
    if (mark.other.store !== source.store) throw new MoveRefused('target-of-other');
    return;
  }
  for await (const _event of target.events()) throw new MoveRefused('target-not-empty');
}

/** What stands in the target is compared, and the rest of the source is appended to it. Returns how many stand there. */
async function copyRest(source: MovableLog, target: MovableLog, reached: Move['reached']): Promise<number> {
  const from = source.events()[Symbol.asyncIterator]();
  try {
    const all = await source.count();
    let there = 0;
    reached('compared', 0, all);
    for await (const _pair of pairs(from, target.events())) reached('compared', (there += 1), all);
    let more = 0;
    reached('copied', there, all);
    await target.fill(rest(from), (written) => reached('copied', there + (more = written), all));
    return there + more;
  } finally {
    await from.return?.();
  }
}

async function* rest(events: AsyncIterator<Recorded>): AsyncGenerator<Recorded> {
  for (let next = await events.next(); next.done !== true; next = await events.next()) yield next.value;
}

/** Both from the beginning to the end, each hashed by its own reading. */
async function verify(
  { source, target, reached }: Move,
  mayGoOn: boolean,
  places: NewPlaces,
  all: number | undefined,
): Promise<{ source: LogSum; target: LogSum }> {
  const from = source.events()[Symbol.asyncIterator]();
  const [here, there] = [new LogSummer(), new LogSummer()];
  let events = 0;
  reached('verified', 0, all);
  try {
    for await (const pair of pairs(from, target.events(), mayGoOn)) {
      here.add(pair.source, pair.hash);
      there.add(pair.target, pair.hash);
      places.see(pair);
      reached('verified', (events += 1), all);
    }
    const next = await from.next();
    if (next.done !== true) throw new LogsDiffer(events, 'missing', placeOf(next.value));
  } finally {
    await from.return?.();
  }
  return { source: here.sum(), target: there.sum() };
}
