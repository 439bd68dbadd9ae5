import type { PictureId } from '../domain/picture.ts';

interface PictureClass {
  readonly members: PictureId[];
  /** The lowest id. */
  first: PictureId;
}

/**
 * Which pictures are equal: disjoint sets, the smaller always added to the larger, so that joining takes n log n at
 * most. A picture that was joined with none is a class of its own.
 */
export class PictureClasses {
  readonly #classOf = new Map<PictureId, PictureClass>();

  /** Says that these are equal, and so is all that was equal to any of them. */
  join(ids: readonly PictureId[]): void {
    const [first, ...others] = ids;
    for (const other of others) {
      this.#merge(this.#open(first as PictureId), this.#open(other));
    }
  }

  /** The member that stands for a picture's class: the one with the lowest id. */
  representativeOf(id: PictureId): PictureId {
    return this.#classOf.get(id)?.first ?? id;
  }

  isRepresentative(id: PictureId): boolean {
    return this.representativeOf(id) === id;
  }

  /** Every picture of a picture's class, itself among them, in no promised order. */
  membersOf(id: PictureId): readonly PictureId[] {
    return this.#classOf.get(id)?.members ?? [id];
  }

  /** The representatives of all classes of two or more, in no promised order. */
  representatives(): PictureId[] {
    const classes = [...new Set(this.#classOf.values())];
    return classes.filter(({ members }) => members.length > 1).map(({ first }) => first);
  }

  #open(id: PictureId): PictureClass {
    const known = this.#classOf.get(id) ?? { members: [id], first: id };
    this.#classOf.set(id, known);
    return known;
  }

  #merge(a: PictureClass, b: PictureClass): void {
    if (a === b) {
      return;
    }
    const [larger, smaller] = a.members.length >= b.members.length ? [a, b] : [b, a];
    for (const id of smaller.members) {
      larger.members.push(id);
      this.#classOf.set(id, larger);
    }
    larger.first = Math.min(larger.first, smaller.first);
  }
}
