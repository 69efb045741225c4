import type { Actor } from '@app/auth';
import { Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ListingRow, ListingsById, seesPage } from './listings.view';
import { Readers } from './readers.handlers';
import type { Reader } from './visibility.rules';

/** Listings under the row rule, for every page that begins with one. */
@Injectable()
export class ListingPages {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
  ) {}

  async row(listing: string): Promise<ListingRow | undefined> {
    return (await this.queries.execute(new ListingsById([listing]))).get(listing);
  }

  /**
   * The listing, or Refused `listing-unknown`. A confirmed firm that must pledge first hears that, as it does from the
   * listing's own rules.
   */
  async seen(listing: string, actor: Actor | undefined): Promise<ListingRow> {
    const [row, reader] = await Promise.all([this.row(listing), this.readers.of(actor)]);
    if (row && seesPage(row, reader)) return row;
    if (row && isAskedToPledge(row, reader)) throw new Refused('pledge-missing');
    throw new Refused('listing-unknown');
  }

  async sees(listing: string, actor: Actor | undefined): Promise<boolean> {
    const [row, reader] = await Promise.all([this.row(listing), this.readers.of(actor)]);
    return row !== undefined && seesPage(row, reader);
  }

  isLead({ leadRegistration }: ListingRow, actor: Actor | undefined): boolean {
    return actor?.party?.registration === leadRegistration;
  }

  /** The asker's own listing; another's is as unknown as none. */
  async own(listing: string, actor: Actor): Promise<ListingRow> {
    const row = await this.row(listing);
    if (!row || !this.isLead(row, actor)) throw new Refused('listing-unknown');
    return row;
  }
}

const isAskedToPledge = ({ publishedAt, visibility }: ListingRow, { firm }: Reader): boolean =>
  publishedAt !== null && visibility === 'pledge' && firm?.isConfirmed === true;
