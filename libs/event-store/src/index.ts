// Owns the log: the port, its drivers, the loop load-decide-append, and the shapes in which events were ever written.
// Knows nothing of what the events mean.
export { MemoryEventStore } from './drivers/memory';
export { BadEventStoreUrl, EventStoreRefused, EventStoreUnreachable } from './drivers/eventstoredb-refusals';
export { parseEventStoreUrl } from './drivers/eventstoredb-url';
export { PostgresEventStore } from './drivers/postgres';
export { areEvents, defineEvents, EventCatalogue, joinEventCatalogues, MASK, maskSealed } from './event-catalogue';
export type { EventDeclaration, EventDeclarations } from './event-catalogue';
export { eventHash } from './event-hash';
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
export { FollowerMoved, LogsDiffer } from './log-comparison';
export type { LogSum } from './log-comparison';
export { LogSealed, UnfinishedCopy } from './log-mark';
export type { LogKind, LogMark, LogName } from './log-mark';
export type { MovableLog } from './movable-log';
export { giveUpMove, moveLog, MoveRefused, prepareMove } from './move-log';
export type { Move, Moved, MovedFollowers, MoveStep } from './move-log';
export { openEventStore } from './open-event-store';
export { openMovableLog, UnknownLogUrl } from './open-movable-log';
export { Streams } from './streams';
export type { CommandContext, Committed, Written } from './streams';
export { UnknownSchema, Upcasters, UpcastingEventStore } from './upcasting';
export type { Upcaster } from './upcasting';
