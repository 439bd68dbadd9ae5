import type { PairEvidence } from './compare-views.ts';
import { describeEdit } from './describe-edit.ts';
import type { PixelSize } from './fraction-map.ts';
import { type CopyVerdict, isSomethingElse, whoHasDetail } from './judge-pair.ts';
import { VIEW_SIDE } from './picture-view.ts';

/** Pixels of the longer side below which half of what is compared is made up by enlarging. */
const FEW_PIXELS = VIEW_SIDE / 2;

/** Pixels of a view that tiles are off where an edited copy is seldom, and another shot mostly. */
const SHIFTED = 1;

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
  const [first, ...more] = edit;
  switch (verdict) {
    case 'copy':
      return edit;
    case 'unsure':
      return [
        whyUnsure(evidence, a, b),
        ...(first === undefined ? [] : [`If it is a copy, ${first}`, ...more]),
      ];
    case 'alike':
      return ['Things in both fit together, but not the whole: another shot, or another thing of the kind.'];
    case 'different':
      return ['Nothing in them was found to fit together.'];
    case 'plain':
      return ['Both are so plain that there is nothing to compare.'];
  }
}

function whyUnsure({ bands, shift, contraryTiles }: PairEvidence, a: PixelSize, b: PixelSize): string {
  const [name, smaller] = longerSide(a) < longerSide(b) ? ['A', a] : ['B', b];
  if (longerSide(smaller) < FEW_PIXELS) {
    return `They may be a copy; ${name} is too small, ${smaller.width} x ${smaller.height} pixels, to tell one from another shot of the same scene.`;
  }
  if (isSomethingElse(contraryTiles)) {
    return 'They may be a copy; but in places something else stands: it was written or pasted over a copy, or it moved between two shots of one scene.';
  }
  if (shift !== null && shift > SHIFTED) {
    return 'They may be a copy; but things in them lie a little off their places, as in another shot of the same scene.';
  }
  return whoHasDetail(bands) === 'both'
    ? 'They may be a copy; another shot of the same scene, or a part of another picture, cannot be ruled out.'
    : 'They may be a copy; the fine detail that would tell one from another shot of the same scene is missing in at least one of them.';
}

function longerSide({ width, height }: PixelSize): number {
  return Math.max(width, height);
}
