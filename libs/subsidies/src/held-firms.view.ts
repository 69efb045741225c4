import { EventStore, StoreUnavailable } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { Projection, ReadModels, rowFold } from '@app/projections';
import type { EnterpriseEvent } from '@app/registry';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { majorityHolders } from './majority-holders.rules';

type Stating = Extract<EnterpriseEvent, { type: 'RegistrationApplied' | 'FactsRecorded' }>;

@Entity('held_firm')
export class HeldFirmRow {
  /** `<holder>/<enterprise>`. */
  @PrimaryColumn('text') key: string;
  @Index() @Column('text') holder: string;
  @Column('text') enterprise: string;
}

/**
 * Firms that were ever stated to belong for more than a half to another, whatever became of it: only whom to look at. What held
 * on a day, as known at an instant, is folded from the firm's own stream.
 */
export const heldFirms: Projection<Stating> = {
  name: 'held-firms',
  version: 1,
  filter: { categories: ['enterprise'], types: ['RegistrationApplied', 'FactsRecorded'] },
  entities: [HeldFirmRow],
  apply: rowFold<Stating, HeldFirmRow>({
    entity: HeldFirmRow,
    keyColumn: 'key',
    keyOf: (event) => parentsIn(event).map((holder) => `${holder}/${firmOf(event)}`),
    fold: (_, event, key) => ({ key, holder: key.split('/', 1)[0]!, enterprise: firmOf(event) }),
  }),
};

const firmOf = ({ stream }: Pick<Recorded, 'stream'>): string => stream.slice('enterprise-'.length);

const parentsIn = (event: Recorded<Stating>): string[] =>
  majorityHolders(event.data.facts.holders ?? [], firmOf(event));

/** How long a question waits until the list has what was recorded when it was asked. */
const PATIENCE = 5_000;

/** Codes of firms that a firm may hold for more than a half. Throws StoreUnavailable where the list is behind. */
export class FirmsHeldBy extends Query<string[]> {
  constructor(readonly holder: string) {
    super();
  }
}

@QueryHandler(FirmsHeldBy)
export class FirmsHeldByHandler implements IQueryHandler<FirmsHeldBy, string[]> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly store: EventStore,
  ) {}

  async execute({ holder }: FirmsHeldBy): Promise<string[]> {
    const head = await this.store.head();
    if (head !== undefined && !(await this.readModels.reached(heldFirms, head, PATIENCE))) {
      throw new StoreUnavailable(`${heldFirms.name} is behind`);
    }
    const found = await this.readModels.read(heldFirms, (rows) =>
      rows.find(HeldFirmRow, { where: { holder }, order: { enterprise: 'ASC' } }),
    );
    return found.map(({ enterprise }) => enterprise);
  }
}
