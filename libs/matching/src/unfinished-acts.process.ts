import type { CommandContext, Recorded } from '@app/event-store';
import { Streams } from '@app/event-store';
import { instantText, instantTime } from '@app/kernel';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { catalogue } from './catalogue.decider';
import type { CatalogueEvent } from './catalogue.decider';
import { catalogueStream } from './catalogue.handlers';
import { listing } from './listing.decider';
import type { ListingEvent } from './listing.decider';
import { listingStream } from './listing.handlers';
import { FinishPublication } from './publication.handlers';
import { FinishRepublishing } from './republishing.handlers';

/** `started`: the command that began it. Gone on with under its own ids, each step is done once, whoever does it. */
type Task = { readonly started: CommandContext } & (
  | { readonly do: 'publish-catalogue'; readonly catalogue: string }
  | { readonly do: 'republish'; readonly successor: string }
);

/** By then the request that began it has ended, or never will. */
const LATER = 60_000;

/** Acts over several streams whose request died half way: a catalogue's publication, a cancel-and-republish. */
@Injectable()
export class UnfinishedActsProcess implements Process<CatalogueEvent | ListingEvent, Task> {
  readonly name = 'unfinished-acts';
  readonly filter = {
    categories: ['catalogue', 'listing'],
    types: [
      'CataloguePublicationStarted',
      'CataloguePublished',
      'CatalogueDiscarded',
      'CatalogueVoided',
      'ListingCancelled',
    ],
  };

  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {}

  react(event: Recorded<CatalogueEvent | ListingEvent>): Planned<Task>[] {
    const { stream } = event;
    switch (event.type) {
      case 'CataloguePublicationStarted': {
        const task = { do: 'publish-catalogue', catalogue: stream.slice('catalogue-'.length) } as const;
        return [{ do: stream, at: later(event.data.at), task: { ...task, started: commandOf(event) } }];
      }
      case 'CataloguePublished':
      case 'CatalogueDiscarded':
      case 'CatalogueVoided':
        return [{ drop: stream }];
      case 'ListingCancelled': {
        const { replacedBy: successor, at } = event.data;
        if (successor === undefined) return [];
        return [{ do: stream, at: later(at), task: { do: 'republish', successor, started: commandOf(event) } }];
      }
      default:
        return [];
    }
  }

  async perform(task: Task): Promise<unknown> {
    const { started } = task;
    const account = started.actor.replace(/^account:/, '');
    if (task.do === 'publish-catalogue') {
      const { state } = await this.streams.load(catalogue, catalogueStream(task.catalogue));
      if (!state || state.pending.size === 0) return undefined;
      return this.commands.execute(new FinishPublication(task.catalogue, account, started));
    }
    const { state } = await this.streams.load(listing, listingStream(task.successor));
    if (state?.phase !== 'draft') return undefined;
    return this.commands.execute(new FinishRepublishing(task.successor, { by: state.lead, account }, started));
  }
}

const later = (at: string): string => instantText(instantTime(at) + LATER);

function commandOf({ metadata }: Recorded): CommandContext {
  const { commandId, commandHash, actor, enterprise, correlationId, causationId } = metadata;
  return { commandId, commandHash, actor, enterprise, correlationId, causationId };
}
