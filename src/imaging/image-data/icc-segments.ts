/** `ICC_PROFILE`, a zero, the number of the segment from 1, and how many there are. */
const HEADER_BYTES = 14;

/**
 * Joins an ICC profile that JPEG segments hold in pieces (ICC.1, annex B.4), in whatever order they come.
 * @param segments contents of APP2 segments, with their header
 * @returns null when they are not one profile, each piece once
 */
export function joinIccSegments(segments: readonly Uint8Array[]): readonly Uint8Array[] | null {
  const pieces: Uint8Array[] = [];
  for (const segment of segments) {
    const number = segment[12] ?? 0;
    if (segment[13] !== segments.length || number < 1 || number > segments.length || number in pieces) {
      return null;
    }
    pieces[number] = segment.subarray(HEADER_BYTES);
  }
  return pieces.slice(1);
}
