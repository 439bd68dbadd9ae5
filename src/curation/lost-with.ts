import type { RatedPicture } from './candidate.ts';
import type { LeftReason } from './left-file.ts';
import type { PairFacts } from './pair-facts.ts';

/**
 * What nobody could get back from the kept one of two copies, beside what it shows: colors, further pages or frames, and
 * the camera. A picture that names its camera is what a camera made, or was made of it by who kept that; one that names
 * none may be a screenshot.
 * @param facts the dropped one is its first
 * @returns null for nothing
 */
export function lostWith(
  dropped: RatedPicture,
  kept: RatedPicture,
  { second }: PairFacts,
): Extract<LeftReason, 'color' | 'pages' | 'camera'> | null {
  if (second.isGray) {
    return 'color';
  }
  if ((dropped.pages ?? 1) > (kept.pages ?? 1)) {
    return 'pages';
  }
  return dropped.camera !== null && kept.camera === null ? 'camera' : null;
}
