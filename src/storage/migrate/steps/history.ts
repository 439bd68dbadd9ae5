import { randomBytes } from 'node:crypto';
import type { MigrationStep } from '../migration-step.ts';

const TOKEN_BYTES = 8;

export const history: MigrationStep = {
  name: 'history',
  does: 'Takes over which pictures were removed when, and the number of the last commit.',
  run(database, { note }) {
    database.exec(
      'INSERT INTO removed_parts (part_id, generation) SELECT picture_id, generation FROM old_removed_pictures',
    );
    if (note.generation > 0) {
      database
        .prepare('INSERT INTO commits (generation, token) VALUES (?, ?)')
        .run(note.generation, randomBytes(TOKEN_BYTES));
    }
    return 'done';
  },
};
