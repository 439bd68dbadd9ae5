import { blend, clamp, darker, lighter, lit, mix, type Rgb, rgb } from '../colors.ts';
import { fractal } from '../noise.ts';
import { PALETTES } from '../palettes.ts';
import type { Canvas, Scene, Shader } from '../scene.ts';
import type { Random } from '../seeded-random.ts';
import { circle, ellipse, type Point, path, short, stroke } from '../svg-shapes.ts';

/** Grass and many small flowers against the sky. */
export function drawMeadow(canvas: Canvas): Scene {
  const { random, noise, width, height } = canvas;
  const palette = canvas.choose(PALETTES);
  const [sky, haze, grass] = [lighter(palette[0], 0.2), lighter(palette[2], 0.5), '#4a7434'].map(rgb) as [
    Rgb,
    Rgb,
    Rgb,
  ];
  const ground: Shader = (x, y) =>
    lit(
      blend(blend(sky, haze, y * 1.6), grass, clamp(y * 2.4 - 1 + 0.4 * fractal(noise, x * 2, y * 2, 3))),
      0.95 + 0.1 * noise(x * 5, y * 5),
    );
  const plants: Array<readonly [number, string]> = [];
  for (let i = 0; i < 230; i++) {
    const near = random.next() ** 1.3;
    const foot = height * (0.55 + 0.6 * near);
    const x = random.between(-0.02, 1.02) * width;
    const tall = height * (0.08 + 0.32 * near) * random.between(0.6, 1.1);
    plants.push([near, meadowPlant([x, foot], tall, near, random.pick(palette.slice(0, 4)), random)]);
  }
  plants.sort(([a], [b]) => a - b);
  return { ground, softGround: true, drawing: plants.map(([, plant]) => plant).join('') };
}

function meadowPlant([x, foot]: Point, tall: number, near: number, color: string, random: Random): string {
  const lean = tall * random.between(-0.25, 0.25);
  const green = mix('#a8bf7a', random.pick(['#2f5a2c', '#47782f', '#1f4a30']), 0.3 + 0.7 * near);
  const stem = stroke(
    `M${short(x)} ${short(foot)}Q${short(x)} ${short(foot - tall * 0.6)} ${short(x + lean)} ${short(foot - tall)}`,
    green,
    tall * 0.016 + 0.6,
  );
  const head: Point = [x + lean, foot - tall];
  const size = tall * random.between(0.08, 0.14);
  if (random.chance(0.38)) {
    return (
      stem +
      path(
        `M${short(x)} ${short(foot)}Q${short(x - lean)} ${short(foot - tall * 0.7)} ${short(x - lean * 1.6)} ${short(foot - tall * 0.95)}Q${short(x - lean * 0.4)} ${short(foot - tall * 0.5)} ${short(x + tall * 0.05)} ${short(foot)}Z`,
        green,
      )
    );
  }
  const petals = Array.from({ length: 7 }, (_, i) => {
    const angle = i * 0.898;
    return ellipse(
      [head[0] + size * 0.62 * Math.cos(angle), head[1] + size * 0.5 * Math.sin(angle)],
      size * 0.46,
      size * 0.4,
      i % 2 === 0 ? color : lighter(color, 0.18),
    );
  });
  return stem + petals.join('') + circle(head, size * 0.32, darker(color, 0.55));
}
