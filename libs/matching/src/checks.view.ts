import type { Recorded } from '@app/event-store';
import { Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, EntityManager, Index, PrimaryColumn } from 'typeorm';
import type { CheckCause, CheckFile, CheckResult, CheckSide, Commitment, MatchEvent, Officer } from './match.decider';

/** A statement of a firm or a finding of an officer; its words stand in the vault. */
export type CheckEntry = {
  readonly entry: string;
  readonly text: Commitment;
  readonly attachments: readonly CheckFile[];
  readonly at: string;
} & ({ readonly kind: 'statement'; readonly side: CheckSide } | { readonly kind: 'finding'; readonly by: Officer });

export type CheckAsking = {
  readonly sides: readonly CheckSide[];
  readonly text?: Commitment;
  readonly answerBy?: string;
  readonly by: Officer;
  readonly at: string;
};

@Entity('match_check')
@Index(['openedAt', 'key'])
export class CheckRow {
  /** Match and check. */
  @PrimaryColumn('text') key: string;
  @Column('text') check: string;
  @Index() @Column('text') match: string;
  @Column('text') listing: string;
  @Index() @Column('text') lead: string;
  @Index() @Column('text') leadRegistration: string;
  @Index() @Column('text') supplier: string;
  @Index() @Column('text') supplierRegistration: string;
  @Column('text') state: 'open' | CheckResult;
  @Column('jsonb') cause: CheckCause;
  @Column('jsonb') openedBy: Officer;
  @Column('text') openedAt: string;
  @Column('text', { array: true }) asked: CheckSide[];
  @Column('jsonb') askings: readonly CheckAsking[];
  @Column('jsonb') entries: readonly CheckEntry[];
  @Column('jsonb', { nullable: true }) conclusion: { text: Commitment; by: Officer; at: string } | null;
}

/** 核查: one row a check, with who was asked what and what was found. */
export const checks: Projection<MatchEvent> = {
  name: 'checks',
  version: 1,
  filter: { categories: ['match'] },
  entities: [CheckRow],
  apply: rowFold<MatchEvent, CheckRow>({
    entity: CheckRow,
    keyColumn: 'key',
    keyOf: ({ stream, data }) => `${stream.slice('match-'.length)}/${data.check}`,
    fold: checkRow,
  }),
};

function checkRow(row: CheckRow | undefined, event: Recorded<MatchEvent>, key: string): CheckRow | undefined {
  if (event.type === 'CheckOpened') {
    const { check, match, listing, lead, supplier, cause, by, at } = event.data;
    return {
      key,
      check,
      match,
      listing,
      lead: lead.enterprise,
      leadRegistration: lead.registration,
      supplier: supplier.enterprise,
      supplierRegistration: supplier.registration,
      state: 'open',
      cause,
      openedBy: by,
      openedAt: at,
      asked: [],
      askings: [],
      entries: [],
      conclusion: null,
    };
  }
  if (!row) return row;
  switch (event.type) {
    case 'StatementsAsked': {
      const { sides, text, answerBy, by, at } = event.data;
      return { ...row, asked: [...row.asked, ...sides], askings: [...row.askings, { sides, text, answerBy, by, at }] };
    }
    case 'StatementGiven': {
      const { statement, side, text, attachments, at } = event.data;
      return {
        ...row,
        entries: [...row.entries, { kind: 'statement', entry: statement, side, text, attachments, at }],
      };
    }
    case 'FindingAttached': {
      const { finding, by, text, attachments, at } = event.data;
      return { ...row, entries: [...row.entries, { kind: 'finding', entry: finding, by, text, attachments, at }] };
    }
    case 'CheckConcluded': {
      const { result, text, by, at } = event.data;
      return { ...row, state: result, conclusion: { text, by, at } };
    }
  }
}

/** Whose checks: an office's (of the whole city, or with a firm among these), or those that one firm was asked about. */
export type ChecksOf = { readonly among?: readonly string[] } | { readonly registration: string };

/** The latest first, `after` the one whose opening and key are given. */
export class Checks extends Query<CheckRow[]> {
  constructor(
    readonly whose: ChecksOf,
    readonly asked: { readonly match?: string; readonly state?: CheckRow['state']; readonly enterprise?: string },
    readonly limit: number,
    readonly after?: readonly [openedAt: string, key: string],
  ) {
    super();
  }
}

@QueryHandler(Checks)
export class ChecksHandler implements IQueryHandler<Checks> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ whose, asked, limit, after }: Checks): Promise<CheckRow[]> {
    return this.readModels.read(checks, (view) => {
      const query = visible(view, whose);
      if (asked.match !== undefined) query.andWhere('row.match = :match', asked);
      if (asked.state !== undefined) query.andWhere('row.state = :state', asked);
      if (asked.enterprise !== undefined) query.andWhere('(:enterprise IN (row.lead, row.supplier))', asked);
      if (after) query.andWhere('(row.openedAt, row.key) < (:at, :key)', { at: after[0], key: after[1] });
      return query.orderBy({ 'row.openedAt': 'DESC', 'row.key': 'DESC' }).limit(limit).getMany();
    });
  }
}

export class CheckById extends Query<CheckRow | undefined> {
  constructor(
    readonly whose: ChecksOf,
    readonly match: string,
    readonly check: string,
  ) {
    super();
  }
}

@QueryHandler(CheckById)
export class CheckByIdHandler implements IQueryHandler<CheckById> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ whose, match, check }: CheckById): Promise<CheckRow | undefined> {
    return this.readModels.read(
      checks,
      async (view) =>
        (await visible(view, whose)
          .andWhere({ key: `${match}/${check}` })
          .getOne()) ?? undefined,
    );
  }
}

/** Whether a file belongs to a statement or finding of a check that this office supervises. */
export class SeesCheckFile extends Query<boolean> {
  constructor(
    readonly whose: Exclude<ChecksOf, { registration: string }>,
    readonly attachment: string,
  ) {
    super();
  }
}

@QueryHandler(SeesCheckFile)
export class SeesCheckFileHandler implements IQueryHandler<SeesCheckFile> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ whose, attachment }: SeesCheckFile): Promise<boolean> {
    const named = JSON.stringify([{ attachments: [{ id: attachment }] }]);
    return this.readModels.read(checks, (view) =>
      visible(view, whose).andWhere('row.entries @> :named::jsonb', { named }).getExists(),
    );
  }
}

/** A firm learns of a check when it is asked, and of nothing that the office asks the other side. */
function visible(view: EntityManager, whose: ChecksOf) {
  const query = view.createQueryBuilder(CheckRow, 'row').where('true');
  if ('registration' in whose) {
    const asked = [
      `(row.leadRegistration = :registration AND 'lead' = ANY(row.asked))`,
      `(row.supplierRegistration = :registration AND 'supplier' = ANY(row.asked))`,
    ];
    return query.andWhere(`(${asked.join(' OR ')})`, whose);
  }
  const { among } = whose;
  if (among !== undefined) query.andWhere('(row.lead = ANY(:among) OR row.supplier = ANY(:among))', { among });
  return query;
}
