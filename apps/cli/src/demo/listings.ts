import { Streams } from '@app/event-store';
import { listing, listingStream, TellListing, TellListingAsParty } from '@app/matching';
import type { DemoFirm } from './city';
import { Telling, until } from './telling';

/** Commands to one listing. */
export class Listings {
  private readonly streams = this.telling.app.get(Streams);

  constructor(private readonly telling: Telling) {}

  /** The deadline is kept by a process, as in life. */
  untilClosed(id: string): Promise<void> {
    return until(async () => {
      const { state } = await this.streams.load(listing, listingStream(id));
      return state?.phase !== 'quoting';
    }, `the close of ${id}`);
  }

  told(firm: DemoFirm, step: string, id: string, command: TellListing['command']): Promise<unknown> {
    return this.telling.tell(firm, step, (context) => new TellListing(id, command, context));
  }

  asParty(firm: DemoFirm, step: string, id: string, command: TellListingAsParty['command']): Promise<unknown> {
    return this.telling.tell(firm, step, (context) => new TellListingAsParty(id, command, context));
  }
}
