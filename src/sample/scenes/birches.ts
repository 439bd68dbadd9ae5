import { blend, clamp, darker, lighter, lit, mix, type Rgb, rgb, smoothstep } from '../colors.ts';
import { fractal } from '../noise.ts';
import { ball, down } from '../paints.ts';
import { PALETTES } from '../palettes.ts';
import type { Canvas, Scene, Shader } from '../scene.ts';
import { ellipse, type Point, path, smooth, stroke } from '../svg-shapes.ts';

/** Birch trunks in a bright wood. */
export function drawBirches(canvas: Canvas): Scene {
  const { random, noise, width, height } = canvas;
  const palette = canvas.choose(PALETTES);
  const [glade, floor, leaf] = [lighter(palette[0], 0.25), darker(palette[3], 0.25), palette[1]].map(rgb) as [
    Rgb,
    Rgb,
    Rgb,
  ];
  const ground: Shader = (x, y) => {
    const leaves = fractal(noise, x * 9, y * 9, 4);
    const air = blend(glade, leaf, clamp(0.75 - y * 1.1 + leaves * 0.7));
    return blend(
      air,
      lit(floor, 0.85 + 0.5 * fractal(noise, x * 20, y * 45, 3)),
      smoothstep(0.68, 0.78, y + 0.03 * noise(x * 4, 3)),
    );
  };
  const trunks = Array.from({ length: 26 }, (_, i) => birch(canvas, i / 25, palette)).join('');
  const litter = Array.from({ length: 90 }, () => {
    const y = random.between(0.76, 1) * height;
    return ellipse(
      [random.next() * width, y],
      height * 0.011,
      height * 0.005,
      random.pick([palette[1], palette[2], palette[3]]),
    );
  });
  return { ground, drawing: trunks + litter.join('') };
}

function birch({ random, width, height }: Canvas, near: number, palette: readonly string[]): string {
  const x = random.next() * width;
  const half = height * (0.006 + 0.024 * near * near) * random.between(0.8, 1.2);
  const foot = height * (0.74 + 0.22 * near * near);
  const bend = random.between(-1, 1) * half * 2;
  const air = palette[0] as string;
  const bark = mix(air, '#f7f3ea', 0.2 + 0.8 * near);
  const dark = mix(air, '#2b2622', 0.25 + 0.75 * near);
  const side = (offset: number): Point[] => [
    [x + offset * 1.25, foot],
    [x + bend + offset, height * 0.4],
    [x + bend * 0.4 + offset * 0.8, -20],
  ];
  const trunk = `${smooth(side(-half))}L${smooth(side(half).reverse()).slice(1)}Z`;
  const marks = Array.from({ length: Math.round(6 + near * 16) }, () => {
    const y = random.next() * foot;
    const place: Point = [x + bend * (1 - Math.abs(y / height - 0.4)) + random.pick([-0.6, 0.5]) * half, y];
    return ellipse(place, half * random.between(0.2, 0.5), half * random.between(0.06, 0.16), dark);
  });
  const shadow = stroke(smooth(side(half * 0.62)), down(dark, bark), half * 0.7, 'opacity="0.35"');
  const roots = ellipse([x, foot], half * 2.4, half * 0.5, ball(dark, dark), 'opacity="0.5"');
  return roots + path(trunk, bark) + shadow + marks.join('');
}
