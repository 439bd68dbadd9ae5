import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { SCHEMA, SCHEMA_VERSION } from '../schema.ts';

/** Makes the tables of the current version, with the identity of a new library; to be called in a transaction. */
export function makeTables(database: Database): void {
  database.exec(SCHEMA);
  database
    .prepare('INSERT INTO library (id, library_id, created_at) VALUES (1, ?, ?)')
    .run(randomUUID(), new Date().toISOString());
  database.pragma(`user_version = ${SCHEMA_VERSION}`);
}
