import type { PairEvidence } from './compare-views.ts';
import { describeEdit } from './describe-edit.ts';
import type { PixelSize } from './fraction-map.ts';
import { type CopyVerdict, LEAST_KEYPOINTS, whoHasDetail } from './judge-pair.ts';

/**
 * Says in sentences what looking at two pictures, A and B, told.
 * @param verdict what they were judged to be by this evidence
 * @param a size of the first picture, pixels
 */
export function describeCopy(
  verdict: CopyVerdict,
  evidence: PairEvidence,
  a: PixelSize,
  b: PixelSize,
): readonly string[] {
  const { map } = evidence;
  const edit = map === null ? [] : describeEdit(evidence, map, a, b);
  switch (verdict) {
    case 'copy':
      return edit;
    case 'unsure':
      return [whyUnsure(evidence), ...(edit.length === 0 ? [] : ['If it is a copy:', ...edit])];
    case 'alike':
      return ['Things in both fit together, but not the whole: another shot, or another thing of the kind.'];
    case 'different':
      return ['Nothing in them was found to fit together.'];
  }
}

function whyUnsure({ keypoints, bands }: PairEvidence): string {
  if (Math.max(keypoints.a, keypoints.b) < LEAST_KEYPOINTS) {
    return 'Both are so plain that there is nothing to compare.';
  }
  return whoHasDetail(bands) === 'both'
    ? 'They may be a copy; another shot of the same scene, or a part of another picture, cannot be ruled out.'
    : 'They may be a copy; the fine detail that would tell one from another shot of the same scene is missing in at least one of them.';
}
