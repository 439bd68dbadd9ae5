import { createHash } from 'node:crypto';
import type { DescribedPicture, Descriptor } from '../../src/domain/descriptor.ts';
import { type Embedding, toEmbedding } from '../../src/domain/embedding.ts';
import type { IndexedFile } from '../../src/domain/file-ledger.ts';
import type { ModelManifest } from '../../src/domain/model.ts';
import type { FileStamp } from '../../src/domain/picture.ts';

/** Dimensions of the vectors made here. */
export const SEEDED_DIMENSIONS = 8;

/** Key of the model that describes the pictures made here, unless others are named. */
export const SEEDED_KEY = 'seeded-model';

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

/** What a model keeps of a seed: the vectors are the same for every model. */
export function seededDescriptor(seed: string): Descriptor {
  return {
    cls: { unit: seededEmbedding(seed), norm: 12.5 },
    gem: { unit: seededEmbedding(`${seed} gem`), norm: null },
  };
}

/** A picture that nobody decoded. */
export function seededPicture(seed: string, modelKeys: readonly string[] = [SEEDED_KEY]): DescribedPicture {
  return {
    facts: {
      format: 'jpeg',
      width: 640,
      height: 480,
      pages: 1,
      bitDepth: 8,
      imageDataHash: hashOf(`image data of ${seed}`),
      takenAt: '2024-05-01T10:00:00',
      camera: 'Seed 1',
      latitude: 47.5,
      longitude: 8.25,
    },
    descriptors: Object.fromEntries(modelKeys.map((key) => [key, seededDescriptor(seed)])),
  };
}

export function contentHashOf(seed: string): string {
  return hashOf(`bytes of ${seed}`);
}

/** What was seen of a file: one of its own for every path, on one disk. */
export function seededStamp(path: string): FileStamp {
  return {
    path,
    sizeBytes: 1_000,
    modifiedMs: 1_714_550_400_000.5,
    changedMs: 1_714_550_400_001.25,
    inode: BigInt(`0x${hashOf(path).slice(0, 16)}`).toString(),
    device: 'disk A',
  };
}

/** A file that holds the picture of a seed, described by models. */
export function seededFile(path: string, seed: string, modelKeys?: readonly string[]): IndexedFile {
  return {
    stamp: seededStamp(path),
    contentHash: contentHashOf(seed),
    described: seededPicture(seed, modelKeys),
  };
}

/** A file that holds the picture of a seed which the catalog has already. */
export function knownFileOf(path: string, seed: string): IndexedFile {
  return { ...seededFile(path, seed), described: null };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
