import { createHash } from 'node:crypto';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { toEmbedding } from '../../src/domain/embedding.ts';
import { DEFAULT_ROOT_RULES } from '../../src/domain/roots.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { clusteredEmbeddings } from './clustered-embeddings.ts';

const BATCH = 2_000;

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** Makes a library of pictures that are only vectors, unless it is there already, with its index saved. */
export async function makeSyntheticLibrary(library: string, pictures: number, seed: number): Promise<void> {
  const opened = await openLibrary(resolveConfig({ library }, {}), SILENT, { mayCreate: true });
  try {
    const { catalog, spaces } = opened;
    const { model } = spaces.similar;
    if ((await catalog.pictures.counts()).pictures < pictures) {
      await catalog.files.putRoot('/synthetic', DEFAULT_ROOT_RULES);
      const embeddings = clusteredEmbeddings(seed, pictures, model.manifest.dimensions);
      for (let start = 0; start < pictures; start += BATCH) {
        const files = embeddings
          .slice(start, start + BATCH)
          .map((embedding, i) => syntheticFile(start + i, model.key, toEmbedding(embedding)));
        await catalog.files.commit({ files, failures: [], removed: [] });
      }
    }
    await spaces.catchUp();
    await spaces.save();
  } finally {
    await opened.close();
  }
}

/** A picture that is only a vector, with a path and bytes of its number. */
export function syntheticFile(n: number, modelKey: string, unit: ReturnType<typeof toEmbedding>) {
  const contentHash = createHash('sha256').update(String(n)).digest('hex');
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
      descriptors: { [modelKey]: { cls: { unit, norm: 1 }, gem: { unit, norm: 1 } } },
    },
  };
}
