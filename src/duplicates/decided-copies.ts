import { type Embedding, similarity } from '../domain/embedding.ts';
import type { PictureId } from '../domain/picture.ts';
import { sourceOf } from '../domain/space.ts';
import type { PicturePair } from './group-pictures.ts';
import type { PairSearch } from './pair-search.ts';

/**
 * The pairs of pictures of different pixels that somebody said to be copies, of each class its representative; near each
 * other or not. One that nobody has described takes no part, as in all that is told by looks.
 */
export async function decidedCopies(
  { pictures, classes, descriptors, space, decisions, decided }: PairSearch,
  signal: AbortSignal,
): Promise<Array<PicturePair & { readonly certainty: 1 }>> {
  const found = new Map<string, PicturePair & { readonly certainty: 1 }>();
  for (const set of decisions.copies) {
    signal.throwIfAborted();
    await pictures.read(set);
    const present = set.filter((id) => pictures.get(id) !== undefined);
    const ids = [...new Set(present.map((id) => classes.representativeOf(id)))].sort((a, b) => a - b);
    const vectors = new Map<PictureId, Embedding>();
    for (const { picture, embedding } of await descriptors.vectorsOfPictures(sourceOf(space), ids)) {
      vectors.set(picture, embedding);
    }
    const described = [...vectors.keys()].sort((a, b) => a - b);
    for (const [i, a] of described.entries()) {
      for (const b of described.slice(i + 1)) {
        if (decided(a, b)?.kind === 'copy') {
          const [one, other] = [vectors.get(a), vectors.get(b)] as [Embedding, Embedding];
          found.set(`${a} ${b}`, { a, b, similarity: similarity(one, other), certainty: 1 });
        }
      }
    }
  }
  return [...found.values()];
}
