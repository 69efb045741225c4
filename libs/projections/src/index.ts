// Owns how the log is followed: views with their versions and checkpoints, processes with their agenda, kept tables,
// and who runs them. Knows nothing of what the events mean.
export { KeptTableDiffers, KeptTables } from './kept-tables';
export type { KeptTable } from './kept-tables';
export { FollowerTracing } from './follower-tracing';
export type { TracedTask } from './follower-tracing';
export { Followers, UnknownView } from './followers';
export type { FollowerStatus, RebuildProgress } from './followers';
export { Conditions, listed, MOST_COUNTED, orderNames } from './listed';
export type { Listed, ListPlace, ListWanted, OrderOf, Orders, Tally } from './listed';
export { LiveChanges } from './live-changes';
export type { LiveChange } from './live-changes';
export { MoveHindered, MovingFollowers } from './moving-followers';
export type { Parked } from './parked-events';
export type { AnyProcess, Planned, Process } from './process';
export type { AnyProjection, EntityClass, Projection } from './projection';
export { ProjectionsModule } from './projections.module';
export { ReadModels } from './read-models';
export { rowFold } from './row-fold';
export type { RowFold } from './row-fold';
