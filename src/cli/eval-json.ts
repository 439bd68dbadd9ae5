import type { CopyEvaluation } from '../engine/evaluate-copies.ts';
import type { CopydaysEvaluation } from '../engine/evaluate-copydays.ts';
import type { KnnEvaluation } from '../engine/evaluate-knn.ts';
import type { LabelEvaluation } from '../engine/evaluate-labels.ts';
import type { RetrievalEvaluation } from '../engine/evaluate-retrieval.ts';
import type { LookedFolders } from '../engine/look-at-folders.ts';

/** An evaluation by labels, as `--json` shows it. */
export function labelsToJson({ looked, labels, alone, contenders }: LabelEvaluation) {
  return {
    ...lookedToJson(looked),
    labels,
    alone,
    contenders: contenders.map(({ contender, figures, byLabel }) => ({
      ...contender,
      ...figures,
      byLabel: Object.fromEntries(byLabel),
    })),
  };
}

/** An evaluation by copies, likewise. */
export function copiesToJson({ looked, originals, contenders }: CopyEvaluation, seed: number) {
  return {
    ...lookedToJson(looked),
    originals,
    seed,
    contenders: contenders.map(({ contender, figures, nearDuplicates }) => ({
      ...contender,
      ...figures,
      nearDuplicates,
    })),
  };
}

/** An evaluation by weighted nearest neighbors, likewise. */
export function knnToJson({ looked, contenders, ...evaluation }: KnnEvaluation) {
  return {
    ...lookedToJson(looked),
    ...evaluation,
    contenders: contenders.map(({ contender, figures }) => ({ ...contender, figures })),
  };
}

/** An evaluation by a ground truth, likewise. */
export function retrievalToJson({ looked, contenders, ...evaluation }: RetrievalEvaluation) {
  return {
    ...lookedToJson(looked),
    ...evaluation,
    contenders: contenders.map(({ contender, figures, byQuery }) => ({ ...contender, ...figures, byQuery })),
  };
}

/** An evaluation on Copydays, likewise. */
export function copydaysToJson({ looked, contenders, ...evaluation }: CopydaysEvaluation) {
  return {
    ...lookedToJson(looked),
    ...evaluation,
    contenders: contenders.map(({ contender, byPart }) => ({ ...contender, byPart })),
  };
}

function lookedToJson({ pictures, ...looked }: LookedFolders) {
  return { ...looked, pictures: pictures.length };
}
