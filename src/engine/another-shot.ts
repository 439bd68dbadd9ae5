import type { CameraFacts } from '../domain/picture.ts';

/** Milliseconds: what is written of the time is whole seconds. */
const APART_MS = 1_000;

const OFFSET = /(?:Z|[+-]\d\d:\d\d)$/;

/**
 * Whether two pictures that show the same were taken at different times: an edited copy keeps the time it was taken. Of two
 * cameras nothing is said, since their clocks differ.
 */
export function isAnotherShot(a: CameraFacts, b: CameraFacts): boolean {
  if (a.takenAt === null || b.takenAt === null || a.camera !== b.camera) {
    return false;
  }
  if (OFFSET.test(a.takenAt) !== OFFSET.test(b.takenAt)) {
    return false; // one is of some time zone or other
  }
  return Math.abs(Date.parse(a.takenAt) - Date.parse(b.takenAt)) >= APART_MS;
}
