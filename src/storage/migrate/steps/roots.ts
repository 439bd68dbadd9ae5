import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { withoutEndingSlash } from '../../stored-roots.ts';
import type { MigrationState, MigrationStep } from '../migration-step.ts';

export const roots: MigrationStep = {
  name: 'roots',
  does: 'Takes over the roots, without rules, which nobody noted, and the folder of uploads.',
  run(database, state) {
    const insert = database.prepare('INSERT INTO roots (kind, path) VALUES (?, ?)');
    const paths = database.prepare('SELECT path FROM old_roots ORDER BY path').pluck().all() as string[];
    for (const path of paths) {
      insert.run('named', withoutEndingSlash(path));
    }
    const uploads = uploadsFolder(database, state);
    if (uploads !== null) {
      insert.run('uploads', withoutEndingSlash(uploads));
    }
    return 'done';
  },
};

/** Version 1 did not note it: uploads were in the library's own folder, if there were any. */
function uploadsFolder(database: Database, { fromVersion }: MigrationState): string | null {
  if (fromVersion > 1) {
    return database.prepare('SELECT uploads_folder FROM old_state').pluck().get() as string | null;
  }
  const folder = join(realpathSync(dirname(database.name)), 'uploads');
  const hasUploads = database
    .prepare('SELECT 1 FROM old_files WHERE path > ? AND path < ?')
    .get(`${folder}/`, `${folder}0`);
  return hasUploads === undefined ? null : folder;
}
