import { makeTables } from '../make-tables.ts';
import type { MigrationStep } from '../migration-step.ts';

const OLD_TABLES = ['state', 'models', 'roots', 'pictures', 'files', 'descriptors', 'removed_pictures'];

/** Names that new indexes need, or whose upkeep would be in vain. */
const OLD_INDEXES = [
  'one_active_model',
  'pictures_by_pixels',
  'files_by_picture',
  'files_failed',
  'descriptors_by_generation',
  'descriptors_by_picture',
];

export const start: MigrationStep = {
  name: 'start',
  does: 'Makes the file one of version 3, which older programs refuse; sets the old tables aside under names that begin with `old_`, makes the new ones, and sees to it that no id of a picture is ever given again.',
  run(database, { note }) {
    for (const index of OLD_INDEXES) {
      database.exec(`DROP INDEX ${index}`);
    }
    for (const table of OLD_TABLES) {
      database.exec(`ALTER TABLE ${table} RENAME TO old_${table}`);
    }
    makeTables(database);
    for (const table of ['pictures', 'parts']) {
      database
        .prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)')
        .run(table, note.lastPictureId);
    }
    return 'done';
  },
};
