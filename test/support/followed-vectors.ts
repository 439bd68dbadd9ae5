import type { DescriptorStore, FeedPosition, VectorChanges } from '../../src/domain/descriptor-store.ts';
import type { Embedding } from '../../src/domain/embedding.ts';
import type { PartId } from '../../src/domain/picture.ts';
import type { VectorSource } from '../../src/domain/space.ts';

/** What an index that follows a store's feed holds. */
export class FollowedVectors {
  readonly vectors = new Map<PartId, Embedding>();
  #position: FeedPosition | null = null;

  get position(): FeedPosition | null {
    return this.#position;
  }

  apply({ upserted, removed, position }: VectorChanges): void {
    for (const id of removed) {
      this.vectors.delete(id);
    }
    for (const { id, embedding } of upserted) {
      this.vectors.set(id, embedding);
    }
    this.#position = position ?? this.#position;
  }

  /** Applies what came since the last time. Returns the pieces that it came in. */
  async follow(store: DescriptorStore, source: VectorSource): Promise<VectorChanges[]> {
    const pieces: VectorChanges[] = [];
    for await (const piece of store.changes(source, this.#position)) {
      pieces.push(piece);
    }
    for (const piece of pieces) {
      this.apply(piece);
    }
    return pieces;
  }
}
