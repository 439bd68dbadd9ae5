import { blend, darker, lit, type Rgb, rgb, smoothstep } from '../colors.ts';
import { fractal } from '../noise.ts';
import { BRIGHT_DAYLIGHTS } from '../palettes.ts';
import { profileLine } from '../profile-line.ts';
import type { Canvas, Scene, Shader } from '../scene.ts';
import { planSky, shadeSky } from '../sky.ts';
import { box, type Point, polygon } from '../svg-shapes.ts';
import { tree } from './tree.ts';

/** Hills in crops, with trees and farmhouses. */
export function drawFields(canvas: Canvas): Scene {
  const { random, noise, width, height } = canvas;
  const light = canvas.choose(BRIGHT_DAYLIGHTS);
  const horizon = random.between(0.34, 0.46);
  const sky = shadeSky(canvas, light, planSky(canvas, light, horizon + 0.05));
  const crops = random.shuffled(['#7da03c', '#d9bb4a', '#4f8040', '#b98d4f', '#a8bf5a', '#8c5a3a']).map(rgb);
  const hills = crops.map((_, i) => ({
    foot: horizon + (i / 5.2) ** 1.4 * (0.98 - horizon),
    slant: random.between(-2.5, 2.5),
    rows: random.between(60, 130) / (1 + i * 0.55),
  }));
  const haze = rgb(light.far);
  const crests = hills.map(({ foot }, i) =>
    profileLine(canvas, (x) => foot - 0.055 * (1 + i * 0.15) * fractal(noise, x * 0.9 + i * 11, i * 4, 2)),
  );
  const crest = (i: number, x: number): number => (crests[i] as (x: number) => number)(x);
  const ground: Shader = (x, y) => {
    for (let i = hills.length - 1; i >= 0; i--) {
      const below = y - crest(i, x);
      if (below > 0) {
        const { slant, rows } = hills[i] as (typeof hills)[number];
        const row = Math.sin((x * slant + below * (3 - 0.3 * i) + 0.3 * noise(x * 2, i)) * rows * 0.5);
        const color = lit(
          crops[i] as Rgb,
          0.78 + 0.16 * row + 0.3 * smoothstep(0.2, 0, below) + 0.16 * fractal(noise, x * 14, y * 30, 3),
        );
        return blend(color, haze, 0.42 - 0.085 * i);
      }
    }
    return sky(x, y);
  };
  const things: string[] = [];
  for (let i = 1; i < hills.length; i++) {
    for (let count = random.whole(2, 6); count > 0; count--) {
      const x = random.between(0.02, 0.98) * (width / height);
      const place: Point = [x * height, (crest(i, x) + 0.01) * height];
      const size = height * (0.045 + 0.024 * i);
      things.push(
        random.chance(0.22)
          ? house(place, size * 1.2, canvas)
          : tree(place, size * random.between(0.7, 1.3), canvas, light),
      );
    }
  }
  return { ground, drawing: things.join('') };
}

function house([x, foot]: Point, size: number, { random }: Canvas): string {
  const wall = random.pick(['#f4ead6', '#e8d0b0', '#ffffff', '#d9e0dc']);
  const roof = random.pick(['#a8402c', '#7a3a30', '#5a4a4a', '#c0603a']);
  const windows = [0.15, 0.45, 0.95].map((at) =>
    box([x + size * at, foot - size * 0.34], size * 0.14, size * 0.17, '#3c4a5a'),
  );
  return (
    box([x, foot - size * 0.55], size * 1.3, size * 0.58, wall) +
    polygon(
      [
        [x - size * 0.4, foot - size * 0.55],
        [x, foot - size * 1.02],
        [x, foot + size * 0.03],
        [x - size * 0.4, foot + size * 0.03],
      ],
      darker(wall, 0.28),
    ) +
    polygon(
      [
        [x - size * 0.05, foot - size * 1.06],
        [x + size * 1.25, foot - size * 1.06],
        [x + size * 1.42, foot - size * 0.5],
        [x + size * 0.12, foot - size * 0.5],
      ],
      roof,
    ) +
    windows.join('')
  );
}
