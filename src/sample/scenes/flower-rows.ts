import { blend, clamp, lit, mix, type Rgb, rgb, smoothstep } from '../colors.ts';
import { fractal } from '../noise.ts';
import { BRIGHT_DAYLIGHTS } from '../palettes.ts';
import type { Canvas, Scene, Shader } from '../scene.ts';
import { planSky, shadeSky } from '../sky.ts';
import { ellipse, type Point } from '../svg-shapes.ts';
import { tree } from './tree.ts';

/** Rows of flowers that meet at the horizon. */
export function drawRows(canvas: Canvas): Scene {
  const { random, noise, width, height } = canvas;
  const light = canvas.choose(BRIGHT_DAYLIGHTS);
  const horizon = random.between(0.3, 0.5);
  const meet = (width / height) * random.between(0.25, 0.75);
  const sky = shadeSky(canvas, light, planSky(canvas, light, horizon));
  const bloom = canvas
    .choose([
      ['#7a4fb0', '#a98ae0'],
      ['#d8342e', '#ff8a5a'],
      ['#f2c230', '#fff0a0'],
      ['#e86aa0', '#ffd0e0'],
    ])
    .map(rgb) as [Rgb, Rgb];
  const soil = rgb(random.pick(['#4a5a28', '#6a4a2c', '#38502c']));
  const dense = random.between(7, 12);
  const haze = rgb(light.far);
  const ground: Shader = (x, y) => {
    const near = (y - horizon + 0.02 * noise(x * 3, 1)) / (1 - horizon);
    if (near < 0) {
      return sky(x, y);
    }
    const bush = fractal(noise, (x - meet) * (4 + 14 / (near + 0.12)), Math.log(near + 0.03) * 26, 3);
    const row = Math.cos(((x - meet) / (near + 0.035)) * dense) + bush * 0.55;
    const petals = blend(bloom[0], bloom[1], clamp(bush * 1.3 + 0.35));
    const color = blend(
      lit(soil, 0.8 + bush * 0.4),
      lit(petals, 0.72 + 0.35 * clamp(row)),
      smoothstep(-0.35, 0.25, row),
    );
    return blend(color, haze, 0.5 * smoothstep(0.22, 0, near));
  };
  const woods = Array.from({ length: 46 }, (_, i) => {
    const at: Point = [(width * i) / 45 + random.between(-8, 8), height * (horizon - 0.005)];
    return ellipse(
      at,
      height * random.between(0.02, 0.045),
      height * random.between(0.02, 0.055),
      mix(light.far, light.near, random.between(0.45, 0.75)),
    );
  });
  const lone = tree(
    [width * random.between(0.15, 0.85), height * (horizon + 0.03)],
    height * random.between(0.13, 0.2),
    canvas,
    light,
  );
  return { ground, drawing: woods.join('') + lone };
}
