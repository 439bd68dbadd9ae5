import { detailLead } from './detail-lead.ts';
import type { GrayImage } from './gray-image.ts';
import { repeatedLines } from './repeated-lines.ts';
import { type BeyondSaving, savedExcess } from './saved-excess.ts';
import { unexplainedDetail } from './unexplained-detail.ts';

/** A smaller growth leaves nothing between two pictures that could be looked at: they are about as large. */
export const LEAST_GROWTH = 1.1;

/** What the detail of two pictures of one whole tells. */
export interface DetailBeside {
  /** How many times as wide the larger is, as it was looked at: 1 or above. */
  readonly growth: number;
  /** See unexplainedDetail, of the larger; null where nobody could tell, and of two that are about as large. */
  readonly unexplained: number | null;
  /** See repeatedLines, likewise. */
  readonly repeated: number | null;
  /** See detailLead, of the larger. */
  readonly lead: number | null;
  /** See savedExcess, of each as if it was saved from the other; null of two sizes, and of what is no JPEG file that tells. */
  readonly excess: { readonly large: BeyondSaving | null; readonly small: BeyondSaving | null };
}

/** The gray of a picture, and by which steps a JPEG file's luma was quantized; null for what does not tell. */
export interface FinePicture {
  readonly image: GrayImage;
  readonly quantization: Float32Array | null;
}

/** @param large one to two times as large as the small one, of the same whole */
export function compareDetail(large: FinePicture, small: FinePicture): DetailBeside {
  const growth = large.image.width / small.image.width;
  const isLarger = growth >= LEAST_GROWTH;
  return {
    growth,
    unexplained: isLarger ? unexplainedDetail(large.image, small.image) : null,
    repeated: isLarger ? repeatedLines(large.image) : null,
    lead: detailLead(large.image, small.image),
    excess: { large: excessOf(large, small), small: excessOf(small, large) },
  };
}

function excessOf({ image, quantization }: FinePicture, { image: source }: FinePicture): BeyondSaving | null {
  const areOfOneSize = image.width === source.width && image.height === source.height;
  return quantization === null || !areOfOneSize ? null : savedExcess(image, source, quantization);
}
