import { join } from 'node:path';
import Database from 'better-sqlite3';

/** One file of a library: its bytes' hash and its picture's vectors by a model, and why it failed since. */
export interface CatalogLine {
  readonly path: string;
  readonly contentHash: string | null;
  readonly cls: string | null;
  readonly gem: string | null;
  readonly failure: string | null;
}

/** All that must be equal between two libraries of the same files, in path order, read past the program. */
export function readCatalog(library: string): CatalogLine[] {
  const database = new Database(join(library, 'catalog.sqlite'), { readonly: true });
  try {
    return database
      .prepare(
        `WITH indexed AS (
           SELECT rtrim(r.path || '/' || f.path, '/') AS path, hex(p.content_hash) AS contentHash,
             hex(c.vector) AS cls, hex(g.vector) AS gem
           FROM files f JOIN roots r ON r.id = f.root_id JOIN pictures p ON p.id = f.picture_id
             JOIN parts ON parts.picture_id = p.id AND parts.kind = 'whole'
             LEFT JOIN vectors c ON c.part_id = parts.id AND c.name = 'cls'
             LEFT JOIN vectors g ON g.part_id = parts.id AND g.name = 'gem' AND g.model_id = c.model_id),
         failed AS (
           SELECT rtrim(r.path || '/' || f.path, '/') AS path, f.code
           FROM failures f JOIN roots r ON r.id = f.root_id)
         SELECT coalesce(indexed.path, failed.path) AS path, contentHash, cls, gem, failed.code AS failure
         FROM indexed FULL JOIN failed ON failed.path = indexed.path ORDER BY 1, cls`,
      )
      .all() as CatalogLine[];
  } finally {
    database.close();
  }
}

/** The vectors of a name in a library of one model, by ascending id of their pictures. */
export function readVectors(library: string, name: string): Array<{ id: number; vector: number[] }> {
  const database = new Database(join(library, 'catalog.sqlite'), { readonly: true });
  try {
    const rows = database
      .prepare(`SELECT p.picture_id AS id, v.vector FROM vectors v JOIN parts p ON p.id = v.part_id
         WHERE v.name = ? ORDER BY p.picture_id`)
      .all(name);
    return (rows as Array<{ id: number; vector: Buffer }>).map(({ id, vector }) => ({
      id,
      vector: [...new Float32Array(new Uint8Array(vector).buffer)],
    }));
  } finally {
    database.close();
  }
}

/** The id of the picture in every file, by the file's path below its root. */
export function readIds(library: string): Record<string, number> {
  const database = new Database(join(library, 'catalog.sqlite'), { readonly: true });
  try {
    const rows = database.prepare('SELECT path, picture_id AS id FROM files ORDER BY path').all();
    return Object.fromEntries(
      (rows as Array<{ path: string; id: number }>).map(({ path, id }) => [path, id]),
    );
  } finally {
    database.close();
  }
}
