import { fitMatches, type MatchFit } from '../../src/copies/fit-matches.ts';
import { inFractions } from '../../src/copies/fraction-map.ts';
import { matchKeypoints } from '../../src/copies/match-keypoints.ts';
import { type PictureView, viewPicture, viewSize } from '../../src/copies/picture-view.ts';
import { pixelsAtSize } from '../../src/engine/pixels-at-size.ts';
import type { PictureDecoders } from '../../src/imaging/picture-decoders.ts';
import type { SizedPicture } from '../copy-set-edits.ts';
import type { PlacingWay } from './placing-way.ts';

/**
 * The first step of how Eidetic does it, and nothing of what refines and judges the place: its keypoints, the copy as it is
 * and in the mirror, whichever has more inliers.
 * @param decoders outlive it
 */
export function placeByOwnKeypoints(decoders: PictureDecoders): PlacingWay {
  const viewOf = async (picture: SizedPicture) => {
    const { width, height } = viewSize(picture);
    const { rgb } = await pixelsAtSize(decoders, picture.bytes, { width, height });
    return viewPicture(rgb, width, height);
  };
  return {
    name: "Eidetic's keypoints alone",
    async place(copy, original, looked) {
      const [a, b] = [await viewOf(copy), await viewOf(original)];
      looked();
      const [plain, mirrored] = [fitIn(a, b, false), fitIn(a, b, true)];
      const best = (mirrored?.inliers.length ?? 0) > (plain?.inliers.length ?? 0) ? mirrored : plain;
      return best && inFractions(best.affine, a.image, b.image);
    },
    close: async () => {},
  };
}

function fitIn(a: PictureView, b: PictureView, isMirrored: boolean): MatchFit | null {
  const matches = matchKeypoints(a.features, b.features, isMirrored);
  return fitMatches(a.features, b.features, matches, isMirrored);
}
