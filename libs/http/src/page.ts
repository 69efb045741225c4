import { isWholeNumberText } from './query-text';
import { Flag, ListOf, Text, WholeNumber } from '@app/kernel';
import { MOST_COUNTED } from '@app/projections';
import type { Listed, ListPlace, ListWanted, Tally } from '@app/projections';
import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import type { Request } from 'express';
import { badFields, fieldError } from './problem';
import { contextOf } from './request-context';
import { Seals } from './seals';

/** The sort key of a row, from the first column of the order to the last, which is unique. */
export type Keyset = readonly (string | number | boolean | null)[];

const MOST = 200;
const USUAL = 50;

/** Query parameters of every list. A list with filters extends it. */
export class PageQuery {
  @ApiPropertyOptional({ type: String, pattern: '^[1-9]\\d{0,2}$', description: `at most ${MOST}`, example: '50' })
  @IsOptional()
  @ValidateBy(
    { name: 'limit', validator: { validate: (value) => isWholeNumberText(value, 1, MOST) } },
    { message: 'field-whole-number', context: { min: '1', max: String(MOST) } },
  )
  limit?: string;

  @ApiPropertyOptional({ type: String, description: '`next` of the page before' })
  @IsOptional()
  @ValidateBy(
    { name: 'cursor', validator: { validate: (value) => typeof value === 'string' } },
    { message: 'field-cursor' },
  )
  cursor?: string;
}

/** How many items a page of this query holds. */
export const pageSize = (query: PageQuery): number => (query.limit === undefined ? USUAL : Number(query.limit));

/** Items in order, with the cursor of the next page where there is one. */
export class Page<T> {
  /** Opaque to clients. Set when the answer leaves, from `lastKey`. */
  next?: string;

  constructor(
    readonly items: T[],
    /** The sort key of the last item, when more items follow it. */
    readonly lastKey?: Keyset,
    /** How many there are, where the list counts them. */
    readonly tally?: Tally,
  ) {}

  static listed<Row, T>({ rows, next, tally }: Listed<Row>, show: (row: Row) => T): Page<T> {
    return new Page(rows.map(show), next, tally);
  }

  /** From up to `pageSize(query) + 1` rows: the one too many tells that there is another page. */
  static of<Row, T>(
    rows: readonly Row[],
    query: PageQuery,
    keyOf: (row: Row) => Keyset,
    show: (row: Row) => T,
  ): Page<T> {
    const size = pageSize(query);
    const shown = rows.slice(0, size);
    return new Page(shown.map(show), rows.length > size ? keyOf(shown.at(-1)!) : undefined);
  }
}

/** What a client gets of a page. The cursor belongs to the route: another list refuses it. */
export function sealPage<T>({ items, lastKey, tally }: Page<T>, route: string, seals: Seals): SealedPage<T> {
  return { items, ...tally, ...(lastKey !== undefined && { next: cursorOf(seals, route, lastKey) }) };
}

type SealedPage<T> = { items: T[]; next?: string } & Partial<Tally>;

export class ValueCount {
  @Text(50, { example: 'accepted' }) value: string;
  @WholeNumber(0, MOST_COUNTED + 1) items: number;
}

/** What the answer of a list says beside its items. The counts come with the first page alone. */
export class PageAnswer {
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
  @WholeNumber(0, MOST_COUNTED, { optional: true, description: 'how many there are, on the first page' })
  total?: number;
  @Flag({ optional: true, description: `there are more than ${MOST_COUNTED}, and counts are of the first of them` })
  more?: boolean;
  @ListOf(() => ValueCount, { optional: true, most: 50, description: 'by state, whichever state was asked for' })
  counts?: ValueCount[];
}

/** The order and place of a page. A cursor of another order would begin it somewhere at random. */
export function listWanted<Order extends string>(
  query: PageQuery & { readonly order?: Order },
  after: Keyset | undefined,
  usual: Order,
): ListWanted<Order> {
  const { order = usual } = query;
  if (after && after[0] !== order) throw badFields(fieldError('query', 'cursor', 'field-cursor'));
  return { order, limit: pageSize(query), ...(after && { after: after as unknown as ListPlace }) };
}

export const cursorOf = (seals: Seals, list: string, key: Keyset): string => seals.seal(`cursor ${list}`, key);

export function readCursor(seals: Seals, list: string, cursor: string): Keyset {
  const key = seals.open(`cursor ${list}`, cursor);
  if (!Array.isArray(key)) throw badFields(fieldError('query', 'cursor', 'field-cursor'));
  return key as Keyset;
}

/** Parameter decorator: the sort key after which the page begins, from `?cursor=`; undefined for the first page. */
export const After = createParamDecorator((_: unknown, host: ExecutionContext): Keyset | undefined => {
  const request = host.switchToHttp().getRequest<Request>();
  const { cursor } = request.query;
  if (cursor === undefined) return undefined;
  if (typeof cursor !== 'string') throw badFields(fieldError('query', 'cursor', 'field-cursor'));
  return readCursor(contextOf(request).seals, `${host.getClass().name}.${host.getHandler().name}`, cursor);
});
