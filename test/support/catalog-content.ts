import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';

/** What a catalog of any version holds, as far as versions 1 to 3 have it in common; each list in one order. */
export interface CatalogContent {
  readonly models: readonly unknown[];
  /** Paths of named roots. */
  readonly roots: readonly unknown[];
  readonly pictures: readonly unknown[];
  /** Absolute path, size, time and picture. */
  readonly files: readonly unknown[];
  readonly failures: readonly unknown[];
  /** Picture, model, generation, and a digest of both vectors. */
  readonly vectors: readonly unknown[];
  readonly removed: readonly unknown[];
  readonly generation: unknown;
  /** The highest id that a picture ever had. */
  readonly lastPictureId: unknown;
}

const PICTURE =
  'id, lower(hex(content_hash)), size_bytes, format, width, height, taken_at, camera, latitude, longitude';

/** Of a catalog of version 1 or 2, by its own schema. */
export function oldContent(file: string): CatalogContent {
  return reading(file, (all) => ({
    models: all('SELECT id, key, manifest, active FROM models ORDER BY id'),
    roots: all('SELECT path FROM roots ORDER BY path'),
    pictures: all(`SELECT ${PICTURE} FROM pictures ORDER BY id`),
    files: all(
      `SELECT path, size_bytes, modified_ms, picture_id FROM files WHERE picture_id IS NOT NULL ORDER BY path`,
    ),
    failures: all(
      `SELECT path, size_bytes, modified_ms, failure_code, failure_message, failed_at,
         iif(failure_transient, 'next-run', 'changed') FROM files WHERE failure_code IS NOT NULL ORDER BY path`,
    ),
    vectors: all(
      'SELECT picture_id, model_id, generation, digest(cls), digest(gem) FROM descriptors ORDER BY 1, 2',
    ),
    removed: all('SELECT picture_id, generation FROM removed_pictures ORDER BY 1'),
    generation: all('SELECT generation FROM state'),
    lastPictureId: all(`SELECT seq FROM sqlite_sequence WHERE name = 'pictures'`),
  }));
}

const ABSOLUTE = `iif(f.path = '', r.path, r.path || '/' || f.path)`;

/** Of a catalog of version 3, by its own schema. */
export function newContent(file: string): CatalogContent {
  return reading(file, (all) => ({
    models: all(
      `SELECT m.id, m.key, m.manifest, s.active FROM models m JOIN spaces s ON s.model_id = m.id
       WHERE s.space_id = 'similar' ORDER BY m.id`,
    ),
    roots: all(`SELECT path FROM roots WHERE kind = 'named' ORDER BY path`),
    pictures: all(`SELECT ${PICTURE} FROM pictures ORDER BY id`),
    files: all(
      `SELECT ${ABSOLUTE}, f.size_bytes, f.modified_ms, f.picture_id
       FROM files f JOIN roots r ON r.id = f.root_id ORDER BY 1`,
    ),
    failures: all(
      `SELECT ${ABSOLUTE}, f.size_bytes, f.modified_ms, f.code, f.message, f.failed_at, f.retry
       FROM failures f JOIN roots r ON r.id = f.root_id ORDER BY 1`,
    ),
    vectors: all(
      `SELECT p.picture_id, c.model_id, c.generation, digest(c.vector), digest(g.vector)
       FROM vectors c JOIN vectors g ON g.part_id = c.part_id AND g.model_id = c.model_id
         AND g.generation = c.generation JOIN parts p ON p.id = c.part_id
       WHERE c.name = 'cls' AND g.name = 'gem' ORDER BY 1, 2`,
    ),
    removed: all('SELECT part_id, generation FROM removed_parts ORDER BY 1'),
    generation: all('SELECT coalesce(max(generation), 0) FROM commits'),
    lastPictureId: all(`SELECT seq FROM sqlite_sequence WHERE name = 'pictures'`),
  }));
}

function reading(file: string, read: (all: (sql: string) => unknown[]) => CatalogContent): CatalogContent {
  const database = new Database(file, { fileMustExist: true });
  try {
    database.function('digest', (blob) =>
      createHash('sha256')
        .update(blob as Buffer)
        .digest('hex'),
    );
    return read((sql) => database.prepare(sql).raw().all());
  } finally {
    database.close();
  }
}
