import { Clock, newId, SetClock } from '@app/kernel';
import { MemoryEventStore } from './drivers/memory';
import { EventCatalogue, EventDeclarations, joinEventCatalogues } from './event-catalogue';
import { EventStore } from './event-store';
import { CommandContext, Streams } from './streams';

/** Ten in the morning of 10 February 2020 in Asia/Shanghai. */
export const TEN_O_CLOCK = Date.UTC(2020, 1, 10, 2);

/** Takes every event type in its first shape: for tests of one decider, which need no catalogue. */
class UndeclaredEvents extends EventCatalogue {
  constructor() {
    super(new Map());
  }

  override schemaOf(): number {
    return 1;
  }
}

/** Streams over a fresh log in memory. Without declarations every event type is taken with schema 1. */
export function memoryStreams(
  clock: Clock = new SetClock(TEN_O_CLOCK),
  ...events: EventDeclarations[]
): { streams: Streams; store: EventStore; clock: Clock; catalogue: EventCatalogue } {
  const store = new MemoryEventStore();
  const catalogue = events.length > 0 ? joinEventCatalogues(...events) : new UndeclaredEvents();
  return { streams: new Streams(store, clock, catalogue), store, clock, catalogue };
}

/** A context with a new commandId; what the test is about is given. */
export function commandContext(given: Partial<CommandContext> = {}): CommandContext {
  const commandId = given.commandId ?? newId();
  return {
    commandId,
    commandHash: 'a'.repeat(64),
    actor: 'account:test',
    enterprise: '',
    correlationId: commandId,
    causationId: commandId,
    ...given,
  };
}
