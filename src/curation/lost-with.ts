import type { RatedPicture } from './candidate.ts';
import type { LeftReason } from './left-file.ts';
import type { PairFacts } from './pair-facts.ts';
import { isLossless } from './rank-rules.ts';

/**
 * What nobody could get back from the kept one of two copies, beside what it shows: colors, further pages or frames, of
 * which only the first was looked at, and the camera. A picture that names its camera is what a camera made, or was made of
 * it by who kept that; one that names none may be a screenshot, and one that names another may be anything. What is stored
 * without loss was not made by saving the kept one in its size, or would equal it.
 * @param facts the dropped one is its first
 * @returns null for nothing
 */
export function lostWith(
  dropped: RatedPicture,
  kept: Pick<RatedPicture, 'camera' | 'width' | 'height'>,
  { second }: PairFacts,
): Extract<LeftReason, 'color' | 'pages' | 'camera' | 'edited'> | null {
  if (second.isGray) {
    return 'color';
  }
  if ((dropped.pages ?? 1) > 1) {
    return 'pages';
  }
  if (isLossless(dropped) && dropped.width === kept.width && dropped.height === kept.height) {
    return 'edited';
  }
  return dropped.camera !== null && dropped.camera !== kept.camera ? 'camera' : null;
}
