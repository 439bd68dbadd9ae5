import type { Database } from 'better-sqlite3';
import { prepared } from './prepared.ts';

export function currentGeneration(database: Database): number {
  return prepared(database, 'SELECT generation FROM state').pluck().get() as number;
}

/** To be called inside the transaction whose changes it numbers. */
export function nextGeneration(database: Database): number {
  return database
    .prepare('UPDATE state SET generation = generation + 1 RETURNING generation')
    .pluck()
    .get() as number;
}
