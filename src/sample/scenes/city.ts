import { blend, rgb } from '../colors.ts';
import { fractal } from '../noise.ts';
import { BRIGHT_DAYLIGHTS, DAYLIGHTS, type Daylight } from '../palettes.ts';
import type { Canvas, DrawScene, Scene, Shader } from '../scene.ts';
import { planSky, shadeSky } from '../sky.ts';
import { box, group, short, stroke } from '../svg-shapes.ts';
import { drawBridge } from './bridge.ts';
import { drawGables } from './canal-houses.ts';
import { drawBlocks } from './city-blocks.ts';
import { towerRow } from './towers.ts';

/** Towers by day and night, gabled houses on a canal, blocks from above, a bridge. */
export function drawCity(canvas: Canvas): Scene {
  return canvas.choose<DrawScene>([drawTowers, drawNight, drawGables, drawBlocks, drawBridge])(canvas);
}

function drawTowers(canvas: Canvas): Scene {
  const light = canvas.choose(BRIGHT_DAYLIGHTS);
  const ground = shadeSky(canvas, light, planSky(canvas, light, 0.85));
  const rows = [0, 1, 2, 3].map((row) => towerRow(canvas, light, row, 1.02, 0));
  return { ground, softGround: true, drawing: rows.join('') };
}

/** A lit skyline and its image in the river. */
function drawNight(canvas: Canvas): Scene {
  const { height, width, noise, random } = canvas;
  const night: Daylight = {
    ...canvas.choose(DAYLIGHTS.filter((light) => light.sunHeight > 0.15)),
    near: '#0a0c18',
    cloud: '#3a3f66',
    sun: '#f4f0e0',
    sky: canvas.choose([
      ['#050a1c', '#14244e', '#46538c'],
      ['#120a24', '#40205a', '#c05a6a'],
      ['#03141a', '#0c3c4a', '#3f8a86'],
    ] as const),
    far: '#2c3a66',
  };
  const shore = random.between(0.62, 0.74);
  const sky = shadeSky(canvas, night, planSky(canvas, night, shore));
  const depth = rgb('#040713');
  const ground: Shader = (x, y) => {
    if (y < shore) {
      return sky(x, y);
    }
    const ripple = fractal(noise, x * 4, y * 46, 3);
    return blend(sky(x, Math.max(0, 2 * shore - y) * 0.9), depth, 0.5 + ripple * 0.25);
  };
  const skyline = [0, 1, 2, 3].map((row) => towerRow(canvas, night, row, shore, 0.2 + 0.12 * row)).join('');
  const image = group(`translate(0 ${short(2 * shore * height)}) scale(1 -1)`, skyline, 'opacity="0.38"');
  const waves = Array.from({ length: 60 }, (_, i) => {
    const y = height * (shore + ((1 - shore) * i) / 60);
    const x = random.next() * width;
    return stroke(
      `M${short(x)} ${short(y)}h${short(width * random.between(0.03, 0.25))}`,
      night.sky[0],
      1 + i * 0.05,
      'opacity="0.5"',
    );
  });
  const quay = box([0, height * shore - 2], width, height * 0.012, '#05060c');
  return { ground, softGround: true, drawing: skyline + image + waves.join('') + quay };
}
