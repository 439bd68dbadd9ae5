import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { clusteredEmbeddings } from './clustered-embeddings.ts';
import type { FrozenVersion } from './frozen-library.ts';

/** Files that the old program committed at once. */
const BATCH = 64;

const FILES_IN_FOLDER = 500;

/**
 * Adds rows to a thawed catalog until it has so many pictures, each with one file below the first root and made-up
 * descriptors of every model, exactly in the old schema. The files are not on disk.
 * @param pictures in all, those that it has included
 * @param seed another one when a catalog is enlarged again: the same makes the same bytes
 * @throws Error when the catalog is not of that version
 */
export function enlargeLibrary(
  catalogFile: string,
  version: FrozenVersion,
  pictures: number,
  seed: number,
): void {
  const database = new Database(catalogFile, { fileMustExist: true });
  try {
    const found = database.pragma('user_version', { simple: true });
    if (found !== version) {
      throw new Error(`Found a catalog of version ${found}, expected ${version}.`);
    }
    database.transaction(() => {
      const before = database.prepare('SELECT count(*) FROM pictures').pluck().get() as number;
      const first = database.prepare('SELECT generation + 1 FROM state').pluck().get() as number;
      const generations = Array.from({ length: Math.max(0, pictures - before) }, (_, n) => {
        return first + Math.floor(n / BATCH);
      });
      const ids = addPictures(database, generations.length, seed);
      addDescriptors(database, ids, generations, seed);
      database.prepare('UPDATE state SET generation = ?').run(generations.at(-1) ?? first - 1);
    })();
  } finally {
    database.close();
  }
}

/** Pictures with a file each; returns their ids. */
function addPictures(database: Database.Database, count: number, seed: number): number[] {
  const root = database.prepare('SELECT min(path) FROM roots').pluck().get() as string;
  const addPicture = database.prepare(
    `INSERT INTO pictures (content_hash, size_bytes, format, width, height, pixel_hash, taken_at, camera)
     VALUES (?, ?, 'jpeg', 640, 480, ?, ?, ?)`,
  );
  const addFile = database.prepare(
    'INSERT INTO files (path, size_bytes, modified_ms, picture_id) VALUES (?, ?, ?, ?)',
  );
  return Array.from({ length: count }, (_, n) => {
    const hash = digest(`${seed} bytes ${n}`);
    const sizeBytes = 100_000 + hash.readUInt16LE();
    const facts = n % 2 === 0 ? [`2023-0${1 + (n % 9)}-15T12:00:00`, `Acme ${n % 5}`] : [null, null];
    const added = addPicture.run(hash, sizeBytes, digest(`${seed} pixels ${n}`), ...facts);
    const id = Number(added.lastInsertRowid);
    const path = `${root}/added/${Math.floor(n / FILES_IN_FOLDER)}/${n}.jpg`;
    addFile.run(path, sizeBytes, 1.6e12 + n * 1_000.5, id);
    return id;
  });
}

function addDescriptors(
  database: Database.Database,
  ids: readonly number[],
  generations: readonly number[],
  seed: number,
): void {
  const models = database
    .prepare(`SELECT id, manifest ->> 'dimensions' AS dimensions FROM models`)
    .all() as Array<{ id: number; dimensions: number }>;
  const add = database.prepare(
    'INSERT INTO descriptors (model_id, picture_id, generation, cls, gem) VALUES (?, ?, ?, ?, ?)',
  );
  for (const model of models) {
    const embeddings = clusteredEmbeddings(seed + model.id, ids.length, model.dimensions);
    const blobs = embeddings.map((embedding) => Buffer.from(embedding.buffer));
    for (const [n, id] of ids.entries()) {
      // The neighbor's for the other descriptor: one taken for the other would show.
      add.run(model.id, id, generations[n], blobs[n], blobs[(n + 1) % blobs.length]);
    }
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
