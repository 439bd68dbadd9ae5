import { disturbSquare, noisePicture } from './noise-picture.ts';
import type { ProbeSession } from './probe-session.ts';

/** How many patches are disturbed, spread over the picture, and how many must tell the same. */
const PATCHES = 5;
const AGREEING = 4;

/** Where a model's tokens come from. */
export interface TokenGrid {
  readonly output: string;
  readonly dimensions: number;
  readonly height: number;
  readonly width: number;
  readonly patchSize: number;
}

/**
 * How many tokens stand before those of the patches: disturbing one patch of a picture changes that patch's own
 * token most, as long as tokens keep something of what they began with (the residual stream of a Transformer).
 * @returns null when the disturbed patches do not tell the same
 */
export async function countLeadingTokens(session: ProbeSession, grid: TokenGrid): Promise<number | null> {
  const { height, width, patchSize: side } = grid;
  const columns = Math.floor(width / side);
  const patches = columns * Math.floor(height / side);
  const picture = noisePicture(1, height, width);
  const before = await tokensOf(session, grid, picture);
  const votes = new Map<number, number>();
  for (let i = 0; i < PATCHES && before !== null; i++) {
    const patch = Math.floor(((i + 0.5) / PATCHES) * patches);
    const square = { top: Math.floor(patch / columns) * side, left: (patch % columns) * side, side };
    const after = await tokensOf(session, grid, disturbSquare(picture, grid, square));
    const shift = after === null ? Number.NaN : mostChanged(before, after, grid.dimensions) - patch;
    votes.set(shift, (votes.get(shift) ?? 0) + 1);
  }
  const [winner] = [...votes].sort((a, b) => b[1] - a[1]);
  return winner !== undefined && winner[1] >= AGREEING && winner[0] >= 0 ? winner[0] : null;
}

async function tokensOf(session: ProbeSession, grid: TokenGrid, picture: Float32Array) {
  const outputs = await session.run([picture], grid.height, grid.width);
  return outputs instanceof Error ? null : (outputs.get(grid.output)?.data ?? null);
}

/** Row with the largest change, relative to its length. */
function mostChanged(before: Float32Array, after: Float32Array, dimensions: number): number {
  let most = -1;
  let mostRow = 0;
  for (let row = 0; row < before.length / dimensions; row++) {
    let change = 0;
    let length = 1e-12;
    for (let i = row * dimensions; i < (row + 1) * dimensions; i++) {
      change += ((after[i] as number) - (before[i] as number)) ** 2;
      length += (before[i] as number) ** 2;
    }
    if (change / length > most) {
      most = change / length;
      mostRow = row;
    }
  }
  return mostRow;
}
