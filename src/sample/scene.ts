import type { Rgb } from './colors.ts';
import type { Noise } from './noise.ts';
import type { Random } from './seeded-random.ts';

/** What a scene is drawn on and with. */
export interface Canvas {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  readonly random: Random;
  readonly noise: Noise;
  /** Takes turns: pictures of one kind get different entries until each had its turn. */
  choose<T>(list: readonly T[]): T;
}

/** The color of a point. Both coordinates are in picture heights: y is 0 to 1, x is 0 to width / height. */
export type Shader = (x: number, y: number) => Rgb;

/** A picture before its pixels. */
export interface Scene {
  /** What fills the picture; null when the drawing covers it all. */
  readonly ground: Shader | null;
  /** SVG elements over the ground, in pixels; may be empty. */
  readonly drawing: string;
  /** Soft grounds have nothing fine in them: they are computed at half size, which costs a quarter. */
  readonly softGround?: boolean;
}

/** A kind of scene. */
export type DrawScene = (canvas: Canvas) => Scene;
