import { blend, darker, lighter, lit, type Rgb, rgb, smoothstep } from '../colors.ts';
import { fractal } from '../noise.ts';
import { across, down } from '../paints.ts';
import { PALETTES } from '../palettes.ts';
import type { Canvas, Scene, Shader } from '../scene.ts';
import { box } from '../svg-shapes.ts';
import { fruit } from './fruit.ts';
import { bottle, jug, vase } from './vessels.ts';

/** A sill with things against a bright window. */
export function drawWindow(canvas: Canvas): Scene {
  const { random, noise, width, height } = canvas;
  const palette = canvas.choose(PALETTES);
  const [view, leaf, wall] = [lighter(palette[0], 0.4), palette[2], darker(palette[1], 0.45)].map(rgb) as [
    Rgb,
    Rgb,
    Rgb,
  ];
  const ground: Shader = (x, y) =>
    blend(
      lit(view, 1.02 - 0.15 * y),
      leaf,
      0.75 * smoothstep(-0.15, 0.45, fractal(noise, x * 2.4, y * 2.4, 3) + y * 0.5 - 0.2),
    );
  const frame = lighter(palette[3], 0.62);
  const beam = height * 0.045;
  const sill = height * 0.74;
  const wallHex = `#${wall.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
  const left = width * random.between(0.06, 0.16);
  const right = width - width * random.between(0.06, 0.16);
  const bars = [0, 0.5, 1].map((at) =>
    box(
      [left + (right - left) * at - beam / 2, 0],
      beam,
      sill,
      across(darker(frame, 0.2), frame, darker(frame, 0.35)),
    ),
  );
  const cross = box([left, height * 0.33], right - left, beam * 0.8, down(frame, darker(frame, 0.35)));
  const walls =
    box([0, 0], left, height, across(wallHex, darker(wallHex, 0.2))) +
    box([right, 0], width - right, height, across(darker(wallHex, 0.3), wallHex));
  const board =
    box([0, sill], width, height * 0.06, down(lighter(frame, 0.4), frame)) +
    box([0, sill + height * 0.06], width, height, down(darker(wallHex, 0.35), wallHex));
  const makers = random.shuffled([bottle, vase, jug, vase]);
  const things = makers
    .slice(0, random.whole(3, 4))
    .map((draw, i) =>
      draw(
        [left + (right - left) * (0.14 + 0.25 * i), sill + height * 0.03],
        height * random.between(0.3, 0.46),
        random.pick(palette.slice(1, 4)),
        random,
      ),
    );
  const fruits = Array.from({ length: 3 }, (_, i) =>
    fruit([left + (right - left) * (0.3 + 0.24 * i), sill + height * 0.005], height * 0.042, random),
  );
  return {
    ground,
    softGround: true,
    drawing: walls + bars.join('') + cross + board + things.join('') + fruits.join(''),
  };
}
