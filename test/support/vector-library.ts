import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalog } from '../../src/domain/catalog.ts';
import type { DescriptorStore } from '../../src/domain/descriptor-store.ts';
import type { Embedding } from '../../src/domain/embedding.ts';
import type { IndexCache } from '../../src/domain/index-cache.ts';
import type { PartId } from '../../src/domain/picture.ts';
import { type Space, sourceOf } from '../../src/domain/space.ts';
import type { VectorIndex } from '../../src/domain/vector-index.ts';
import { SpaceIndex } from '../../src/search/space-index.ts';
import { openSqliteCatalog } from '../../src/storage/sqlite-catalog.ts';
import { sqliteLibraryLock } from '../../src/storage/sqlite-library-lock.ts';
import { hnswIndexCache } from '../../src/vector-index/hnsw-index-cache.ts';
import { SEEDED_DIMENSIONS, SEEDED_KEY, SEEDED_MODEL, seededFile } from './seeded-picture.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A library of seeded pictures with its catalog and the folder of its indexes, without engine or models. */
export interface VectorLibrary {
  readonly folder: string;
  readonly catalog: Catalog;
  readonly space: Space;
  /** The folder in which the index of the space is saved. */
  readonly indexFolder: string;
  readonly cache: IndexCache;
  /** How often an index was made empty, to be built. */
  readonly built: () => number;
  /** Opens the index, on another view of the catalog if one is given. */
  openIndex(descriptors?: DescriptorStore): Promise<SpaceIndex>;
  /** Names of the files under `indexes`. */
  savedFiles(): string[];
}

/** Opens the library in a folder, making one there when there is none. To be closed by its catalog. */
export async function openVectorLibrary(folder = temporaryFolder()): Promise<VectorLibrary> {
  const catalog = await openSqliteCatalog(join(folder, 'catalog.sqlite'), {
    lock: sqliteLibraryLock(folder),
    say: () => {},
  });
  await catalog.models.add(SEEDED_KEY, SEEDED_MODEL);
  const space = await catalog.spaces.put({
    id: 'similar',
    modelKey: SEEDED_KEY,
    from: 'cls',
    transform: 'none',
    dimensions: SEEDED_DIMENSIONS,
    metric: 'cosine',
  });
  await catalog.spaces.activate([space]);
  const indexes = join(folder, 'indexes');
  const real = hnswIndexCache(indexes);
  let built = 0;
  const cache: IndexCache = {
    ...real,
    create(dimensions) {
      built++;
      return real.create(dimensions);
    },
  };
  const { libraryId } = catalog;
  return {
    folder,
    catalog,
    space,
    indexFolder: join(indexes, `${space.id}-${SEEDED_KEY.slice(0, 12)}`),
    cache,
    built: () => built,
    openIndex: (descriptors = catalog.descriptors) =>
      SpaceIndex.open({ descriptors, cache, libraryId, space }),
    savedFiles: () => readdirSync(indexes, { recursive: true, encoding: 'utf8' }).sort(),
  };
}

/** Commits the pictures `picture FROM`, `picture FROM+1`, ... in one file each, `/FROM.jpg`, ... */
export async function addPictures({ files }: Catalog, from: number, count: number): Promise<void> {
  const added = Array.from({ length: count }, (_, i) =>
    seededFile(`/${from + i}.jpg`, `picture ${from + i}`),
  );
  await files.commit({ files: added, failures: [], removed: [] });
}

/** Takes pictures out of the library, with their files. */
export async function removePictures({ files }: Catalog, ...numbers: number[]): Promise<void> {
  await files.commit({ files: [], failures: [], removed: numbers.map((n) => `/${n}.jpg`) });
  await files.pruneOrphans();
}

/** Gives a part another vector, as embedding its picture again would. */
export async function alterVector(
  { catalog, space }: VectorLibrary,
  part: PartId,
  unit: Embedding,
): Promise<void> {
  await catalog.descriptors.put(sourceOf(space), [{ part, unit, norm: null }]);
}

/** An index must hold each vector that the catalog has, and nothing else. */
export async function assertLevel(
  index: VectorIndex,
  { catalog, space }: VectorLibrary,
  message?: string,
): Promise<void> {
  const parts: PartId[] = [];
  for await (const { upserted } of catalog.descriptors.changes(sourceOf(space), null)) {
    parts.push(...upserted.map(({ id }) => id));
    const held = await index.holds(upserted);
    assert.ok(
      held.every((isHeld) => isHeld),
      message,
    );
  }
  const byNumber = (a: number, b: number) => a - b;
  assert.deepEqual((await index.ids()).sort(byNumber), parts.sort(byNumber), message);
}
