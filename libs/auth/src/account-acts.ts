import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { Actor } from './actor';
import { AccountActRow, LookRow } from './record.table';

/** What can happen to accounts; the label of each stands under `account-act`. */
export type Act =
  | 'account-made'
  | 'account-deactivated'
  | 'account-erased'
  | 'signed-in'
  | 'sign-in-failed'
  | 'signed-out'
  | 'signed-out-everywhere'
  | 'password-set'
  | 'mobile-verified'
  | 'password-link-made'
  | 'role-proposed'
  | 'role-confirmed'
  | 'role-ended'
  | 'member-invited'
  | 'invitation-ended'
  | 'member-joined'
  | 'member-changed'
  | 'member-ended'
  | 'api-token-made'
  | 'api-token-ended'
  | 'personal-data-erased';

/** How an asker is named in records and events: `account:<id>`, or `nobody` before sign-in. */
export const actorName = (actor: Actor | undefined): string => (actor ? `account:${actor.account}` : 'nobody');

/** The record of security-relevant acts, which only grows and which the auditor reads. */
@Injectable()
export class AccountActs {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** In the caller's transaction, so that no act stands without its record. Details never hold a secret or a name. */
  async record(
    rows: EntityManager,
    act: { actor: string; act: Act; account?: string; detail?: Readonly<Record<string, string>> },
  ): Promise<void> {
    const { account = null, detail = {} } = act;
    await rows.insert(AccountActRow, { at: new Date(this.clock.now()), ...act, account, detail });
  }

  /** Newest first; `before` is the number of the last one seen. */
  latest(before: string | undefined, most: number): Promise<AccountActRow[]> {
    return newestFirst(this.db, AccountActRow, before, most);
  }
}

/** What is looked at under record: a losing price after the close, an export, a guarded row of another kind. */
export type LookKind = 'losing-price' | 'export' | 'asker' | 'superseded-terms' | 'personal-data' | 'claim';

/** The record of looks at guarded data. A view that needs a reason records first and shows afterwards. */
@Injectable()
export class Looks {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** `subject`: a stream or route, e.g. `listing-<id>`; `reason`: the officer's words, or for an export its filter. */
  async record(actor: Actor, look: { kind: LookKind; subject: string; reason: string }): Promise<void> {
    await this.db.manager.insert(LookRow, {
      at: new Date(this.clock.now()),
      actor: actorName(actor),
      enterprise: actor.party?.enterprise ?? '',
      ...look,
    });
  }

  latest(before: string | undefined, most: number): Promise<LookRow[]> {
    return newestFirst(this.db, LookRow, before, most);
  }

  /** Looks at any of these subjects, newest first. */
  about(subjects: readonly string[], most: number): Promise<LookRow[]> {
    return this.db.manager
      .createQueryBuilder(LookRow, 'row')
      .where('row.subject = ANY(:subjects)', { subjects })
      .orderBy('row.number', 'DESC')
      .limit(most)
      .getMany();
  }
}

function newestFirst<Row extends AccountActRow | LookRow>(
  db: DataSource,
  entity: new () => Row,
  before: string | undefined,
  most: number,
): Promise<Row[]> {
  const query = db.manager.createQueryBuilder(entity, 'row').orderBy('row.number', 'DESC').limit(most);
  return (before === undefined ? query : query.where('row.number < :before', { before })).getMany();
}
