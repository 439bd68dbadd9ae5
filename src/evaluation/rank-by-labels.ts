import { type Embedding, similarity } from '../domain/embedding.ts';

/** How many of the nearest P@5 looks at. */
const NEAREST = 5;

/** What a picture found when it was left out and looked for among all others. Of equally near ones, wrong ones count as nearer. */
export interface LabelRanking {
  readonly label: string;
  /** Of the nearest. */
  readonly similarity: number;
  /** Whether the nearest has the same label. */
  readonly isFirstRight: boolean;
  /** Share of the five nearest (of all, where there are fewer) with the same label. */
  readonly precisionAt5: number;
  /**
   * Precision at the place of each picture of the same label, averaged over all of them (C. D. Manning, P. Raghavan,
   * H. Schuetze, Introduction to Information Retrieval, 2008, 8.4): 1 when they all come first.
   */
  readonly averagePrecision: number;
}

/** Queries between two looks at the signal: some milliseconds each for tens of thousands of pictures. */
const QUERIES_AT_ONCE = 16;

/**
 * Leave-one-out nearest neighbors by exact search: every picture looks for those of its label among all others. One
 * that is alone with its label is found by others and looks for nothing. No more than two rows of similarities are kept.
 * @param labels of each picture
 * @param vectors of each picture
 * @param onRanked told how many more were looked for
 * @throws the signal's reason
 */
export async function rankByLabels(
  labels: readonly string[],
  vectors: readonly Embedding[],
  onRanked: (count: number) => void,
  signal: AbortSignal,
): Promise<LabelRanking[]> {
  const counts = new Map<string, number>();
  for (const label of labels) {
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const rankings: LabelRanking[] = [];
  for (const [query, label] of labels.entries()) {
    if (query % QUERIES_AT_ONCE === 0) {
      await new Promise(setImmediate);
      signal.throwIfAborted();
    }
    const ofLabel = counts.get(label) as number;
    if (ofLabel > 1) {
      const right = new Float64Array(ofLabel - 1);
      const wrong = new Float64Array(labels.length - ofLabel);
      compareAll(query, labels, vectors, right, wrong);
      rankings.push({ label, ...judgeRanking(right.sort().reverse(), wrong.sort().reverse()) });
    }
    onRanked(1);
  }
  return rankings;
}

function compareAll(
  query: number,
  labels: readonly string[],
  vectors: readonly Embedding[],
  right: Float64Array,
  wrong: Float64Array,
): void {
  let [rights, wrongs] = [0, 0];
  for (let other = 0; other < vectors.length; other++) {
    const near = similarity(vectors[query] as Embedding, vectors[other] as Embedding);
    if (other === query) {
      continue;
    }
    if (labels[other] === labels[query]) {
      right[rights++] = near;
    } else {
      wrong[wrongs++] = near;
    }
  }
}

/**
 * @param right similarities of those of the same label, descending, one or more
 * @param wrong those of the others, descending
 */
export function judgeRanking(right: Float64Array, wrong: Float64Array): Omit<LabelRanking, 'label'> {
  let wrongBefore = 0;
  let precisions = 0;
  let amongNearest = 0;
  for (const [i, near] of right.entries()) {
    while (wrongBefore < wrong.length && (wrong[wrongBefore] as number) >= near) {
      wrongBefore++;
    }
    const place = i + 1 + wrongBefore;
    precisions += (i + 1) / place;
    amongNearest += place <= NEAREST ? 1 : 0;
  }
  const [nearestRight, nearestWrong = Number.NEGATIVE_INFINITY] = [right[0] as number, wrong[0]];
  return {
    similarity: Math.max(nearestRight, nearestWrong),
    isFirstRight: nearestRight > nearestWrong,
    precisionAt5: amongNearest / Math.min(NEAREST, right.length + wrong.length),
    averagePrecision: precisions / right.length,
  };
}
