import type { CatalogPicture, KnownPixels, PictureCatalog } from '../domain/picture-catalog.ts';
import type { PixelAnswer, PixelHasher } from '../domain/pixel-hasher.ts';
import { settleAll } from './settle-all.ts';

export interface PixelParts {
  readonly pictures: Pick<PictureCatalog, 'knownPixels'>;
  readonly hasher: PixelHasher;
  /** Keeps answers for the next who ask, where that is possible. */
  readonly keep: (pixels: readonly KnownPixels[]) => Promise<void>;
}

/** Pictures asked about at a time. */
const CHUNK = 1_000;

/** Answers kept in one transaction. */
const KEPT_AT_ONCE = 64;

/**
 * Asks for the pixels of pictures: what is known already is not looked at again, and what is found is kept. One
 * picture of each set is looked at, the first that has a file within reach.
 * @param sets of one or more pictures of equal pixels each
 * @param onProgress told how many sets are done
 * @returns an answer for each set, in their order
 * @throws the signal's reason
 */
export async function lookAtPixels(
  { pictures, hasher, keep }: PixelParts,
  sets: ReadonlyArray<readonly CatalogPicture[]>,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<PixelAnswer[]> {
  const known = await readKnown(pictures, sets.flat());
  const answers: PixelAnswer[] = [];
  let unkept: KnownPixels[] = [];
  let [next, done] = [0, 0];

  async function answerNext(): Promise<void> {
    for (let i = next++; i < sets.length; i = next++) {
      signal.throwIfAborted();
      const set = sets[i] as readonly CatalogPicture[];
      const knownOne = set.map(({ id }) => known.get(id)).find((answer) => answer !== undefined);
      answers[i] = knownOne ?? (await look(set));
      onProgress(++done);
    }
  }

  async function look(set: readonly CatalogPicture[]): Promise<PixelAnswer> {
    for (const { id, contentHash, files } of set) {
      const paths = files.map(({ path }) => path);
      const answer = await hasher.hash(paths, contentHash, signal);
      if (answer.kind === 'hashed' || answer.reason !== 'unreachable') {
        await note(id, answer);
        return answer;
      }
    }
    return { kind: 'unknown', reason: 'unreachable' };
  }

  /** What may be otherwise another time is not kept. */
  async function note(picture: number, answer: PixelAnswer): Promise<void> {
    if (answer.kind === 'hashed' || answer.reason === 'incomparable') {
      unkept.push({ picture, pixelHash: answer.kind === 'hashed' ? answer.pixelHash : null });
    }
    if (unkept.length >= KEPT_AT_ONCE) {
      await keepAll();
    }
  }

  async function keepAll(): Promise<void> {
    const pixels = unkept;
    unkept = [];
    if (pixels.length > 0) {
      await keep(pixels);
    }
  }

  try {
    await settleAll(Array.from({ length: hasher.parallelism }, answerNext));
  } finally {
    await keepAll(); // also when it is stopped: what was looked at need not be looked at again
  }
  return answers;
}

async function readKnown(
  pictures: PixelParts['pictures'],
  asked: readonly CatalogPicture[],
): Promise<ReadonlyMap<number, PixelAnswer>> {
  const known = new Map<number, PixelAnswer>();
  for (let i = 0; i < asked.length; i += CHUNK) {
    const ids = asked.slice(i, i + CHUNK).map(({ id }) => id);
    for (const { picture, pixelHash } of await pictures.knownPixels(ids)) {
      known.set(
        picture,
        pixelHash === null ? { kind: 'unknown', reason: 'incomparable' } : { kind: 'hashed', pixelHash },
      );
    }
  }
  return known;
}
