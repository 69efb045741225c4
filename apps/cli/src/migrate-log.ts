import {
  BadEventStoreUrl,
  EventStoreRefused,
  EventStoreUnreachable,
  FollowerMoved,
  giveUpMove,
  LogsDiffer,
  MovableLog,
  moveLog,
  MoveRefused,
  openMovableLog,
  prepareMove,
  UnknownLogUrl,
} from '@app/event-store';
import type { LogSum, Move, Moved, MoveStep } from '@app/event-store';
import { shanghaiDay } from '@app/kernel';
import { MoveHindered, MovingFollowers } from '@app/projections';
import type { Command } from 'commander';
import { refuseUnusable } from '../../api/src/platform';
import { BadSetting } from '../../api/src/settings';
import { withPlatform } from './platform';

type Options = {
  readonly from?: string;
  readonly to?: string;
  readonly prepare?: boolean;
  readonly giveUp?: boolean;
  readonly json?: boolean;
};

const TELL_EVERY = 1_000;

export function migrateLogCommand(program: Command): void {
  program
    .command('migrate-log')
    .description(
      'move the log to another store, with everything that follows it; run it again after any interruption. Stop all ' +
        'processes of the platform first',
    )
    .option(
      '--from <url>',
      'the log that is moved, postgres://… or esdb://…, or env:NAME for a variable that holds it; left out: the one in ' +
        'the platform’s PostgreSQL',
    )
    .option('--to <url>', 'an empty store, or the unfinished copy; left out: the platform’s PostgreSQL')
    .option('--prepare', 'copy what stands so far while the platform goes on, so that the move itself takes less time')
    .option('--give-up', 'let the log of --from be used again; the copy in --to stays unfinished')
    .option('--json', 'print the result as one line of JSON')
    .action((options: Options) => withPlatform(({ databaseUrl }) => migrate(databaseUrl, options)));
}

async function migrate(databaseUrl: string, { from, to, prepare, giveUp, json = false }: Options): Promise<void> {
  if (from === undefined && to === undefined) {
    throw new BadSetting(
      '--from or --to must name the other log: a URL like esdb://… or postgres://…. --from 或 --to 须指明另一处日志的地址。',
    );
  }
  const open = await opened(databaseUrl, from, to);
  try {
    if (giveUp === true) {
      await giveUpMove(open);
      console.log(`${open.source.name.store}: given up, the log is in use again 已放弃迁移，原日志恢复使用`);
      return;
    }
    if (prepare === true) {
      const { events } = await prepareMove({ ...open, reached: progress(json) });
      console.log(
        json ? JSON.stringify({ events }) : `${events} events prepared, nothing is switched 已预先复制，尚未切换`,
      );
      return;
    }
    const moved = await moveLog({ ...open, reached: progress(json) });
    if (json) console.log(JSON.stringify({ from: open.source.name, to: open.target.name, ...moved }));
    else tell(open.source, open.target, moved);
  } catch (error) {
    throw explained(error);
  } finally {
    await open.close();
  }
}

async function opened(databaseUrl: string, from: string | undefined, to: string | undefined) {
  const ends: { close(): Promise<void> }[] = [];
  const close = async () => void (await Promise.all(ends.splice(0).map((end) => end.close())));
  const keep = <T extends { close(): Promise<void> }>(end: T): T => (ends.push(end), end);
  try {
    const source = keep(await logAt(databaseUrl, from, '--from'));
    const target = keep(await logAt(databaseUrl, to, '--to'));
    return { source, target, followers: keep(await MovingFollowers.open(databaseUrl)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** `env:NAME` takes it from the environment: what stands on a command line is read by everybody on the machine. */
function address(given: string, option: string): string {
  if (!given.startsWith('env:')) return given;
  const found = process.env[given.slice('env:'.length)];
  if (found) return found;
  throw new BadSetting(
    `${option}: ${given} is not set in the environment. ${option}：环境变量 ${given.slice(4)} 未设置。`,
  );
}

/** The log at the address that was given, else the platform's. Throws BadSetting that names the option. */
export async function logAt(databaseUrl: string, given: string | undefined, option: string): Promise<MovableLog> {
  // It was asked when the platform was opened.
  if (given === undefined) return openMovableLog(databaseUrl);
  const url = address(given, option);
  try {
    if (/^postgres(ql)?:/.test(url)) await refuseUnusable(url, option);
    return await openMovableLog(url);
  } catch (error) {
    const isOfUrl = [BadEventStoreUrl, EventStoreRefused, EventStoreUnreachable].some((kind) => error instanceof kind);
    if (isOfUrl) throw new BadSetting((error as BadEventStoreUrl).of(option));
    if (!(error instanceof UnknownLogUrl)) throw error;
    throw new BadSetting(
      `${option} must be a URL like postgres://… or esdb://…. ${option} 须为 postgres://… 或 esdb://… 形式的地址。`,
    );
  }
}

const STEPS: Readonly<Record<MoveStep, string>> = {
  sealed: 'the source takes no more events 原日志已封存',
  compared: 'events found in the copy 副本已有事件',
  copied: 'events copied 已复制事件',
  verified: 'events verified 已核对事件',
  followers: 'followers moved 已迁移跟随者',
  done: 'events, done 迁移完成',
};

/** A line when a step begins, and one each second while it lasts. On standard error when the result is for a program. */
export function progress(json: boolean, print = json ? console.error : console.log): Move['reached'] {
  let last: MoveStep | undefined;
  let told = -TELL_EVERY;
  return (step, events, all) => {
    const now = performance.now();
    if (step === last && now - told < TELL_EVERY) return;
    [last, told] = [step, now];
    print(step === 'sealed' ? STEPS.sealed : `${events}${all === undefined ? '' : ` of ${all}`} ${STEPS[step]}`);
  };
}

function tell(source: MovableLog, target: MovableLog, { sums, followers }: Moved): void {
  if (!sums) {
    console.log('Nothing to do: this move was finished before. 迁移此前已完成，无需再做。');
    return;
  }
  for (const [{ name }, sum] of [
    [source, sums.source],
    [target, sums.target],
  ] as const) {
    console.log(`${name.kind} ${name.store}: ${summed(sum)}`);
  }
  const setting =
    target.name.kind === 'EventStoreDB'
      ? 'set EVENTSTORE_URL to it 请将 EVENTSTORE_URL 设为新地址'
      : 'unset EVENTSTORE_URL 请取消 EVENTSTORE_URL';
  console.log(`${followers} followers go on there; now ${setting}`);
}

const summed = ({ events, streams, digest }: LogSum): string =>
  `${events} events, ${streams} streams, sha-256 ${digest}`;

/** What a person can act on, in both languages. */
export function explained(error: unknown): unknown {
  const [en, zh] = sentences(error) ?? [];
  return en === undefined ? error : new BadSetting(`${en} ${zh}`);
}

function sentences(error: unknown): readonly [en: string, zh: string] | undefined {
  if (error instanceof MoveHindered) {
    return error.reason === 'move-under-way'
      ? ['Another migrate-log is at work on this platform.', '另一个 migrate-log 正在运行。']
      : [
          `${error.processes} processes of the platform are alive: stop all of them first (api, worker, import).`,
          `平台仍有 ${error.processes} 个进程在运行，请先全部停止。`,
        ];
  }
  if (error instanceof FollowerMoved) {
    return [
      'A follower went on while the logs were compared: a process of the platform is alive. Stop it and run this again.',
      '核对期间有跟随者仍在推进：平台仍有进程在运行，请停止后重试。',
    ];
  }
  if (error instanceof MoveRefused)
    return error.reason === 'target-moved-away' ? movedAway(error) : REFUSALS[error.reason];
  if (error instanceof LogsDiffer) {
    const { after, difference, place } = error;
    return [
      `After ${after} equal events the two logs differ at ${place} (${difference}); nothing was switched. Empty the target and ` +
        'run it again, or take --give-up.',
      `两处日志在 ${after} 个相同事件之后于 ${place} 不一致，未做切换。请清空目标库后重试，或以 --give-up 放弃。`,
    ];
  }
  return undefined;
}

function movedAway({ since }: MoveRefused): readonly [string, string] {
  const day = since && shanghaiDay(since.getTime());
  // Only PostgreSQL says when; what stands in EventStoreDB goes with its data folders.
  return day === undefined
    ? [
        '--to holds the log as it was before it was moved away: back it up, take an empty EventStoreDB, run this again.',
        '--to 中是已迁出的旧日志：请先备份，换用空的 EventStoreDB，再重新运行。',
      ]
    : [
        `--to (left out: the platform's own PostgreSQL) holds the log that was moved away on ${day}: back it up, run ` +
          'DROP SCHEMA event_store CASCADE there, run this again.',
        `--to（未给出则为平台自己的 PostgreSQL）中是 ${day} 已迁出的旧日志：请先备份，在该库执行 ` +
          'DROP SCHEMA event_store CASCADE，再重新运行。',
      ];
}

const REFUSALS: Readonly<Record<Exclude<MoveRefused['reason'], 'target-moved-away'>, readonly [string, string]>> = {
  'same-log': ['--from and --to are the same log.', '--from 与 --to 是同一日志。'],
  'target-not-empty': [
    '--to holds events already, and is not an unfinished copy: it must be empty.',
    '--to 中已有事件且不是未完成的副本：目标库必须为空。',
  ],
  'target-of-other': [
    '--to is an unfinished copy of another log than --from.',
    '--to 是另一日志的未完成副本，与 --from 不符。',
  ],
  finished: ['This move was finished before: there is nothing to prepare.', '迁移此前已完成，无需预先复制。'],
  'cannot-give-up': [
    'Nothing to give up: --from is not sealed for --to, or the move has come to its end.',
    '无可放弃：--from 并未为 --to 封存，或迁移已完成。',
  ],
};
