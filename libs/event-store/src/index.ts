// Owns the log: the port, its drivers, the loop load-decide-append, and the shapes in which events were ever written.
// Knows nothing of what the events mean.
export { MemoryEventStore } from './drivers/memory';
export { PostgresEventStore } from './drivers/postgres';
export { areEvents, defineEvents, EventCatalogue, joinEventCatalogues, MASK, maskSealed } from './event-catalogue';
export type { EventDeclaration, EventDeclarations } from './event-catalogue';
export {
  categoryOf,
  EventStore,
  EventTooLarge,
  ForeignPosition,
  LARGEST_APPEND,
  matches,
  StoreUnavailable,
  VersionConflict,
} from './event-store';
export type {
  Appended,
  CaughtUp,
  Checkpoint,
  Expected,
  Filter,
  Metadata,
  NewEvent,
  Position,
  Recorded,
} from './event-store';
export { Streams } from './streams';
export type { CommandContext, Committed, Written } from './streams';
export { UnknownSchema, Upcasters, UpcastingEventStore } from './upcasting';
export type { Upcaster } from './upcasting';
