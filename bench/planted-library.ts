import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveConfig } from '../src/config/resolve-config.ts';
import type { Embedding } from '../src/domain/embedding.ts';
import type { PictureFacts, PictureId } from '../src/domain/picture.ts';
import { DEFAULT_ROOT_RULES } from '../src/domain/roots.ts';
import { sourceOf } from '../src/domain/space.ts';
import { modelKey } from '../src/embedding/model-key.ts';
import type { Library } from '../src/engine/library.ts';
import { openLibrary } from '../src/engine/open-library.ts';
import { toMilliseconds } from '../src/indexer/file-look.ts';
import { SCHEMA_VERSION } from '../src/storage/schema.ts';
import { syntheticHash, syntheticPictures } from '../test/support/synthetic-library.ts';
import { BUNDLED } from './bundled-model.ts';
import { clusteredVector } from './clustered-vectors.ts';
import { findExactPairs } from './exact-pairs.ts';
import { keptFolder } from './kept-folder.ts';
import { type PlantedVectors, type Planting, plantVectors } from './planted-vectors.ts';
import { unchangedFiles } from './unchanged-files.ts';

/** A pair of pictures and what it is, as a report has it. */
export interface KnownPair {
  readonly a: PictureId;
  readonly b: PictureId;
  readonly similarity: number;
}

/** What exact search tells of a library. */
export interface ExactAnswer {
  /** All pairs at or above the least similarity that was planted. */
  readonly pairs: readonly KnownPair[];
  /** Those of them that were planted: all that were. */
  readonly planted: readonly KnownPair[];
  readonly seconds: number;
}

/** See plantVectors; its dimensions are the space's. */
export type LibraryPlanting = Omit<Planting, 'dimensions'>;

const BATCH = 2_000;
const EXACT_FILE = 'exact.json';
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * A library of pictures that are only vectors, and files without a picture in them, with its indexes saved; made once.
 * The vectors lie in the space that duplicate reports ask; all else a model tells is the same of every picture.
 */
export async function plantedLibrary(
  planting: LibraryPlanting,
  say: (line: string) => void,
): Promise<string> {
  const files = await unchangedFiles(planting.count, 'one folder', say);
  // Files that were deleted and made again are not those that the library knows.
  const madeAt = Math.round(statSync(files).mtimeMs).toString(36);
  return keptFolder(`${nameOf(planting)}-files-${madeAt}`, async (unfinished) => {
    say(`Making a library of ${planting.count.toLocaleString('en')} vectors, once; this takes minutes…`);
    await withLibrary(unfinished, async (library) => {
      await library.catalog.files.putRoot(files, DEFAULT_ROOT_RULES);
      await commitPictures(library, files, planting);
      await keepPixels(library, planting.count);
      await library.spaces.catchUp();
      await library.spaces.save();
    });
  });
}

/** What comparing all with all finds in such a library; found once. */
export async function exactAnswer(
  folder: string,
  planting: LibraryPlanting,
  say: (line: string) => void,
): Promise<ExactAnswer> {
  const kept = await keptFolder(`${nameOf(planting)}-exact`, async (unfinished) => {
    say(`Comparing ${planting.count.toLocaleString('en')} vectors each with each, once; this takes minutes…`);
    const answer = await withLibrary(folder, (library) => compareAll(library, planting));
    writeFileSync(join(unfinished, EXACT_FILE), JSON.stringify(answer));
  });
  return JSON.parse(readFileSync(join(kept, EXACT_FILE), 'utf8')) as ExactAnswer;
}

function nameOf({ count, seed, planted, least, most }: LibraryPlanting): string {
  return `planted-${count}-${planted}-from-${least}-to-${most}-seed-${seed}-version-${SCHEMA_VERSION}-${modelKey(BUNDLED).slice(0, 8)}`;
}

async function withLibrary<T>(folder: string, use: (library: Library) => Promise<T>): Promise<T> {
  const library = await openLibrary(resolveConfig({ library: folder }, {}), SILENT, { mayCreate: true });
  try {
    return await use(library);
  } finally {
    await library.close();
  }
}

function vectorsOf({ spaces }: Library, planting: LibraryPlanting): PlantedVectors {
  return plantVectors({ ...planting, dimensions: spaces.forCopies.space.dimensions });
}

/** Picture n gets the nth file and vector n. */
async function commitPictures(library: Library, folder: string, planting: LibraryPlanting): Promise<void> {
  const { catalog, spaces } = library;
  const { space, model } = spaces.forCopies;
  const facts = syntheticPictures(model, 1, planting.seed)[0]?.described.facts as PictureFacts;
  const same = clusteredVector(0, spaces.similar.space.dimensions, planting.seed);
  const vectors = vectorsOf(library, planting);
  const names = readdirSync(folder).sort();
  for (let start = 0; start < planting.count; start += BATCH) {
    const files = names.slice(start, start + BATCH).map((name, i) => {
      const cls = { unit: same, norm: null };
      const vector = { unit: vectors.vector(start + i), norm: null };
      const descriptor = { cls, gem: cls, [space.from]: vector };
      return {
        stamp: stampOf(join(folder, name)),
        contentHash: syntheticHash(start + i),
        described: { facts, descriptors: { [space.modelKey]: descriptor } },
      };
    });
    await catalog.files.commit({ files, failures: [], removed: [] });
  }
}

function stampOf(path: string) {
  const stats = statSync(path, { bigint: true });
  const modifiedMs = toMilliseconds(stats.mtimeNs);
  return { path, sizeBytes: Number(stats.size), modifiedMs, changedMs: null, inode: null, device: null };
}

/** As if an earlier report had looked at the pixels of all: there are none to look at. */
async function keepPixels({ catalog }: Library, count: number): Promise<void> {
  const ids = await catalog.pictures.matching({}, count);
  await catalog.pictures.keepPixels(ids.map((picture, n) => ({ picture, pixelHash: syntheticHash(n) })));
}

async function compareAll(library: Library, planting: LibraryPlanting): Promise<ExactAnswer> {
  const { pictures, vectors } = await readVectors(library);
  const startedAt = performance.now();
  const found = await findExactPairs(vectors, planting.least);
  const seconds = (performance.now() - startedAt) / 1_000;
  const pairs = found.map(({ a, b, similarity }) =>
    pairOf(pictures[a] as PictureId, pictures[b] as PictureId, similarity),
  );
  const byName = new Map(pairs.map((pair) => [nameOfPair(pair), pair]));
  const planted = vectorsOf(library, planting).pairs.map(({ planted, original, similarity }) => {
    const drawn = pairOf(pictures[planted] as PictureId, pictures[original] as PictureId, similarity);
    const exact = byName.get(nameOfPair(drawn));
    if (exact === undefined || Math.abs(exact.similarity - similarity) > 1e-5) {
      throw new Error(`Found ${exact?.similarity} for a pair planted at ${similarity}; delete the library.`);
    }
    return exact;
  });
  return { pairs, planted, seconds };
}

/** All vectors as the catalog has them, with the pictures that they are of, in the order of both. */
async function readVectors({ catalog, spaces }: Library) {
  const vectors: Embedding[] = [];
  const pictures: PictureId[] = [];
  for await (const { upserted } of catalog.descriptors.changes(sourceOf(spaces.forCopies.space), null)) {
    const found = await catalog.pictures.pictureIdsOfParts(upserted.map(({ id }) => id));
    const pictureOf = new Map(found.map(({ part, picture }) => [part, picture]));
    for (const { id, embedding } of upserted) {
      vectors.push(embedding);
      pictures.push(pictureOf.get(id) as PictureId);
    }
  }
  return { vectors, pictures };
}

function pairOf(one: PictureId, other: PictureId, similarity: number): KnownPair {
  return { a: Math.min(one, other), b: Math.max(one, other), similarity };
}

/** The same for the same two pictures. */
export function nameOfPair({ a, b }: Pick<KnownPair, 'a' | 'b'>): string {
  return `${a} ${b}`;
}
