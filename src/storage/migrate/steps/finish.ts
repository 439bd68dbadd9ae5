import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MigrationStep } from '../migration-step.ts';

export const finish: MigrationStep = {
  name: 'finish',
  does: 'Drops the old tables, and notes the name of the backup for who will remove it.',
  run(database, { backup }) {
    const old = database
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'old\\_%' ESCAPE '\\'`)
      .pluck()
      .all() as string[];
    for (const table of [...old, 'migration']) {
      database.exec(`DROP TABLE ${table}`);
    }
    if (existsSync(join(dirname(database.name), backup))) {
      database.prepare('UPDATE library SET backup = ?').run(backup);
    }
    return 'done';
  },
};
