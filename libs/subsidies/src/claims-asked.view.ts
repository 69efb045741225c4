import { Clock, shanghaiDay } from '@app/kernel';
import { ReadModels } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { ActedOn } from './claim-persons.rules';
import { thawed } from './claim-rows.rules';
import type { ClaimStage } from './claim-story.rules';
import { ClaimNoticed, ClaimRow, claims, ClaimsOf, visible } from './claims.view';

// What others than the list ask of the rows of claims.

/** Whose a claim is, for those who may hear of it. */
export type PlacedClaim = Pick<ClaimRow, 'registration' | 'office' | 'isHiddenFromFirm'>;
export class ClaimPlace extends Query<PlacedClaim | undefined> {
  constructor(readonly claim: string) {
    super();
  }
}

@QueryHandler(ClaimPlace)
export class ClaimPlaceHandler implements IQueryHandler<ClaimPlace> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ claim: id }: ClaimPlace) {
    const found = await this.readModels.read(claims, (rows) =>
      rows.query<PlacedClaim[]>('SELECT registration, office, "isHiddenFromFirm" FROM claim WHERE claim = $1', [id]),
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
  'claim' | 'enterprise' | 'state' | 'offices' | 'deferredUntil' | 'recoveryState' | 'changedAt'
> & { readonly stage: ClaimStage | null; readonly dueOn: string | null; readonly acted: ActedOn };

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

  async execute({ whose }: ClaimsWaiting): Promise<WaitingClaim[]> {
    const where = visible(whose);
    const today = where.parameter(shanghaiDay(this.clock.now()));
    where.and(`(stage IS NOT NULL OR state IN ('offered', 'returned') OR "deferredUntil" IS NOT NULL)`);
    where.and(`(state <> 'on-notice' OR "openObjections" > 0 OR "standStillUntil" < ${today})`);
    const found = await this.readModels.read(claims, (rows) =>
      rows.query<WaitingClaim[]>(
        `SELECT claim, enterprise, state, stage, offices, "deferredUntil", "recoveryState", "changedAt",
           "deferredUntil" AS "dueOn",
           jsonb_build_object('acted', folded->'acted', 'holders', folded->'holders', 'payment', folded->'payment') acted
         FROM claim WHERE ${where.sql} ORDER BY "changedAt", claim LIMIT ${MOST_WAITING}`,
        where.values,
      ),
    );
    return found.map((row) => ({ ...row, acted: thawed(row.acted) }));
  }
}

/**
 * Claims that were proposed on an order, an invoice or the trade of a firm. Whether one is paid its own stream says: a row may
 * be a moment behind.
 */
export class ClaimsOn extends Query<string[]> {
  constructor(
    readonly on:
      | { readonly order: string }
      | { readonly invoice: string }
      | { readonly firm: string }
      /** Both of them. */
      | { readonly pair: readonly [lead: string, supplier: string] },
  ) {
    super();
  }
}

const TOUCHED = { order: 'orders', invoice: 'invoices', firm: 'firms', pair: 'firms' } as const;

@QueryHandler(ClaimsOn)
export class ClaimsOnHandler implements IQueryHandler<ClaimsOn, string[]> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ on }: ClaimsOn): Promise<string[]> {
    const [[kind, value]] = Object.entries(on) as [[keyof typeof TOUCHED, string | readonly string[]]];
    const found = await this.readModels.read(claims, (rows) =>
      rows.query<{ claim: string }[]>(`SELECT claim FROM claim WHERE "${TOUCHED[kind]}" @> $1::text[] ORDER BY claim`, [
        [value].flat(),
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

/** Registrations with a claim in a round that was not withdrawn. */
export class ClaimantsIn extends Query<ReadonlySet<string>> {
  constructor(readonly round: string) {
    super();
  }
}

@QueryHandler(ClaimantsIn)
export class ClaimantsInHandler implements IQueryHandler<ClaimantsIn> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ round }: ClaimantsIn): Promise<ReadonlySet<string>> {
    const found = await this.readModels.read(claims, (rows) =>
      rows.query<{ registration: string }[]>(
        `SELECT DISTINCT registration FROM claim WHERE round = $1 AND state <> 'withdrawn'`,
        [round],
      ),
    );
    return new Set(found.map(({ registration }) => registration));
  }
}

export type ProposedRow = Pick<
  ClaimRow,
  'claim' | 'round' | 'scheme' | 'version' | 'enterprise' | 'office' | 'state' | 'granted' | 'notices'
>;

/** The claims of one proposed list, by enterprise. */
export class ProposedList extends Query<ProposedRow[]> {
  constructor(readonly list: string) {
    super();
  }
}

@QueryHandler(ProposedList)
export class ProposedListHandler implements IQueryHandler<ProposedList> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ list }: ProposedList) {
    return this.readModels.read(claims, (rows) =>
      rows.query<ProposedRow[]>(
        `SELECT claim, round, scheme, version, enterprise, office, state, granted, notices FROM claim
         WHERE list = $1 AND state NOT IN ('withdrawn', 'not-supported') ORDER BY office, enterprise, claim`,
        [list],
      ),
    );
  }
}
