import type { PictureId } from '../domain/picture.ts';
import type { PicturePair } from './group-pictures.ts';

/** Which pictures are related to which, by pairs of them. */
export class RelatedPictures {
  readonly #of = new Map<PictureId, Set<PictureId>>();

  constructor(pairs: Iterable<PicturePair>) {
    for (const { a, b } of pairs) {
      this.#add(a, b);
      this.#add(b, a);
    }
  }

  /** Whether it is related to any. */
  has(id: PictureId): boolean {
    return this.#of.has(id);
  }

  are(a: PictureId, b: PictureId): boolean {
    return this.#of.get(a)?.has(b) === true;
  }

  /** Whether both are related to a third. */
  shareOne(a: PictureId, b: PictureId): boolean {
    const [ofA, ofB] = [this.#of.get(a), this.#of.get(b)];
    if (ofA === undefined || ofB === undefined) {
      return false;
    }
    const [fewer, more] = ofA.size <= ofB.size ? [ofA, ofB] : [ofB, ofA];
    for (const id of fewer) {
      if (more.has(id)) {
        return true;
      }
    }
    return false;
  }

  #add(from: PictureId, to: PictureId): void {
    const others = this.#of.get(from) ?? new Set();
    this.#of.set(from, others.add(to));
  }
}
