// Owns one PostgreSQL server per data folder: its cluster, password and process, who starts it and who stops it.
// Knows nothing of events or tables, and is not used where DATABASE_URL names a server.
export { backUp, BackupExists } from './backup';
export { ensureDatabase } from './database';
export { type PrivilegeDrop, privilegeDrops } from './privileges';
export { type PostgresOptions, type PostgresServer, startPostgres } from './server';
