import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { formatManifest, type IndexManifest } from '../../src/vector-index/index-manifest.ts';

/**
 * Makes a closed library one of an older version of the program, which prepared pictures otherwise: its vectors and
 * indexes are filed under other keys of the same models.
 */
export function ageLibrary(library: string): void {
  const database = new Database(join(library, 'catalog.sqlite'));
  try {
    const keys = database.prepare('SELECT key FROM models').pluck().all() as string[];
    for (const key of keys) {
      const older = createHash('sha256').update(`older ${key}`).digest('hex');
      database.prepare('UPDATE models SET key = ? WHERE key = ?').run(older, key);
      for (const space of ['similar', 'copy']) {
        renameIndex(library, space, key, older);
      }
    }
  } finally {
    database.close();
  }
}

function renameIndex(library: string, space: string, key: string, older: string): void {
  const folderOf = (modelKey: string) => join(library, 'indexes', `${space}-${modelKey.slice(0, 12)}`);
  if (existsSync(folderOf(key))) {
    renameSync(folderOf(key), folderOf(older));
    const file = join(folderOf(older), 'manifest.json');
    const { checksum: _, ...manifest } = JSON.parse(readFileSync(file, 'utf8')) as IndexManifest & {
      checksum: string;
    };
    writeFileSync(file, formatManifest({ ...manifest, modelKey: older }));
  }
}
