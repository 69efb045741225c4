import type { Recorded } from '@app/event-store';
import { rowFold } from '@app/projections';
import { enterprise as decider, factsAsOf, sizeAsOf, statementsOf } from '@app/registry';
import type { Enterprise, EnterpriseEvent, Registration } from '@app/registry';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where and what a firm was over some days, as it was known between two recordings; open ends are left out. */
export type KnownPlace = {
  readonly registration: string;
  readonly knownFrom: string;
  readonly knownUntil?: string;
  /** Days in Asia/Shanghai: from (included) and until (excluded). */
  readonly from: string;
  readonly until?: string;
  readonly area: string;
  readonly industry?: string;
  readonly size?: string;
};

type FoldedEnterprise = Pick<Enterprise, 'code' | 'imported'> & {
  readonly registrations: readonly (readonly [registration: string, known: Registration])[];
};

@Entity('firm_place')
export class FirmPlaceRow {
  @PrimaryColumn('text') enterprise: string;
  @Column('jsonb') places: readonly KnownPlace[];
  @Column('jsonb') folded: FoldedEnterprise;
}

export const foldPlaces = rowFold<EnterpriseEvent, FirmPlaceRow>({
  entity: FirmPlaceRow,
  keyColumn: 'enterprise',
  keyOf: ({ stream }) => (stream.startsWith('enterprise-') ? stream.slice('enterprise-'.length) : undefined),
  fold(row, event, enterprise) {
    const { folded = { code: '', imported: [], registrations: [] }, places = [] } = row ?? {};
    const before: Enterprise = {
      ...decider.initial,
      ...folded,
      registrations: new Map(folded.registrations),
    };
    const { code, imported, registrations } = decider.evolve(before, event);
    const after = { code, imported, registrations: [...registrations] };
    const known = after.registrations.flatMap(([registration]) =>
      spans({ ...before, imported, registrations }, registration),
    );
    return { enterprise, places: replaced(places, known, event), folded: after };
  },
});

type Span = Omit<KnownPlace, 'knownFrom' | 'knownUntil'>;

/** What held on which days, by all that is known of a registration now. */
function spans(state: Enterprise, registration: string): Span[] {
  const statements = statementsOf(state, registration);
  const days = [...new Set(statements.map(({ from }) => from))].sort();
  return days.flatMap((from, n) => {
    const { registeredAddress, industry } = factsAsOf(statements, from);
    if (!registeredAddress) return [];
    const until = days[n + 1];
    const size = sizeAsOf(statements, from);
    return [
      {
        registration,
        from,
        ...(until !== undefined && { until }),
        area: registeredAddress.area,
        ...(industry !== undefined && { industry }),
        ...(size !== undefined && { size }),
      },
    ];
  });
}

/** What is still known stays as it was; what is known no longer ends at the event, and what is new begins at it. */
function replaced(
  places: readonly KnownPlace[],
  known: readonly Span[],
  { metadata: { recordedAt } }: Recorded<EnterpriseEvent>,
): KnownPlace[] {
  const standing = places.filter(({ knownUntil }) => knownUntil === undefined);
  const isSame = (place: KnownPlace, span: Span): boolean => SPAN_KEYS.every((key) => place[key] === span[key]);
  const kept = places.map((place) =>
    place.knownUntil !== undefined || known.some((span) => isSame(place, span))
      ? place
      : { ...place, knownUntil: recordedAt },
  );
  const added = known.filter((span) => !standing.some((place) => isSame(place, span)));
  return [...kept, ...added.map((span) => ({ ...span, knownFrom: recordedAt }))];
}

const SPAN_KEYS = ['registration', 'from', 'until', 'area', 'industry', 'size'] as const;
