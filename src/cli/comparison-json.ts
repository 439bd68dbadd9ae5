import { COPY_SCORE, UNSURE_SCORE } from '../copies/judge-pair.ts';
import type { ComparedFile, FileComparison } from '../engine/compare-files.ts';

/** A comparison as `--json` shows it. @param overlay where it was drawn */
export function comparisonToJson(comparison: FileComparison, overlay: string | null) {
  const { relation, words, pixels, unknownBecause, isOneFile, files, verification } = comparison;
  return {
    ...{ relation, words, pixels, unknownBecause, isOneFile },
    a: fileToJson(files.a),
    b: fileToJson(files.b),
    verification: verification && {
      ...verification,
      thresholds: { copy: COPY_SCORE, unsure: UNSURE_SCORE },
    },
    overlay,
  };
}

function fileToJson({ path, contentHash, facts }: ComparedFile) {
  const { format, width, height, takenAt, camera } = facts;
  return { file: path, contentHash, format, width, height, takenAt, camera };
}
