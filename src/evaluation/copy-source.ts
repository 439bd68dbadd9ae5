import type { Embedding } from '../domain/embedding.ts';
import type { ContentHash } from '../domain/picture.ts';
import type { CopyEdit } from '../sample/copy-edits.ts';
import { createRandom } from '../sample/seeded-random.ts';
import { type CopyRanking, rankCopy } from './rank-copy.ts';

/** What edited copies are looked for in, and how they come about. */
export interface CopySource {
  /** Of each picture, in the order of positions. */
  readonly hashes: readonly ContentHash[];
  /** Of each contender: the vector of each picture. */
  readonly banks: ReadonlyArray<readonly Embedding[]>;
  readonly edits: readonly CopyEdit[];
  readonly seed: number;
  /** A picture file of what is at a position, for editing. */
  original(at: number): Promise<Buffer>;
  /** The vector of each contender. @param bytes not to be used afterwards */
  look(bytes: Buffer): Promise<readonly Embedding[]>;
}

/** What a copy was refused for; the others go on. */
export interface UnmadeCopy {
  readonly edit: string;
  readonly error: unknown;
}

/** Positions of pictures to make copies of, ascending, the same for the same pictures and seed. */
export function drawQueries(pictures: number, queries: number, seed: number): number[] {
  const positions = Array.from({ length: pictures }, (_, at) => at);
  return createRandom(`${seed}/queries`)
    .shuffled(positions)
    .slice(0, queries)
    .sort((a, b) => a - b);
}

/**
 * Makes a copy of a picture by each edit, and looks for it in the bank of each contender. The picture that a copy was put
 * together with is left out for that copy: finding it would be right too.
 * @param at position of the picture; there are two or more
 * @returns by contender; a copy that cannot be made or looked at is told and left out
 * @throws AbortError when nobody waits any more
 */
export async function rankCopiesOf(
  at: number,
  { hashes, banks, edits, seed, original, look }: CopySource,
): Promise<{ rankings: CopyRanking[][]; unmade: UnmadeCopy[] }> {
  const rankings: CopyRanking[][] = banks.map(() => []);
  const unmade: UnmadeCopy[] = [];
  const bytes = await original(at);
  for (const edit of edits) {
    const random = createRandom(`${seed}/${hashes[at]}/${edit.name}`);
    const otherAt = (at + random.whole(1, hashes.length - 1)) % hashes.length;
    let leftOut: number | null = null;
    const other = () => {
      leftOut = otherAt;
      return original(otherAt);
    };
    try {
      const vectors = await look(await edit.make(bytes, random, other));
      for (const [contender, bank] of banks.entries()) {
        const ranking = rankCopy(vectors[contender] as Embedding, at, bank, leftOut);
        rankings[contender]?.push({ edit: edit.name, ...ranking });
      }
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') {
        throw error;
      }
      unmade.push({ edit: edit.name, error });
    }
  }
  return { rankings, unmade };
}
