import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Config } from '../src/config/config.ts';
import type { InstalledModel } from '../src/domain/model.ts';
import { PictureLooks } from '../src/engine/picture-looks.ts';
import { positions } from '../src/engine/positions.ts';
import { asCompleted } from '../src/indexer/as-completed.ts';
import { DIFFERENCE_SIDE } from './difference-hash.ts';
import { keptFolder } from './kept-folder.ts';
import { readLuma } from './luma-picture.ts';
import { pdqHash } from './pdq-hash.ts';

/** What a copy benchmark sees of each file, a row each. */
export interface LookedFiles {
  /** The vectors of the spaces `similar` and `copy`. */
  readonly similar: readonly Float32Array[];
  readonly copy: readonly Float32Array[];
  /** Squashed to 32 x 32 pixels of gray, 0 to 1; see GrayPicture. */
  readonly gray: readonly Float32Array[];
  /** Squashed to {@link DIFFERENCE_SIDE} pixels each way, 0 to 255. */
  readonly fine: readonly Float32Array[];
  /** The eight PDQ hashes in turn, 8 words each, as numbers. */
  readonly pdq: readonly Float64Array[];
}

type Row = Record<keyof LookedFiles, Float32Array | Float64Array>;

const COLUMNS = ['similar', 'copy', 'gray', 'fine', 'pdq'] as const;

/** Raise it when what is seen of a file changes: it is looked at again. */
const REVISION = 1;

/**
 * Looks at files, once: what was seen is kept.
 * @param name of these files; it says what they are
 * @param model one with a `copy` vector
 */
export async function lookAtFiles(
  name: string,
  paths: readonly string[],
  model: InstalledModel,
  config: Config,
): Promise<LookedFiles> {
  const folder = await keptFolder(
    `copy-looks-${REVISION}-${name}-${model.key.slice(0, 8)}`,
    async (folder) => {
      const rows = await lookAtAll(paths, model, config);
      for (const column of COLUMNS) {
        const all = rows.map((row) => row[column]);
        writeFileSync(join(folder, column), Buffer.concat(all.map(bytesOf)));
      }
    },
  );
  const read = (column: (typeof COLUMNS)[number]) => readFileSync(join(folder, column));
  const floats = (column: 'similar' | 'copy' | 'gray' | 'fine') =>
    rowsOf(new Float32Array(new Uint8Array(read(column)).buffer), paths.length);
  return {
    ...{ similar: floats('similar'), copy: floats('copy'), gray: floats('gray'), fine: floats('fine') },
    pdq: rowsOf(new Float64Array(new Uint8Array(read('pdq')).buffer), paths.length),
  };
}

async function lookAtAll(paths: readonly string[], model: InstalledModel, config: Config): Promise<Row[]> {
  const settings = { models: [model], space: 'all', withHash: false } as const;
  const looks = new PictureLooks({ ...settings, device: config.device, limits: config.limits });
  const never = new AbortController().signal;
  const spaces = looks.contenders.map(({ space }) => space);
  const rows: Row[] = [];
  const look = async (at: number) => {
    const path = paths[at] as string;
    const { vectors, gray } = await looks.look(new Uint8Array(await readFile(path)), true, never);
    const [similar, copy] = ['similar', 'copy'].map((space) => vectors[spaces.indexOf(space)]);
    if (similar === undefined || copy === undefined || gray === null) {
      throw new Error(`Found the spaces ${spaces.join(', ')}, expected a model with similar and copy.`);
    }
    rows[at] = { similar, copy, gray, ...(await lookAtPixels(path)) };
  };
  try {
    for await (const _ of asCompleted(positions(paths.length, never), look, looks.parallelism)) {
      // Each has its place in the list.
    }
  } finally {
    await looks.close();
  }
  return rows;
}

async function lookAtPixels(path: string): Promise<Pick<Row, 'fine' | 'pdq'>> {
  const fine = await sharp(path)
    .resize(DIFFERENCE_SIDE, DIFFERENCE_SIDE, { fit: 'fill' })
    .grayscale()
    .raw()
    .toBuffer();
  const { hashes } = pdqHash(await readLuma(path));
  return { fine: Float32Array.from(fine), pdq: Float64Array.from(hashes.flatMap((hash) => [...hash])) };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

function rowsOf<Values extends Float32Array | Float64Array>(values: Values, count: number): Values[] {
  const width = values.length / count;
  return Array.from({ length: count }, (_, i) => values.subarray(i * width, (i + 1) * width) as Values);
}
