import type { Database } from 'better-sqlite3';
import type { ContentNote } from './content-note.ts';

/** Where a migration is: the only row of the table `migration`, which is there as long as one is under way. */
export interface MigrationState {
  readonly fromVersion: number;
  /** Name of the step that is next or under way. */
  readonly step: string;
  /** The last row that the step has moved, by the key that it goes by; null at its beginning. */
  readonly after: string | number | null;
  /** Rows that the step has gone through. */
  readonly moved: number;
  /** File name of the backup, in the catalog's folder. */
  readonly backup: string;
  /** What the catalog held when the migration began. */
  readonly note: ContentNote;
}

/** What a piece of a step brought about: `done` when nothing of the step is left. */
export type Piece = 'done' | Required<Pick<MigrationState, 'after' | 'moved'>>;

/** A part of a migration, done in pieces: each is one transaction, so that one that was interrupted is as not begun. */
export interface MigrationStep {
  readonly name: string;
  /** One sentence. */
  readonly does: string;
  /** The old table that it goes through. */
  readonly table?: string;
  /** Does the next piece, inside a transaction. */
  run(database: Database, state: MigrationState): Piece;
}

/** Rows of a piece: some megabytes of journal, and many times the work that committing it is. */
export const PIECE_ROWS = 2_000;
