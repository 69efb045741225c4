import type { Filter } from '@app/event-store';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type Projection, rowFold } from '@app/projections';

export type ListingFact =
  | { type: 'TestListingPublished'; data: { product: string; quantity: string; catalogue: string } }
  | { type: 'TestListingAmended'; data: { quantity: string } }
  | { type: 'TestListingCancelled'; data: object }
  | { type: 'TestQuestionAsked'; data: object }
  | { type: 'TestCatalogueClosed'; data: { catalogue: string } };

@Entity('listing')
export class ListingRow {
  @PrimaryColumn('text') listing: string;
  @Column('text') product: string;
  @Column('numeric') quantity: string;
  @Index() @Column('text') catalogue: string;
  @Column('text') state: 'quoting' | 'closed';
  @Column('integer') changes: number;
  @Column('timestamptz') publishedAt: Date;
  @Column('text', { array: true }) words: string[];
  @Column('jsonb') terms: { unit: string };
  @Column('text', { nullable: true }) remark: string | null;
}

const filter: Filter = { categories: ['listing', 'catalogue'] };

/** A view like the real ones, for tests of the machinery. */
export const openListings: Projection<ListingFact> = {
  name: 'open-listings',
  version: 1,
  filter,
  entities: [ListingRow],
  extensions: ['pg_trgm'],
  ddl: ['CREATE INDEX ON listing USING gin (words)', 'CREATE INDEX ON listing USING gin (product public.gin_trgm_ops)'],
  apply: rowFold<ListingFact, ListingRow>({
    entity: ListingRow,
    keyColumn: 'listing',
    keyOf: ({ stream }) => (stream.startsWith('listing-') ? stream.slice('listing-'.length) : undefined),
    related: {
      column: 'catalogue',
      valueOf: (event) => (event.type === 'TestCatalogueClosed' ? event.data.catalogue : undefined),
    },
    fold(row, event, listing) {
      switch (event.type) {
        case 'TestListingPublished': {
          const { product, quantity, catalogue } = event.data;
          // A product that cannot be is how tests make a poison event.
          if (product === 'poison') throw new Error(`no product at 12.34`);
          return {
            listing,
            product,
            quantity,
            catalogue,
            state: 'quoting',
            changes: 0,
            publishedAt: new Date(event.metadata.recordedAt),
            words: [...product],
            terms: { unit: 'C62' },
            remark: null,
          };
        }
        case 'TestListingAmended':
          return row && { ...row, quantity: event.data.quantity, changes: row.changes + 1 };
        case 'TestCatalogueClosed':
          return row && { ...row, state: 'closed' };
        case 'TestListingCancelled':
          return undefined;
        case 'TestQuestionAsked':
          return row;
      }
    },
  }),
};
