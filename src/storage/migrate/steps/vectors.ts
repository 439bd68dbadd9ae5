import { type MigrationStep, PIECE_ROWS } from '../migration-step.ts';

export const vectors: MigrationStep = {
  name: 'vectors',
  does: 'Moves the vectors `cls` and `gem` of each descriptor into rows of their own, byte by byte, and removes the moved ones in the same transaction, so that their space is used again.',
  table: 'descriptors',
  run(database, { moved }) {
    const last = database
      .prepare('SELECT max(rowid) FROM (SELECT rowid FROM old_descriptors ORDER BY rowid LIMIT ?)')
      .pluck()
      .get(PIECE_ROWS) as number | null;
    if (last === null) {
      return 'done';
    }
    for (const name of ['cls', 'gem']) {
      database
        .prepare(
          `INSERT INTO vectors (part_id, model_id, name, generation, vector)
           SELECT picture_id, model_id, '${name}', generation, ${name} FROM old_descriptors
           WHERE rowid <= ? ORDER BY rowid`,
        )
        .run(last);
    }
    const { changes } = database.prepare('DELETE FROM old_descriptors WHERE rowid <= ?').run(last);
    return { after: last, moved: moved + changes };
  },
};
