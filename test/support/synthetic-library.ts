import { createHash } from 'node:crypto';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import type { VectorName } from '../../src/domain/descriptor.ts';
import type { Embedding } from '../../src/domain/embedding.ts';
import type { ModelManifest } from '../../src/domain/model.ts';
import type { KnownModel } from '../../src/domain/model-registry.ts';
import type { ContentHash } from '../../src/domain/picture.ts';
import { DEFAULT_ROOT_RULES } from '../../src/domain/roots.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { clusteredEmbeddings } from './clustered-embeddings.ts';

const BATCH = 2_000;

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** What a picture is to a model, by vector. */
type Vectors = Readonly<Record<VectorName, Embedding>>;

/**
 * Makes a library of pictures that are only vectors, unless it is there already, with its indexes saved.
 * @param model id or folder; the bundled one when undefined
 */
export async function makeSyntheticLibrary(
  library: string,
  pictures: number,
  seed: number,
  model?: string,
): Promise<void> {
  const config = resolveConfig({ library, model }, {});
  const opened = await openLibrary(config, SILENT, { mayCreate: true });
  try {
    const { catalog, spaces } = opened;
    if ((await catalog.pictures.counts()).pictures < pictures) {
      await catalog.files.putRoot('/synthetic', DEFAULT_ROOT_RULES);
      const files = syntheticPictures(spaces.similar.model, pictures, seed);
      for (let start = 0; start < pictures; start += BATCH) {
        await catalog.files.commit({
          files: files.slice(start, start + BATCH),
          failures: [],
          removed: [],
        });
      }
    }
    await spaces.catchUp();
    await spaces.save();
  } finally {
    await opened.close();
  }
}

/**
 * Pictures that are only vectors, in clusters; those of one name and those of another have nothing to do with each
 * other.
 * @param start number of the first
 */
export function syntheticPictures(
  { key, manifest }: Pick<KnownModel, 'key' | 'manifest'>,
  count: number,
  seed: number,
  start = 0,
): Array<ReturnType<typeof syntheticFile>> {
  const named = Object.entries(dimensionsOf(manifest)).map(
    ([name, dimensions], nth) => [name, clusteredEmbeddings(seed + nth, count, dimensions)] as const,
  );
  return Array.from({ length: count }, (_, n) => {
    const vectors = named.map(([name, embeddings]) => [name, embeddings[n] as Embedding]);
    return syntheticFile(start + n, key, Object.fromEntries(vectors) as Vectors);
  });
}

function dimensionsOf({ dimensions, outputs }: ModelManifest): Record<VectorName, number> {
  const declared = Object.entries(outputs.vectors ?? {}).map(([name, vector]) => [name, vector.dimensions]);
  return { cls: dimensions, gem: dimensions, ...Object.fromEntries(declared) };
}

/** A picture that is only vectors, with a path and bytes of its number. */
function syntheticFile(n: number, modelKey: string, vectors: Vectors) {
  const contentHash = syntheticHash(n);
  const descriptor = Object.entries(vectors).map(([name, unit]) => [name, { unit, norm: 1 }]);
  return {
    stamp: {
      path: `/synthetic/${n}.jpg`,
      sizeBytes: 1_000,
      modifiedMs: 0,
      changedMs: null,
      inode: null,
      device: null,
    },
    contentHash,
    described: {
      facts: {
        format: 'jpeg' as const,
        width: 640,
        height: 480,
        pages: 1,
        bitDepth: 8,
        pixelHash: contentHash,
        imageDataHash: null,
        takenAt: null,
        camera: null,
        latitude: null,
        longitude: null,
      },
      descriptors: { [modelKey]: Object.fromEntries(descriptor) },
    },
  };
}

/** The bytes of picture n, if it had any. */
export function syntheticHash(n: number): ContentHash {
  return createHash('sha256').update(String(n)).digest('hex');
}
