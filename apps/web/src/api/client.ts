import createClient from 'openapi-fetch';
import { Problem, readProblem } from './problem';
import type { components, paths } from './schema';

/** Shapes of the API by name, e.g. `Api['ListingView']`. */
export type Api = components['schemas'];
export type Method = 'get' | 'post' | 'put' | 'delete';

type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>;
export type PathsWith<M extends Method> = {
  [P in keyof paths]: NonNullable<paths[P][M]> extends { responses: unknown } ? P : never;
}[keyof paths];
type Given<O, K extends string, N extends string> = O extends { parameters: { [k in K]?: infer T } }
  ? [NonNullable<T>] extends [never]
    ? { readonly [n in N]?: undefined }
    : Record<string, never> extends NonNullable<T>
      ? { readonly [n in N]?: NonNullable<T> }
      : { readonly [n in N]: NonNullable<T> }
  : { readonly [n in N]?: undefined };
type Body<O> = O extends { requestBody: { content: infer C } }
  ? { readonly body: C extends { 'application/json': infer B } ? B : FormData | string }
  : { readonly body?: undefined };

/** What a call needs: `path` and `query` parameters and a `body`, where the route has them. */
export type Asked<P extends keyof paths, M extends Method> = Given<Operation<P, M>, 'path', 'path'> &
  Given<Operation<P, M>, 'query', 'query'> &
  (M extends 'get' ? object : Body<Operation<P, M>>);

type JsonOf<R> = R extends { content: { 'application/json': infer A } } ? A : undefined;
/** The body of a route's good answer. */
export type Answer<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { responses: infer R }
    ? R extends { 200: infer A }
      ? JsonOf<A>
      : R extends { 201: infer A }
        ? JsonOf<A>
        : undefined
    : undefined;

/** What a session brings along, kept for the page's life. */
export const carried: {
  csrf?: string;
  position?: string;
  /** Whose drafts are read and kept: the account, and the firm that it acts for. */
  owner?: string;
  language: 'zh' | 'en';
} = { language: 'zh' };

const client = createClient<paths>({ baseUrl: '/' });
client.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', carried.language);
    if (request.method === 'GET') {
      if (carried.position) request.headers.set('Peitao-Position', carried.position);
    } else if (carried.csrf) request.headers.set('Peitao-CSRF', carried.csrf);
  },
  async onResponse({ response }) {
    carried.position = response.headers.get('Peitao-Position') ?? carried.position;
    if (response.ok) return;
    const problem = await readProblem(response);
    // The server's keys were changed: what they sealed says nothing any more.
    if (problem.code === 'position-malformed') carried.position = undefined;
    throw problem;
  },
  onError: ({ error }) => (error instanceof Problem ? error : Problem.unreachable()),
});

type Init = {
  readonly path?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
};

/** Calls a route. Throws Problem for every answer that is not good, and where there was none. */
export async function call<P extends keyof paths, M extends Method>(
  method: M,
  path: P,
  { path: inPath, query, body, headers, signal }: Init,
): Promise<Answer<P, M>> {
  const init = {
    params: { path: inPath, query },
    headers,
    signal,
    ...(body !== undefined && { body }),
    // Files and pasted text travel as they are.
    ...((body instanceof FormData || typeof body === 'string') && { bodySerializer: (given: unknown) => given }),
  };
  const { data } = await client.request(method, path as never, init as never);
  return data as Answer<P, M>;
}
