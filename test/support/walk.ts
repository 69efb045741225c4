import { randomUUID } from 'node:crypto';
import type { Answer, Asked, Client } from './client';
import { Operation, operationsOf, Schema } from './routes';
import { entriesOf } from './zip-entries';

/** Values that fill a route's places and query parameters, by their names. */
export type Known = Readonly<Record<string, readonly string[]>>;

/** One request of a walk and all that came back for it. */
export type Step = { readonly request: string; readonly answer: Answer };

const CLOSED = ['not-allowed', 'not-signed-in'];
/** `npm run test:walks` has every value of every parameter for every id. */
export const IS_WHOLE = process.env.PEITAO_WALKS === 'whole';
const MOST_PAGES = IS_WHOLE ? 5 : 2;

/**
 * Every GET of the API's document but the endless stream, as this client: with every known id in its places, then with a
 * value of query parameters alone, an order, and the pages of a list by ones. `turn` says which parameters, which value of
 * each and which id: who walks with one turn after the other meets all of them. A whole walk has every value with every id.
 * With a `reason`, only those routes that take one.
 */
export async function* walk(
  client: Client,
  document: Schema,
  known: Known,
  reason?: string,
  turn = 0,
): AsyncGenerator<Step, void> {
  for (const [at, operation] of operationsOf(document).entries()) {
    if (operation.method !== 'GET' || operation.path === '/api/live') continue;
    if (isFile(operation) && !isAskedInFull(operation) && (at + turn) % 3 > 0) continue;
    if (reason !== undefined && !operation.queryParameters.includes('reason')) continue;
    const given: Record<string, string> = reason === undefined ? {} : { reason };
    const paths = pathsOf(operation, known, turn);
    for (const [nth, path] of paths.entries()) {
      let isClosed = false;
      const queries = queriesOf(operation, known, turn + nth);
      for (const query of IS_WHOLE || nth === turn % paths.length ? queries.all : queries.plain) {
        for await (const step of pages(client, path, { ...given, ...query })) {
          isClosed = CLOSED.includes((step.answer.body as { code?: string } | undefined)?.code ?? '');
          yield step;
        }
        if (isClosed) break;
      }
      // A route that is closed to a role is closed whatever is asked of it.
      if (isClosed) break;
    }
  }
}

/** The document with those routes alone whose path says so. */
export const routesAbout = (document: Schema, about: RegExp): Schema => ({
  ...document,
  paths: Object.fromEntries(Object.entries(document.paths as Schema).filter(([path]) => about.test(path))),
});

/**
 * Where few are let in, and where the terms of offers stand, everybody asks for every parameter and for the file. Elsewhere
 * each asks for a third of them: a file holds what its list holds.
 */
const isAskedInFull = ({ path, audience }: Operation): boolean =>
  IS_WHOLE || /offer|awards|shares|match-register/.test(path) || !audience.some((one) => MANY.has(one));
const MANY = new Set(['public', 'member', 'signed-in']);

/** `{id}` is another thing on every route, so its values are known as `<the folder before it>/id`. */
function pathsOf({ path }: Pick<Operation, 'path'>, known: Known, turn: number): string[] {
  const place = /([\w-]+)\/\{(\w+)\}/.exec(path);
  if (!place) return [path];
  const [, folder, name] = place;
  const values = known[`${folder}/${name}`] ?? known[name!] ?? [];
  const [before, after] = path.split(`{${name}}`) as [string, string];
  // What is not there is asked for by each third.
  const isUnknownAsked = IS_WHOLE || values.length === 0 || turn % 3 === 1;
  const rests = pathsOf({ path: after }, known, turn);
  return [...values, ...(isUnknownAsked ? [randomUUID()] : [])].flatMap((value, nth) =>
    (IS_WHOLE ? rests : [rests[nth % rests.length]!]).map((rest) => before + value + rest),
  );
}

const isFile = ({ queryParameters }: Operation): boolean => queryParameters.includes('format');

/** What these routes answer nothing without; a value that a route does not take would be refused. */
const DAYS = { from: '2020-01-01', to: '2020-12-31' };
const NEEDED: Readonly<Record<string, Record<string, string>>> = {
  '/api/dashboards/facts': { ...DAYS, figure: 'awarded' },
  '/api/dashboards/listings': DAYS,
  '/api/dashboards/suppliers/rows': DAYS,
  '/api/dashboards/': { ...DAYS, bucket: 'day', by: 'area' },
  '/api/day-reports/{day}/rows/export': { office: '350582', figure: 'awarded', period: 'cumulative', format: 'csv' },
  '/api/day-reports/{day}/rows': { office: '350582', figure: 'awarded', period: 'cumulative' },
  '/api/day-reports/{day}/export': { format: 'csv' },
};

type Query = Record<string, string>;

/** `plain` is what shows all that there is; without a format a file is refused. */
function queriesOf(operation: Operation, known: Known, turn: number): { plain: Query[]; all: Query[] } {
  const { queryParameters, path } = operation;
  const valuesOf = (name: string): readonly string[] => {
    const values = known[`${path.split('/').at(-1)}?${name}`] ?? known[name] ?? [];
    const choices = operation.choices[name];
    const taken = choices ? values.filter((value) => choices.includes(value)) : values;
    return taken.length > 0 ? taken : (choices ?? []);
  };
  const needed: Query = Object.fromEntries(
    operation.required.flatMap((name) =>
      (AS_WALKED.has(name) ? [] : ofTurn(valuesOf(name), turn)).map((value) => [name, value]),
    ),
  );
  Object.assign(needed, Object.entries(NEEDED).find(([prefix]) => path.startsWith(prefix))?.[1]);
  const formats = isFile(operation) ? turned(known.format ?? ['csv'], turn) : [];
  const plain = formats.length > 0 ? formats.map((format) => ({ ...needed, format })) : [needed];
  const others = queryParameters.filter((name) => !AS_WALKED.has(name) && valuesOf(name).length > 0);
  // A file takes the parameters of its list.
  const some = isAskedInFull(operation) ? others : thirdOf(others, turn);
  const narrowing = isFile(operation) ? turned(others, turn) : some;
  const single = narrowing.flatMap((name, nth) =>
    turned(valuesOf(name), turn).map((value) => ({ ...plain[(turn + nth) % plain.length], [name]: value })),
  );
  const byOnes = queryParameters.includes('limit') && (IS_WHOLE || turn % 2 === 0);
  return {
    plain,
    all: [...plain, ...(byOnes ? [{ ...needed, limit: operation.choices.limit?.[0] ?? '1' }] : []), ...single],
  };
}

/** What the walk itself says. */
const AS_WALKED = new Set(['limit', 'cursor', 'reason', 'format']);

const ofTurn = <T>(all: readonly T[], turn: number): readonly T[] =>
  all.length === 0 ? all : [all[turn % all.length]!];
const turned = <T>(all: readonly T[], turn: number): readonly T[] => someOf(all, all.length, turn);

async function* pages(client: Client, path: string, query: Query): AsyncGenerator<Step, void> {
  for (let page = 0, cursor: string | undefined; page === 0 || (cursor && page < MOST_PAGES); page++) {
    const asked: Asked = { query: { ...query, ...(cursor && { cursor }) } };
    const answer = await unpacked(await client.get(path, asked));
    yield { request: `${path} ${JSON.stringify(query)} page ${page}`, answer };
    cursor = (answer.body as { next?: string } | undefined)?.next;
  }
}

/** A workbook as the text of its parts: what is packed in it is found like anything else. */
async function unpacked(answer: Answer): Promise<Answer> {
  if (!Buffer.isBuffer(answer.body)) return answer;
  return { ...answer, body: (await entriesOf(answer.body)).map((part) => part.toString('utf8')).join('\n') };
}

/** All that a client could keep of an answer: status, headers and body. */
export const bytesOf = ({ status, headers, body }: Answer): string =>
  `${status} ${JSON.stringify([...headers])} ${typeof body === 'string' ? body : JSON.stringify(body)}`;

/** Headers that differ from one request to the next whatever is asked. */
const PASSING = /^(date|peitao-request|x-ratelimit-.*|keep-alive|connection)$/;

/** The same without what differs between two equal requests: times, request ids, and what is encrypted anew each time. */
export function stableBytesOf({ status, headers, body }: Answer): string {
  const kept = [...headers].filter(([name]) => !PASSING.test(name));
  const text = typeof body === 'string' ? body : JSON.stringify(body, (key, value: unknown) => steady(key, value));
  return `${status} ${JSON.stringify(kept)} ${text}`;
}

const steady = (key: string, value: unknown): unknown =>
  (key === 'instance' || key === 'next') && typeof value === 'string' ? `some ${key}` : value;

/** The ways in which a figure could stand in bytes: as it is, without its point, grouped, in base64 at any offset, in hex. */
export function tracesOf(figure: string): string[] {
  const grouped = figure.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
  const inBase64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.from(' '.repeat(offset) + figure)
      .toString('base64')
      .replace(/=+$/, '');
    // Characters that share bits with what stands before or after the figure are left away.
    return encoded.slice(offset === 0 ? 0 : offset + 1, -1);
  });
  return [figure, figure.replace('.', ''), grouped, ...inBase64, Buffer.from(figure).toString('hex')];
}

/** Things and the strings by which each is known in a text. */
type Traced = { readonly traces: readonly string[] };

/**
 * Finds which of many things a text tells of. Each window of the shortest trace's length is looked up once: to search the
 * text for every trace by itself took longer than to ask for it.
 */
export class Tracer<T extends Traced> {
  private readonly width: number;
  /** How some trace begins: a text is mostly none of them, and to cut it up is what takes long. */
  private readonly begins = new Uint8Array(1 << 16);
  private readonly byHead = new Map<string, { readonly trace: string; readonly thing: T }[]>();

  constructor(things: readonly T[]) {
    this.width = Math.min(...things.flatMap(({ traces }) => traces.map(({ length }) => length)));
    for (const thing of things) {
      for (const trace of thing.traces) {
        const head = trace.slice(0, this.width);
        this.begins[beginning(trace, 0)] = 1;
        this.byHead.set(head, [...(this.byHead.get(head) ?? []), { trace, thing }]);
      }
    }
  }

  *in(text: string): Generator<T> {
    for (let at = 0; at + this.width <= text.length; at++) {
      if (this.begins[beginning(text, at)] === 0) continue;
      for (const { trace, thing } of this.byHead.get(text.slice(at, at + this.width)) ?? NONE) {
        if (text.startsWith(trace, at)) yield thing;
      }
    }
  }
}
const NONE: readonly never[] = [];

/** Of the first three characters. */
const beginning = (text: string, at: number): number =>
  (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) & 0xffff;

/** One of so many of them, so that as many turns take all; in a whole walk all at every turn. */
export const someOf = <T>(all: readonly T[], one: number, turn: number): T[] =>
  all.filter((_, nth) => IS_WHOLE || nth % one === turn % one);

export const thirdOf = <T>(all: readonly T[], turn: number): T[] => someOf(all, 3, turn);

/** Does the work for each, some at the same time: one who waits for an answer leaves the machine to the others. */
export async function atOnce<T>(all: Iterable<T>, work: (one: T, nth: number) => Promise<void>): Promise<void> {
  const waiting = [...all].entries();
  const lane = async () => {
    for (const [nth, one] of waiting) await work(one, nth);
  };
  await Promise.all(Array.from({ length: 4 }, lane));
}
