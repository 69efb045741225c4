import { Clock, shanghaiDay } from '@app/kernel';
import { ReadModels } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ClaimNoticed, ClaimRow, claims, ClaimsOf, visible } from './claims.view';

// What others than the list ask of the rows of claims.

/** Whose a claim is, for those who may hear of it. */
export class ClaimPlace extends Query<Pick<ClaimRow, 'registration' | 'office'> | undefined> {
  constructor(readonly claim: string) {
    super();
  }
}

@QueryHandler(ClaimPlace)
export class ClaimPlaceHandler implements IQueryHandler<ClaimPlace> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ claim: id }: ClaimPlace) {
    const found = await this.readModels.read(claims, (rows) =>
      rows.query<Pick<ClaimRow, 'registration' | 'office'>[]>(
        'SELECT registration, office FROM claim WHERE claim = $1',
        [id],
      ),
    );
    return found[0];
  }
}

/** Whether a file belongs to one of these claims. */
export class SeesClaimFile extends Query<boolean> {
  constructor(
    readonly whose: ClaimsOf,
    readonly file: string,
  ) {
    super();
  }
}

@QueryHandler(SeesClaimFile)
export class SeesClaimFileHandler implements IQueryHandler<SeesClaimFile> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ whose, file }: SeesClaimFile): Promise<boolean> {
    const where = visible(whose);
    where.and(`files @> ARRAY[${where.parameter(file)}]::text[]`);
    const found = await this.readModels.read(claims, (rows) =>
      rows.query<object[]>(`SELECT FROM claim WHERE ${where.sql} LIMIT 1`, where.values),
    );
    return found.length > 0;
  }
}

export type WaitingClaim = Pick<
  ClaimRow,
  'claim' | 'enterprise' | 'state' | 'stage' | 'offices' | 'deferredUntil' | 'recoveryState' | 'changedAt'
> & { readonly dueOn: string | null };

const MOST_WAITING = 500;

/** Claims that wait for somebody, the longest first. On notice nobody is waited for before the stand-still is over. */
export class ClaimsWaiting extends Query<WaitingClaim[]> {
  constructor(readonly whose: ClaimsOf) {
    super();
  }
}

@QueryHandler(ClaimsWaiting)
export class ClaimsWaitingHandler implements IQueryHandler<ClaimsWaiting> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  execute({ whose }: ClaimsWaiting): Promise<WaitingClaim[]> {
    const where = visible(whose);
    const today = where.parameter(shanghaiDay(this.clock.now()));
    where.and(`(stage IS NOT NULL OR state IN ('offered', 'returned') OR "deferredUntil" IS NOT NULL)`);
    where.and(`(state <> 'on-notice' OR "openObjections" > 0 OR "standStillUntil" < ${today})`);
    return this.readModels.read(claims, (rows) =>
      rows.query<WaitingClaim[]>(
        `SELECT claim, enterprise, state, stage, offices, "deferredUntil", "recoveryState", "changedAt", "deferredUntil" AS "dueOn"
         FROM claim WHERE ${where.sql} ORDER BY "changedAt", claim LIMIT ${MOST_WAITING}`,
        where.values,
      ),
    );
  }
}

/**
 * Claims that were proposed on an order, an invoice or the trade of a firm. Whether one is paid its own stream says: a row may
 * be a moment behind.
 */
export class ClaimsOn extends Query<string[]> {
  constructor(readonly on: { readonly order: string } | { readonly invoice: string } | { readonly firm: string }) {
    super();
  }
}

const TOUCHED = { order: 'orders', invoice: 'invoices', firm: 'firms' } as const;

@QueryHandler(ClaimsOn)
export class ClaimsOnHandler implements IQueryHandler<ClaimsOn, string[]> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ on }: ClaimsOn): Promise<string[]> {
    const [[kind, value]] = Object.entries(on) as [[keyof typeof TOUCHED, string]];
    const found = await this.readModels.read(claims, (rows) =>
      rows.query<{ claim: string }[]>(`SELECT claim FROM claim WHERE $1 = ANY("${TOUCHED[kind]}") ORDER BY claim`, [
        value,
      ]),
    );
    return found.map((row) => row.claim);
  }
}

/** What the public sees: notices, the latest first, each with its claims. */
export class ClaimNotices extends Query<readonly { readonly claim: string; readonly shown: ClaimNoticed }[]> {
  constructor(readonly notice?: string) {
    super();
  }
}

const MOST_NOTICED = 5_000;

@QueryHandler(ClaimNotices)
export class ClaimNoticesHandler implements IQueryHandler<ClaimNotices> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ notice }: ClaimNotices) {
    return this.readModels.read(claims, (rows) =>
      rows.query<{ claim: string; shown: ClaimNoticed }[]>(
        `SELECT claim, shown FROM claim, jsonb_array_elements(notices) shown
         WHERE ($1::text IS NULL OR shown->>'notice' = $1)
         ORDER BY shown->>'startedAt' DESC, shown->>'notice', shown->>'enterprise', claim LIMIT ${MOST_NOTICED}`,
        [notice ?? null],
      ),
    );
  }
}

/** The claims of one proposed list, by enterprise. */
export class ProposedList extends Query<Pick<ClaimRow, 'claim' | 'round' | 'enterprise' | 'office' | 'granted'>[]> {
  constructor(readonly list: string) {
    super();
  }
}

@QueryHandler(ProposedList)
export class ProposedListHandler implements IQueryHandler<ProposedList> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ list }: ProposedList) {
    return this.readModels.read(claims, (rows) =>
      rows.query<Pick<ClaimRow, 'claim' | 'round' | 'enterprise' | 'office' | 'granted'>[]>(
        `SELECT claim, round, enterprise, office, granted FROM claim
         WHERE list = $1 AND state NOT IN ('withdrawn', 'not-supported') ORDER BY office, enterprise, claim`,
        [list],
      ),
    );
  }
}
