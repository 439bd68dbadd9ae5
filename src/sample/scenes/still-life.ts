import { darker, lighter, lit, mix, rgb, smoothstep } from '../colors.ts';
import { fractal } from '../noise.ts';
import { across } from '../paints.ts';
import { PALETTES } from '../palettes.ts';
import type { Canvas, DrawScene, Scene, Shader } from '../scene.ts';
import { type Point, polygon } from '../svg-shapes.ts';
import { fruit } from './fruit.ts';
import { drawFromAbove } from './table-from-above.ts';
import { bottle, bowl, jug, vase } from './vessels.ts';
import { drawWindow } from './window-sill.ts';

/** Fruit, bottles and bowls on a table, at a window, or a breakfast from above. */
export function drawStillLife(canvas: Canvas): Scene {
  return canvas.choose<DrawScene>([drawTable, drawFromAbove, drawWindow])(canvas);
}

function drawTable(canvas: Canvas): Scene {
  const { random, width, height } = canvas;
  const palette = canvas.choose(PALETTES);
  const edge = random.between(0.62, 0.7);
  const size = height * 0.3;
  const foot = height * (edge + 0.1);
  const tall = random
    .shuffled([bottle, vase, jug])
    .map((draw, i) =>
      draw(
        [width * (0.2 + 0.28 * i + random.between(-0.05, 0.05)), foot - height * 0.03],
        size * random.between(1.15, 1.6),
        random.pick(palette.slice(1, 4)),
        random,
      ),
    );
  const fruits = Array.from({ length: random.whole(4, 7) }, (_, i) =>
    fruit(
      [width * (0.16 + 0.12 * i), foot + height * random.between(0.02, 0.13)],
      size * random.between(0.2, 0.27),
      random,
    ),
  );
  const bowlAt: Point = [width * random.between(0.6, 0.8), foot + height * 0.1];
  return {
    ground: shadeRoom(canvas, palette, edge),
    drawing:
      cloth(canvas, palette, edge) +
      tall.join('') +
      bowl(bowlAt, size * 0.75, palette[2], random) +
      fruits.join(''),
  };
}

/** A plastered wall with slanted light, and a wooden table below `edge`. */
function shadeRoom(
  { noise, random, width, height }: Canvas,
  palette: readonly string[],
  edge: number,
): Shader {
  const wall = rgb(mix(palette[0] as string, palette[2] as string, random.between(0, 0.55)));
  const wood = rgb(random.pick(['#8a5a34', '#5c3a26', '#b98a5a', '#d8c0a0', '#3c3434']));
  const from = random.between(-0.2, 0.4) * (width / height);
  return (x, y) => {
    if (y < edge) {
      const beam = smoothstep(0.5, 0.1, Math.abs(x - from - y * 0.9 - 0.2) - 0.1);
      return lit(wall, 0.62 + 0.42 * beam + 0.09 * fractal(noise, x * 3, y * 3, 5));
    }
    const deep = (y - edge) / (1 - edge);
    const grain = fractal(noise, x * 1.4, (deep + 0.3) * 24, 4);
    return lit(wood, (0.7 + 0.45 * deep) * (1 + grain * 0.28) * (0.6 + 0.4 * smoothstep(0, 0.02, y - edge)));
  };
}

function cloth({ random, width, height }: Canvas, palette: readonly string[], edge: number): string {
  if (random.chance(0.4)) {
    return '';
  }
  const left = width * random.between(0.05, 0.3);
  const right = left + width * random.between(0.4, 0.6);
  const color = lighter(palette[3] as string, 0.35);
  const shape: Point[] = [
    [left + 30, height * (edge + 0.02)],
    [right - 20, height * (edge + 0.02)],
    [right + 40, height * 1.02],
    [left - 40, height * 1.02],
  ];
  const stripes = [0.1, 0.18, 0.82, 0.9].map((at) =>
    polygon(
      [
        [left + (right - left) * at, height * (edge + 0.02)],
        [left + (right - left) * at + 8, height * (edge + 0.02)],
        [left - 40 + (right - left + 80) * at + 12, height * 1.02],
        [left - 40 + (right - left + 80) * at, height * 1.02],
      ],
      palette[1] as string,
    ),
  );
  return polygon(shape, across(darker(color, 0.2), color, darker(color, 0.12), color)) + stripes.join('');
}
