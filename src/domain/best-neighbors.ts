import { compareNeighbors, type Ranked } from './neighbor-order.ts';

/** Keeps the best of many. Of parts or of pictures, as long as all ids are of one kind. */
export interface BestNeighbors {
  offer(id: number, similarity: number): void;
  /** The kept ones, most similar first, ties by ascending id. */
  sorted(): Ranked[];
}

/**
 * The best `limit` of any number of offers, in O(log limit) each: a binary heap with the worst kept one on top.
 * @param limit 1 or more
 */
export function createBestNeighbors(limit: number): BestNeighbors {
  const heap: Ranked[] = [];
  return {
    offer(id, similarity) {
      const worst = heap[0];
      if (worst === undefined || heap.length < limit) {
        heap.push({ id, similarity });
        riseLast(heap);
      } else if (similarity > worst.similarity || (similarity === worst.similarity && id < worst.id)) {
        heap[0] = { id, similarity };
        sinkFirst(heap);
      }
    },
    sorted: () => heap.toSorted(compareNeighbors),
  };
}

function isWorse(heap: readonly Ranked[], a: number, b: number): boolean {
  return compareNeighbors(heap[a] as Ranked, heap[b] as Ranked) > 0;
}

function swap(heap: Ranked[], a: number, b: number): void {
  const kept = heap[a] as Ranked;
  heap[a] = heap[b] as Ranked;
  heap[b] = kept;
}

function riseLast(heap: Ranked[]): void {
  let child = heap.length - 1;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (!isWorse(heap, child, parent)) return;
    swap(heap, child, parent);
    child = parent;
  }
}

function sinkFirst(heap: Ranked[]): void {
  let parent = 0;
  for (;;) {
    const left = 2 * parent + 1;
    if (left >= heap.length) return;
    const right = left + 1;
    const child = right < heap.length && isWorse(heap, right, left) ? right : left;
    if (!isWorse(heap, child, parent)) return;
    swap(heap, child, parent);
    parent = child;
  }
}
