import type { Client } from 'pg';
import { KEPT } from './rows';

/**
 * The tables in which followers keep where they are: steps in order, each run once per database. A step that has
 * shipped is never edited; a change is a further step.
 */
const STEPS = [
  `-- Where each follower is, and who holds it. A view's row is named as its schema, a process's 'process:<name>'.
   CREATE TABLE projections.checkpoint (
     follower text PRIMARY KEY,
     view text,
     version int,
     filling int,
     -- Of a view: its own statements have been run, which is cheaper when the rows are there.
     completed boolean NOT NULL DEFAULT false,
     store text NOT NULL,
     position text,
     epoch bigint NOT NULL DEFAULT 0,
     holder uuid,
     -- A process performs nothing of what was due up to here.
     start_position text,
     start_time timestamptz,
     created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     retired_at timestamptz
   ) WITH (fillfactor = 50)`,
  `-- Which schema serves a version: the switch after a rebuild is the update of one row.
   CREATE TABLE projections.serving (
     view text,
     version int,
     schema text,
     PRIMARY KEY (view, version)
   )`,
  `-- The processes of the platform that are alive, by their heartbeat, and the versions of views that their code reads.
   CREATE TABLE projections.presence (
     id uuid PRIMARY KEY,
     beat timestamptz NOT NULL,
     views jsonb NOT NULL
   ) WITH (fillfactor = 50)`,
  `-- Events that could not be applied. 'stopping': the follower stands before it; 'parked': it went on without it.
   CREATE TABLE projections.parked (
     id uuid PRIMARY KEY,
     follower text NOT NULL,
     event_id uuid NOT NULL,
     stream text NOT NULL,
     revision bigint NOT NULL,
     type text NOT NULL,
     error text NOT NULL,
     state text NOT NULL CHECK (state IN ('stopping', 'parked', 'retry', 'skip', 'skipped')),
     parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     UNIQUE (follower, event_id)
   )`,
  `-- Appointments of processes. due NULL: at once. An outcome is a refusal's code or an error.
   CREATE TABLE projections.agenda (
     process text,
     key text,
     id uuid NOT NULL UNIQUE,
     task text NOT NULL,
     due timestamptz,
     event_id uuid NOT NULL,
     event_type text NOT NULL,
     correlation_id text NOT NULL,
     state text NOT NULL
       CHECK (state IN ('waiting', 'done', 'refused', 'parked', 'skipped', 'before-start')),
     attempts int NOT NULL DEFAULT 0,
     outcome text,
     changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     PRIMARY KEY (process, key)
   )`,
  `CREATE INDEX ON projections.agenda (process, due NULLS FIRST) WHERE state = 'waiting'`,
  `-- Which changes a kept table has been through.
   CREATE TABLE projections.kept_change (
     "table" text,
     number int,
     PRIMARY KEY ("table", number)
   )`,
] as const;

/** Held by whoever makes or changes tables; the number is this project's own and means nothing else. */
export const DDL_LOCK = 7302;

/**
 * Makes or completes the bookkeeping tables and the extensions. Safe beside other processes that start at the same
 * time.
 */
export async function prepareBookkeeping(client: Client, extensions: readonly string[]): Promise<void> {
  await client.query('BEGIN');
  await client.query('SELECT pg_advisory_xact_lock($1)', [DDL_LOCK]);
  await client.query(`CREATE SCHEMA IF NOT EXISTS projections; CREATE SCHEMA IF NOT EXISTS ${KEPT}`);
  await client.query('CREATE TABLE IF NOT EXISTS projections.step (number int PRIMARY KEY)');
  const { rows } = await client.query<{ number: number }>('SELECT number FROM projections.step');
  const taken = new Set(rows.map(({ number }) => number));
  for (const [number, step] of STEPS.entries()) {
    if (taken.has(number)) continue;
    await client.query(step);
    await client.query('INSERT INTO projections.step VALUES ($1)', [number]);
  }
  for (const extension of extensions) {
    await client.query(`CREATE EXTENSION IF NOT EXISTS "${extension}" WITH SCHEMA public`);
  }
  await client.query('COMMIT');
}
