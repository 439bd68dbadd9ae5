import type { Random } from './seeded-random.ts';

/** A smooth random landscape: about -1 to 1 at every point of the plane, waves about 1 long. */
export type Noise = (x: number, y: number) => number;

const SIDE = 256;

/** Gradient noise after Ken Perlin, "Improving Noise" (SIGGRAPH 2002), in two dimensions; repeats after 256. */
export function createNoise(random: Random): Noise {
  const angles = Float32Array.from({ length: SIDE * SIDE }, () => random.next() * 2 * Math.PI);
  const slopeX = angles.map(Math.cos);
  const slopeY = angles.map(Math.sin);
  return (x, y) => {
    const cellX = Math.floor(x);
    const cellY = Math.floor(y);
    const dx = x - cellX;
    const dy = y - cellY;
    const left = cellX & (SIDE - 1);
    const right = (cellX + 1) & (SIDE - 1);
    const upper = (cellY & (SIDE - 1)) * SIDE;
    const lower = ((cellY + 1) & (SIDE - 1)) * SIDE;
    const fadeX = fade(dx);
    const a = (slopeX[upper + left] as number) * dx + (slopeY[upper + left] as number) * dy;
    const b = (slopeX[upper + right] as number) * (dx - 1) + (slopeY[upper + right] as number) * dy;
    const c = (slopeX[lower + left] as number) * dx + (slopeY[lower + left] as number) * (dy - 1);
    const d = (slopeX[lower + right] as number) * (dx - 1) + (slopeY[lower + right] as number) * (dy - 1);
    const top = a + (b - a) * fadeX;
    return (top + (c + (d - c) * fadeX - top) * fade(dy)) * 1.4;
  };
}

/** Octaves of noise, each twice as fine and half as strong; about -1 to 1. */
export function fractal(noise: Noise, x: number, y: number, octaves: number): number {
  let sum = 0;
  let weight = 1;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * noise(x * scale + octave * 17.3, y * scale - octave * 9.1);
    weight /= 2;
    scale *= 2;
  }
  return sum / (2 - 2 * weight);
}

/** Sharp crests and round valleys, 0 to 1: 1 on the crests. */
export function ridged(noise: Noise, x: number, y: number, octaves: number): number {
  let sum = 0;
  let weight = 0.5;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave++) {
    sum +=
      weight * (1 - Math.min(1, Math.abs(noise(x * scale + octave * 31.7, y * scale + octave * 5.9)) * 1.6));
    weight /= 2;
    scale *= 2;
  }
  return sum / (1 - 2 * weight);
}

/** What a point of a cell pattern knows: distance to the nearest seed, to the second, and the nearest's number. */
interface Cell {
  readonly nearest: number;
  readonly second: number;
  /** 0 to 1, the same all over the cell. */
  readonly tone: number;
}

/** Cell noise after Steven Worley, "A Cellular Texture Basis Function" (SIGGRAPH 1996); cells about 1 wide. */
export function createCells(random: Random): (x: number, y: number) => Cell {
  const side = 64;
  const jitterX = Float64Array.from({ length: side * side }, () => random.between(0.1, 0.9));
  const jitterY = Float64Array.from({ length: side * side }, () => random.between(0.1, 0.9));
  const tones = Float64Array.from({ length: side * side }, () => random.next());
  return (x, y) => {
    const cellX = Math.floor(x);
    const cellY = Math.floor(y);
    let nearest = 99;
    let second = 99;
    let tone = 0;
    for (let near = 0; near < 9; near++) {
      const column = cellX + (near % 3) - 1;
      const row = cellY + Math.floor(near / 3) - 1;
      const entry = (row & (side - 1)) * side + (column & (side - 1));
      const dx = column + (jitterX[entry] as number) - x;
      const dy = row + (jitterY[entry] as number) - y;
      const distance = dx * dx + dy * dy;
      if (distance < nearest) {
        second = nearest;
        nearest = distance;
        tone = tones[entry] as number;
      } else if (distance < second) {
        second = distance;
      }
    }
    return { nearest: Math.sqrt(nearest), second: Math.sqrt(second), tone };
  };
}

function fade(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}
