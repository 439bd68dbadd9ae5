/**
 * How long a server asks to be left alone.
 * @param header Retry-After: seconds or a date
 * @param nowMs milliseconds since 1970
 * @returns milliseconds, 0 or more; null when it says nothing that can be understood
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) {
    return null;
  }
  if (/^\s*\d+\s*$/.test(header)) {
    return Number(header) * 1_000;
  }
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
