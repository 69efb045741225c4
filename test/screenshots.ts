// npm run screenshots: the README's pictures of the demo city, by the pages that test/screenshots-table.ts lists.
//   -- --all <folder>     every page of the table into a folder, for looking at
//   -- --only <text>      those with the text in their names
//   -- --fresh            fills the demo city anew, else it is kept from the run before
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ServerKeys } from '@app/auth';
import { ensureDatabase, startPostgres } from '@app/embedded-postgres';
import { StructuredLog } from '@app/http';
import { SetClock } from '@app/kernel';
import { serve } from '../apps/api/src/serve';
import { ensureDemo } from '../apps/cli/src/demo/demo';
import { People } from './support/browser';
import { builtWeb } from './support/built-web';
import { Answer, Ask, Onlooker, README, Shot, SHOTS } from './screenshots-table';

const ROOT = join(__dirname, '..');
const DATA = join(ROOT, 'node_modules/.cache/screenshots');
/** The same day in every picture, so that they change only with what they show. */
const NOW = Date.parse('2020-03-20T02:10:00Z');
const LARGEST = 200_000;

type City = { readonly url: string; session(who: Onlooker): Promise<string | undefined>; asker(who: Onlooker): Ask };

/** The demo city of a fixed day, served; filled when it is not there yet, which takes a minute or two. */
async function withCity(work: (city: City) => Promise<void>): Promise<void> {
  mkdirSync(DATA, { recursive: true });
  const log = new StructuredLog({ level: 'warn' });
  const keys = ServerKeys.inFolder(DATA);
  const server = await startPostgres({ dataDir: join(DATA, 'postgres') });
  try {
    const databaseUrl = await ensureDatabase(server, 'peitao');
    const progress = (done: number, all: number) =>
      void (done % 200 === 0 && console.log(`demo data: ${Math.floor((done * 100) / all)}%`));
    const table = await ensureDemo({ databaseUrl, keys, folder: DATA, log, now: NOW, progress });
    const options = { databaseUrl, keys, log, clock: new SetClock(NOW), web: builtWeb() };
    const serving = await serve(options, 0, '127.0.0.1');
    try {
      await work(cityAt(`http://127.0.0.1:${serving.port}`, table));
    } finally {
      await serving.stop();
    }
  } finally {
    await server.stop();
  }
}

function cityAt(url: string, table: string): City {
  const cookies = new Map<Onlooker, Promise<string | undefined>>();
  const signIn = async (who: Onlooker): Promise<string | undefined> => {
    if (who === 'visitor') return undefined;
    const [, mobile, password] = new RegExp(`(\\d{11}) {2}(\\S+) {2}演示·${who} `).exec(table) ?? [];
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() };
    const body = JSON.stringify({ mobile, password });
    const answer = await fetch(`${url}/api/sign-in`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`${who} cannot sign in: ${await answer.text()}`);
    return /__Host-peitao=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1];
  };
  const session = (who: Onlooker) => cookies.get(who) ?? cookies.set(who, signIn(who)).get(who)!;
  const asker = (who: Onlooker) => async (path: string) => {
    const id = await session(who);
    const answer = await fetch(url + path, { headers: id === undefined ? {} : { Cookie: `__Host-peitao=${id}` } });
    if (!answer.ok) throw new Error(`${answer.status} ${path} for ${who}`);
    return (await answer.json()) as Answer;
  };
  return { url, session, asker };
}

/** In the README as one sees it first; for looking at as far down as it goes. */
type Extent = { readonly folder: string; readonly whole: boolean };

async function shoot(people: People, city: City, shot: Shot, { folder, whole }: Extent): Promise<void> {
  const address = typeof shot.path === 'string' ? shot.path : await shot.path(city.asker(shot.as));
  if (address === undefined) return void console.log(`${shot.file}: the demo city has none`);
  const visit = await people.enter(await city.session(shot.as), { ...shot.manner, screen: shot.on });
  try {
    await visit.open(address);
    const path = join(folder, `${shot.file}.png`);
    await visit.page.screenshot({ path, fullPage: whole, scale: 'css', animations: 'disabled' });
    const { size } = statSync(path);
    console.log(`${path}  ${Math.round(size / 1000)} kB`);
    for (const fault of visit.faults()) console.log(`  ${fault}`);
    if (!whole && size > LARGEST) throw new Error(`${shot.file} is larger than ${LARGEST / 1000} kB`);
  } finally {
    await visit.close();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { all: { type: 'string' }, only: { type: 'string' }, fresh: { type: 'boolean' } },
  });
  if (values.fresh) rmSync(DATA, { recursive: true, force: true });
  const whole = values.all !== undefined;
  const folder = resolve(values.all ?? join(ROOT, 'docs/screenshots'));
  mkdirSync(folder, { recursive: true });
  const shots = SHOTS.filter(({ file }) => (whole || README.has(file)) && file.includes(values.only ?? ''));
  const missed: string[] = [];
  await withCity(async (city) => {
    const people = await People.in(city.url);
    try {
      for (const shot of shots) {
        await shoot(people, city, shot, { folder, whole }).catch((error: unknown) =>
          missed.push(`${shot.file}: ${String(error)}`),
        );
      }
    } finally {
      await people.leave();
    }
  });
  if (missed.length) throw new Error(`not made:\n${missed.join('\n')}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
