import type { RatedPicture } from './candidate.ts';
import type { LeftReason } from './left-file.ts';
import type { PairFacts } from './pair-facts.ts';

/**
 * What nobody could get back from the kept one of two copies, beside what it shows: colors, further pages or frames, of
 * which only the first was looked at, and the camera. A picture that names its camera is what a camera made, or was made of
 * it by who kept that; one that names none may be a screenshot, and one that names another may be anything.
 * @param facts the dropped one is its first
 * @returns null for nothing
 */
export function lostWith(
  dropped: RatedPicture,
  kept: Pick<RatedPicture, 'camera'>,
  { second }: PairFacts,
): Extract<LeftReason, 'color' | 'pages' | 'camera'> | null {
  if (second.isGray) {
    return 'color';
  }
  if ((dropped.pages ?? 1) > 1) {
    return 'pages';
  }
  return dropped.camera !== null && dropped.camera !== kept.camera ? 'camera' : null;
}
