import { darker, mix } from '../colors.ts';
import { PALETTES } from '../palettes.ts';
import type { Canvas, DrawScene, Scene } from '../scene.ts';
import { type Point, short, stroke } from '../svg-shapes.ts';
import { drawBranch } from './blossom-branch.ts';
import { blurredGarden } from './blurred-garden.ts';
import { drawCacti } from './cacti.ts';
import { flower } from './flower.ts';
import { drawLeaves } from './leaves.ts';
import { drawMeadow } from './meadow.ts';

/** One bloom, a meadow, blossom on a branch, leaves, cacti. */
export function drawFlowers(canvas: Canvas): Scene {
  return canvas.choose<DrawScene>([drawBloom, drawMeadow, drawBranch, drawLeaves, drawCacti])(canvas);
}

function drawBloom(canvas: Canvas): Scene {
  const { random, width, height } = canvas;
  const palette = canvas.choose(PALETTES);
  const greens = [darker(palette[2], 0.5), '#3c5a32', darker(palette[4], 0.1)];
  const center: Point = [width * random.between(0.36, 0.64), height * random.between(0.4, 0.55)];
  const stem = stroke(
    `M${short(center[0])} ${short(center[1])}Q${short(center[0] + 20)} ${short(height * 0.8)} ${short(center[0] - width * 0.08)} ${short(height * 1.05)}`,
    '#47682f',
    height * 0.02,
  );
  const buds = Array.from({ length: 3 }, () =>
    flower(
      [random.next() * width, random.between(0.1, 0.95) * height],
      height * random.between(0.08, 0.16),
      mix(palette[1], palette[2], random.next()),
      palette[3],
      random,
    ),
  );
  return {
    ground: blurredGarden(canvas, greens),
    softGround: true,
    drawing:
      `<g opacity="0.55">${buds.join('')}</g>` +
      stem +
      flower(center, Math.min(width, height) * random.between(0.34, 0.44), palette[1], palette[3], random),
  };
}
