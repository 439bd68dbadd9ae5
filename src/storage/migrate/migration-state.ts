import type { Database } from 'better-sqlite3';
import type { ContentNote } from './content-note.ts';
import type { MigrationState } from './migration-step.ts';

/** Makes the table and its row; to be called in the transaction that does the first piece. */
export function createMigrationState(database: Database, first: MigrationState): void {
  database.exec(`
    CREATE TABLE migration (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      from_version INTEGER NOT NULL,
      step TEXT NOT NULL,
      after ANY,
      moved INTEGER NOT NULL,
      backup TEXT NOT NULL,
      note TEXT NOT NULL
    ) STRICT`);
  database
    .prepare(
      `INSERT INTO migration (id, from_version, step, after, moved, backup, note)
       VALUES (1, @fromVersion, @step, @after, @moved, @backup, @note)`,
    )
    .run({ ...first, note: JSON.stringify(first.note) });
}

/** Null when no migration is under way. */
export function readMigrationState(database: Database): MigrationState | null {
  const isThere =
    database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'migration'`).get() !== undefined;
  if (!isThere) {
    return null;
  }
  const row = database
    .prepare('SELECT from_version AS fromVersion, step, after, moved, backup, note FROM migration')
    .get() as Omit<MigrationState, 'note'> & { note: string };
  return { ...row, note: JSON.parse(row.note) as ContentNote };
}

export function writeMigrationState(
  database: Database,
  state: Pick<MigrationState, 'step' | 'after' | 'moved'>,
): void {
  database.prepare('UPDATE migration SET step = @step, after = @after, moved = @moved').run(state);
}
