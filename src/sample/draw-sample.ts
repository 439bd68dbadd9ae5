import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import { drawOriginal } from './draw-original.ts';
import { SAMPLE_EDITS } from './edits.ts';
import { type ExistingSample, findSample, TRUTH_FILE } from './existing-sample.ts';
import { planCopies } from './plan-copies.ts';
import { planOriginals } from './plan-originals.ts';
import { replaceFolder } from './replace-folder.ts';
import {
  PICTURES_FOLDER,
  SAMPLE_VERSION,
  type SampleCopy,
  type SampleTruth,
  tellTruth,
} from './sample-truth.ts';
import { createRandom } from './seeded-random.ts';

interface DrawSampleOptions {
  /** A whole number from 0; another seed gives other pictures. Default 1. */
  readonly seed?: number;
  /** Called after each picture with how many are drawn and how many there will be. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Drawing and encoding overlap; more would only hold memory. */
const IN_FLIGHT = 3;

/**
 * Draws a collection of pictures and copies of them into `<folder>/pictures`, and what is true of it into
 * `<folder>/truth.json`. The same seed gives the same bytes on the same machine. The folder appears when all is
 * drawn; a complete sample of this seed is left as it is, any other sample is replaced.
 * @param folder missing, empty, or with a sample in it
 * @throws EideticError INVALID_INPUT when the folder holds anything else, cannot be written, or the seed is no
 *   whole number from 0
 */
export async function drawSample(folder: string, options: DrawSampleOptions = {}): Promise<SampleTruth> {
  const { seed = 1, onProgress = () => {} } = options;
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found the seed ${seed}, expected a whole number from 0; give one such as 1.`,
    );
  }
  const existing = await findSample(folder);
  if (existing.whole?.seed === seed && existing.whole.version === SAMPLE_VERSION) {
    return existing.whole;
  }
  refuseStrangers(folder, existing);
  const originals = planOriginals(seed);
  const copies = planCopies(seed, originals);
  const truth = tellTruth(
    seed,
    originals.map(({ path }) => path),
    copies,
  );
  let done = 0;
  const tick = (): void => onProgress(++done, truth.pictures.length);
  await writing(folder, async (unfinished) => {
    const pictures = join(unfinished, PICTURES_FOLDER);
    // Mixed, so that scenes that keep this thread busy overlap with those that keep sharp busy.
    await inFlight(createRandom('order').shuffled(originals), async (plan) => {
      await save(join(pictures, plan.path), await drawOriginal(seed, plan));
      tick();
    });
    await inFlight(copies, async (copy) => {
      await makeCopy(pictures, seed, copy);
      tick();
    });
    await writeFile(join(unfinished, TRUTH_FILE), `${JSON.stringify(truth, null, 2)}\n`);
    refuseStrangers(folder, await findSample(folder)); // what came meanwhile would be deleted
  });
  return truth;
}

function refuseStrangers(folder: string, { stranger }: ExistingSample): void {
  if (stranger !== null) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${stranger} in ${folder}, expected a folder that is empty, missing, or holds only a sample; name another folder or move it away.`,
    );
  }
}

async function makeCopy(pictures: string, seed: number, { copy, original, edit }: SampleCopy): Promise<void> {
  const bytes = await readFile(join(pictures, original));
  await save(join(pictures, copy), await SAMPLE_EDITS[edit](bytes, createRandom(`${seed}/edit/${copy}`)));
}

async function save(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

async function inFlight<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async (): Promise<void> => {
    for (const item of waiting) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

/** Replaces the folder, and says in our words what the file system refused. */
async function writing(folder: string, fill: (unfinished: string) => Promise<void>): Promise<void> {
  try {
    await replaceFolder(folder, fill);
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall === 'string') {
      throw new EideticError(
        'INVALID_INPUT',
        `Cannot write the sample to ${folder}, expected a folder that can be written; free space or name another one.`,
        { cause: error },
      );
    }
    throw error;
  }
}
