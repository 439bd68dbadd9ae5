import { join } from 'node:path';
import Database from 'better-sqlite3';

/** One file of a library: its bytes' hash and its picture's descriptor, or why it failed. */
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
        `SELECT f.path, hex(p.content_hash) AS contentHash, hex(d.cls) AS cls, hex(d.gem) AS gem, f.failure_code AS failure
         FROM files f LEFT JOIN pictures p ON p.id = f.picture_id LEFT JOIN descriptors d ON d.picture_id = p.id
         ORDER BY f.path`,
      )
      .all() as CatalogLine[];
  } finally {
    database.close();
  }
}

/** The CLS embeddings of a library, by ascending id. */
export function readEmbeddings(library: string): Array<{ id: number; cls: number[] }> {
  const database = new Database(join(library, 'catalog.sqlite'), { readonly: true });
  try {
    const rows = database.prepare('SELECT picture_id AS id, cls FROM descriptors ORDER BY picture_id').all();
    return (rows as Array<{ id: number; cls: Buffer }>).map(({ id, cls }) => ({
      id,
      cls: [...new Float32Array(new Uint8Array(cls).buffer)],
    }));
  } finally {
    database.close();
  }
}
