import { along, blend, lit, rgb, smoothstep } from '../colors.ts';
import { fractal } from '../noise.ts';
import { PALETTES } from '../palettes.ts';
import type { Canvas, Shader } from '../scene.ts';
import { around, circle, ellipse, type Point, polygon } from '../svg-shapes.ts';

/** A coast from above: sand, foam in several lines, shallow and deep water. */
export function shadeShore({ noise, random, width, height }: Canvas): Shader {
  const turn = random.between(-0.5, 0.5) + (random.chance(0.5) ? Math.PI / 2 : 0);
  const [alongX, alongY] = [Math.cos(turn), Math.sin(turn)];
  const middle: Point = [width / height / 2, 0.5];
  const sand = rgb(random.pick(['#ecd2a0', '#f3e3c6', '#d9b98c', '#5a5450']));
  const sea = random
    .pick([
      ['#d6f3ea', '#5fd0cf', '#1795b5', '#0b4f86'],
      ['#cfeedd', '#63c9a8', '#1f8c80', '#0c4a55'],
      ['#dcebf0', '#86b6cc', '#3f7698', '#1c3c5c'],
    ])
    .map(rgb);
  return (x, y) => {
    const across = -(x - middle[0]) * alongY + (y - middle[1]) * alongX;
    const along0 = (x - middle[0]) * alongX + (y - middle[1]) * alongY;
    const reach =
      across + 0.1 * Math.sin(along0 * 5) + 0.09 * fractal(noise, along0 * 2.5, across * 2, 4) - 0.02;
    const fine = fractal(noise, x * 22, y * 22, 3);
    if (reach < 0) {
      return lit(
        sand,
        (0.8 + 0.2 * smoothstep(-0.015, -0.05, reach)) * (1 + fine * 0.07 + 0.05 * noise(x * 60, y * 60)),
      );
    }
    const water = lit(
      along(sea, (reach / 0.62) ** 0.75),
      1 + fractal(noise, x * 9, y * 9 + reach * 20, 4) * 0.13,
    );
    const foam = [0.006, 0.07, 0.15, 0.25].reduce((sum, line, i) => {
      const off = Math.abs(reach - line - 0.018 * fractal(noise, along0 * 6, i * 5 + across, 3));
      return sum + smoothstep(0.02 - 0.003 * i, 0, off + fine * 0.012) * (1 - 0.22 * i);
    }, 0);
    return blend(water, [255, 255, 252], foam * 0.92);
  };
}

/** Sunshades from above with their shadows. */
export function sunshades(canvas: Canvas): string {
  const { random, width, height } = canvas;
  const colors = canvas.choose(PALETTES);
  return Array.from({ length: random.whole(5, 14) }, () => {
    const radius = height * random.between(0.028, 0.04);
    const place: Point = [width * random.between(0.05, 0.95), height * random.between(0.05, 0.95)];
    const rim = around(place, 8, () => radius, random.next());
    const color = random.pick(colors.slice(1, 4));
    const wedges = [0, 2, 4, 6].map((i) => polygon([place, rim[i] as Point, rim[i + 1] as Point], '#fffaf0'));
    return (
      ellipse(
        [place[0] + radius * 0.7, place[1] + radius * 0.6],
        radius,
        radius * 0.9,
        '#201820',
        'opacity="0.28"',
      ) +
      polygon(rim, color) +
      wedges.join('') +
      circle(place, radius * 0.1, '#5a4030')
    );
  }).join('');
}
