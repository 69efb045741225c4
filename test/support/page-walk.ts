import type { Client } from './client';
import { operationsOf, Schema } from './routes';

/** A list that may be ordered: its path with `{name}` places, and every order that it takes. */
export type OrderedList = { readonly path: string; readonly orders: readonly string[] };

/** Orders, money and claims: these lists have a city of their own to be looked at in. */
export const LISTS_OF_MONEY = ['/api/claims', '/api/invoices', '/api/replays/{replay}/lines', '/api/statements'];

/** Every list that may be ordered, as the API's document tells. */
export const orderedLists = (document: Schema): OrderedList[] =>
  operationsOf(document).flatMap(({ method, path, queryParameters }) => {
    if (method !== 'GET' || !queryParameters.includes('order') || !queryParameters.includes('cursor')) return [];
    const parameters = document.paths[path].get.parameters as { name: string; schema: { enum: string[] } }[];
    return [{ path, orders: parameters.find(({ name }) => name === 'order')!.schema.enum }];
  });

async function walked(client: Client, path: string, order: string, limit: string): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | undefined; ;) {
    const { status, body } = await client.get(path, { query: { order, limit, ...(cursor && { cursor }) } });
    if (status !== 200) throw new Error(`${path} ${order}: ${JSON.stringify(body)}`);
    found.push(...(body.items as object[]).map((item) => JSON.stringify(item)));
    cursor = body.next as string | undefined;
    if (cursor === undefined) return found;
    if (found.length > 1_000) throw new Error(`${path} ${order} never ends`);
  }
}

/**
 * Fails unless every order shows each row once, page by page as at once, and backwards the other way round. Where an order
 * goes both ways one goes by ones and the other by threes.
 */
export async function expectWholePages(client: Client, { path, orders }: OrderedList, address = path): Promise<void> {
  const at: Record<string, string[]> = {};
  for (const order of orders) {
    const isBack = order.startsWith('-') && orders.includes(order.slice(1));
    const [byPages, all] = await Promise.all([
      walked(client, address, order, isBack ? '3' : '1'),
      walked(client, address, order, '200'),
    ]);
    at[order] = all;
    expect([path, order, byPages]).toEqual([path, order, all]);
  }
  const rows = new Set(at[orders[0]!]);
  expect([path, rows.size > 2]).toEqual([path, true]);
  for (const [order, all] of Object.entries(at)) {
    expect([path, order, new Set(all)]).toEqual([path, order, rows]);
    expect([path, order, all.length]).toEqual([path, order, rows.size]);
    const back = at[`-${order}`];
    if (back) expect([path, order, back.toReversed()]).toEqual([path, order, all]);
  }
}
