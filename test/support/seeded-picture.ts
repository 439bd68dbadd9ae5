import { createHash } from 'node:crypto';
import type { IndexedFile } from '../../src/domain/catalog.ts';
import type { DescribedPicture } from '../../src/domain/descriptor.ts';
import { type Embedding, toEmbedding } from '../../src/domain/embedding.ts';
import type { ModelManifest } from '../../src/domain/model.ts';

/** Dimensions of the vectors made here. */
export const SEEDED_DIMENSIONS = 8;

/** A model that exists only in the catalog. */
export const SEEDED_MODEL: ModelManifest = {
  id: 'seeded',
  title: 'Seeded vectors',
  file: 'none.onnx',
  sha256: '0'.repeat(64),
  sizeBytes: 1,
  license: 'Apache-2.0',
  source: 'test',
  input: {
    name: 'pixel_values',
    height: 32,
    width: 32,
    dynamic: false,
    multipleOf: 16,
    resize: 'squash',
    resizeTo: 32,
    kernel: 'cubic',
    mean: [0, 0, 0],
    std: [1, 1, 1],
  },
  outputs: { tokens: 'tokens', attentions: null },
  patchSize: 16,
  registers: 0,
  dimensions: SEEDED_DIMENSIONS,
  heads: 1,
  dtype: 'float32',
  batchSafe: true,
};

/** The vector of a seed: the same every time, unlike those of other seeds. */
export function seededEmbedding(seed: string, dimensions = SEEDED_DIMENSIONS): Embedding {
  const values = Array.from({ length: dimensions }, (_, i) => {
    const hash = createHash('sha256').update(`${seed} ${i}`).digest();
    return hash.readUInt32LE(0) / 2 ** 31 - 1;
  });
  return toEmbedding(values);
}

/** A picture that nobody decoded. Seeds that begin with the same word before `/` have the same pixels. */
export function seededPicture(seed: string): DescribedPicture {
  const pixels = seed.split('/')[0] ?? seed;
  return {
    facts: {
      format: 'jpeg',
      width: 640,
      height: 480,
      pixelHash: createHash('sha256').update(pixels).digest('hex'),
      takenAt: '2024-05-01T10:00:00',
      camera: 'Seed 1',
      latitude: 47.5,
      longitude: 8.25,
    },
    descriptor: { cls: seededEmbedding(seed), gem: seededEmbedding(`${seed} gem`) },
  };
}

export function contentHashOf(seed: string): string {
  return createHash('sha256').update(`bytes of ${seed}`).digest('hex');
}

/** A file that holds the picture of a seed; without its description when the catalog has it already. */
export function seededFile(path: string, seed: string, isKnown = false): IndexedFile {
  return {
    path,
    sizeBytes: 1_000,
    modifiedMs: 1_714_550_400_000.5,
    contentHash: contentHashOf(seed),
    described: isKnown ? null : seededPicture(seed),
  };
}
