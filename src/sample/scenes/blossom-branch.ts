import { blend, darker, lighter, lit, mix, rgb } from '../colors.ts';
import { fractal } from '../noise.ts';
import { ball } from '../paints.ts';
import { PALETTES } from '../palettes.ts';
import type { Canvas, Scene, Shader } from '../scene.ts';
import type { Random } from '../seeded-random.ts';
import { circle, type Point, short, stroke } from '../svg-shapes.ts';

/** Blossom on a branch across a plain sky, as in a woodcut. */
export function drawBranch(canvas: Canvas): Scene {
  const { random, noise, width, height } = canvas;
  const palette = canvas.choose(PALETTES);
  const paper = rgb(lighter(palette[2], 0.35));
  const low = rgb(palette[0]);
  const ground: Shader = (x, y) =>
    lit(blend(paper, low, y ** 1.4), 0.97 + 0.06 * fractal(noise, x * 6, y * 1.5, 4));
  const moon = circle(
    [width * random.between(0.2, 0.8), height * random.between(0.2, 0.4)],
    height * 0.14,
    lighter(palette[3], 0.3),
  );
  const wood = darker(palette[4], 0.1);
  const parts: string[] = [];
  const blooms: string[] = [];
  const reach = Math.max(width, height);
  const grow = ([x, y]: Point, angle: number, length: number, thick: number): void => {
    const bend = angle + random.between(-0.35, 0.35);
    const end: Point = [x + length * Math.cos(bend), y + length * Math.sin(bend)];
    parts.push(
      stroke(
        `M${short(x)} ${short(y)}Q${short(x + length * 0.5 * Math.cos(angle))} ${short(y + length * 0.5 * Math.sin(angle))} ${short(end[0])} ${short(end[1])}`,
        wood,
        thick,
      ),
    );
    if (thick < reach * 0.009 && random.chance(0.6)) {
      blooms.push(blossom(end, reach * random.between(0.012, 0.026), palette[1], random));
    }
    if (thick > reach * 0.0024) {
      grow(end, bend + random.between(-0.25, 0.15), length * 0.84, thick * 0.74);
      grow(end, bend + random.pick([-1, 1]) * random.between(0.5, 1.1), length * 0.72, thick * 0.5);
    }
  };
  const left = random.chance(0.5);
  grow(
    [left ? -10 : width + 10, height * random.between(0.55, 0.85)],
    left ? -0.45 : Math.PI + 0.45,
    reach * 0.21,
    reach * 0.022,
  );
  return { ground, drawing: moon + parts.join('') + blooms.join('') };
}

function blossom([x, y]: Point, size: number, color: string, random: Random): string {
  const tone = lighter(color, random.between(0.35, 0.75));
  const petals = Array.from({ length: 5 }, (_, i) => {
    const angle = i * 1.2566 + x;
    return circle(
      [x + size * 0.55 * Math.cos(angle), y + size * 0.55 * Math.sin(angle)],
      size * 0.52,
      ball(lighter(tone, 0.4), tone, mix(tone, color, 0.35)),
    );
  });
  return petals.join('') + circle([x, y], size * 0.24, color);
}
