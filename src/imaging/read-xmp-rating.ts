/** As an attribute or an element, under the prefix of today or of the first programs that wrote it. */
const RATING = /\bx[ma]p:Rating\s*(?:=\s*["']|>)\s*(\d)/;

/**
 * Reads the stars that somebody gave a picture, from bytes with an XMP packet in them (Adobe, XMP specification part 1: a
 * packet is found by its text, whatever is around it).
 * @returns 1 to 5; null when there are none, or it was rejected
 */
export function readXmpRating(bytes: Uint8Array): number | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const stars = Number(RATING.exec(text)?.[1] ?? 0);
  return stars >= 1 && stars <= 5 ? stars : null;
}
