import { type MigrationStep, PIECE_ROWS } from '../migration-step.ts';

export const pictures: MigrationStep = {
  name: 'pictures',
  does: 'Copies pictures with their ids, but for pixel hashes, which were made from 8 bits of the first frame; each gets one part, its whole, with the id of the picture.',
  table: 'pictures',
  run(database, { after, moved }) {
    const range = { after: after ?? 0, rows: PIECE_ROWS };
    const last = database
      .prepare('SELECT max(id) FROM (SELECT id FROM old_pictures WHERE id > @after ORDER BY id LIMIT @rows)')
      .pluck()
      .get(range) as number | null;
    if (last === null) {
      return 'done';
    }
    const { changes } = database
      .prepare(
        `INSERT INTO pictures (id, content_hash, size_bytes, format, width, height, taken_at, camera, latitude, longitude)
         SELECT id, content_hash, size_bytes, format, width, height, taken_at, camera, latitude, longitude
         FROM old_pictures WHERE id > ? AND id <= ? ORDER BY id`,
      )
      .run(range.after, last);
    database
      .prepare(
        `INSERT INTO parts (id, picture_id, kind)
         SELECT id, id, 'whole' FROM old_pictures WHERE id > ? AND id <= ? ORDER BY id`,
      )
      .run(range.after, last);
    return { after: last, moved: moved + changes };
  },
};
