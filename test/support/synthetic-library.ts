import { createHash } from 'node:crypto';
import { resolveConfig } from '../../src/config.ts';
import { toEmbedding } from '../../src/domain/embedding.ts';
import { Engine } from '../../src/engine/engine.ts';
import { clusteredEmbeddings } from './clustered-embeddings.ts';

const BATCH = 2_000;

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** Makes a library of pictures that are only vectors, unless it is there already, with its index saved. */
export async function makeSyntheticLibrary(library: string, pictures: number, seed: number): Promise<void> {
  const engine = await Engine.open(resolveConfig({ library }, {}), SILENT, { mayCreate: true });
  try {
    const { catalog, model } = engine;
    await catalog.addModel(model.key, model.manifest);
    if ((await catalog.counts()).pictures < pictures) {
      await catalog.addRoots(['/synthetic']);
      const embeddings = clusteredEmbeddings(seed, pictures, model.manifest.dimensions);
      for (let start = 0; start < pictures; start += BATCH) {
        const files = embeddings
          .slice(start, start + BATCH)
          .map((embedding, i) => syntheticFile(start + i, toEmbedding(embedding)));
        await catalog.commit({ modelKey: model.key, files, failures: [], removed: [] });
      }
    }
    await engine.warmUp();
    await engine.saveIndex();
  } finally {
    await engine.close();
  }
}

function syntheticFile(n: number, cls: ReturnType<typeof toEmbedding>) {
  const contentHash = createHash('sha256').update(String(n)).digest('hex');
  return {
    path: `/synthetic/${n}.jpg`,
    sizeBytes: 1_000,
    modifiedMs: 0,
    contentHash,
    described: {
      facts: {
        format: 'jpeg' as const,
        width: 640,
        height: 480,
        pixelHash: contentHash,
        takenAt: null,
        camera: null,
        latitude: null,
        longitude: null,
      },
      descriptor: { cls, gem: cls },
    },
  };
}
