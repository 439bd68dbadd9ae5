/** Steps of gray by which a curve is told, and of which the medians are found. */
const BINS = 64;

/** Share of the pixels that a step needs to say anything. */
const LEAST_SHARE = 0.002;

/**
 * A picture with the tones of another that it is laid over, as if it had been brightened or darkened like that. By the median of
 * each step, so that it is what becomes of most pixels; beyond the darkest and the brightest it goes on as steep as gray itself.
 * @param mask 1 where both pictures are
 */
export function inTonesOf(to: Float32Array, from: Float32Array, mask: Uint8Array): Float32Array {
  const counts = Array.from({ length: BINS }, () => new Uint32Array(BINS));
  let all = 0;
  for (let i = 0; i < from.length; i++) {
    if (mask[i] === 1) {
      const row = counts[binOf(from[i] as number)] as Uint32Array;
      const at = binOf(to[i] as number);
      row[at] = (row[at] as number) + 1;
      all++;
    }
  }
  const points = counts.flatMap((row, bin) => {
    const count = row.reduce((sum, one) => sum + one, 0);
    return count === 0 || count < LEAST_SHARE * all
      ? []
      : [{ x: (bin + 0.5) / BINS, y: medianOf(row, count) }];
  });
  return from.map((value) => onCurve(points, value));
}

interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

function onCurve(points: readonly CurvePoint[], value: number): number {
  // No point is farther along than the step that it is of.
  let next = Math.min(points.length, binOf(value) + 1);
  while (next > 0 && (points[next - 1] as CurvePoint).x >= value) {
    next--;
  }
  const [before, after] = [points[next - 1], points[next]];
  if (before !== undefined && after !== undefined) {
    return before.y + ((after.y - before.y) * (value - before.x)) / (after.x - before.x);
  }
  const end = before ?? after;
  return end === undefined ? value : end.y + value - end.x;
}

/** Within its step, as if the pixels of that lay evenly. */
function medianOf(row: Uint32Array, count: number): number {
  let below = 0;
  for (const [bin, one] of row.entries()) {
    if (below + one >= count / 2) {
      return (bin + (count / 2 - below) / one) / BINS;
    }
    below += one;
  }
  return 1;
}

/** A picture whose contrast was raised has values beyond 0 and 1. */
function binOf(value: number): number {
  return Math.min(BINS - 1, Math.max(0, Math.floor(BINS * value)));
}
