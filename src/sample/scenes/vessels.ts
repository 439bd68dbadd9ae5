import { darker, lighter } from '../colors.ts';
import { across } from '../paints.ts';
import type { Random } from '../seeded-random.ts';
import { circle, ellipse, group, type Point, path, short, stroke } from '../svg-shapes.ts';
import { fruit, shadowUnder } from './fruit.ts';

function turned(d: string, [x, y]: Point, size: number, fill: string, more = ''): string {
  return group(`translate(${short(x)} ${short(y)}) scale(${(size / 100).toFixed(3)})`, path(d, fill, more));
}

/** A corked bottle with a label, its foot at the place. */
export function bottle(at: Point, size: number, color: string, random: Random): string {
  const glass = random.pick(['#2f5a3c', '#3a2a1c', '#6f93a0', darker(color, 0.3)]);
  const shape = 'M-17 0L-17 -58Q-17 -70 -7 -78L-7 -100L7 -100L7 -78Q17 -70 17 -58L17 0Q0 5 -17 0Z';
  const label = 'M-17 -20L-17 -46Q0 -42 17 -46L17 -20Q0 -16 -17 -20Z';
  return (
    shadowUnder(at, size * 0.2) +
    turned(shape, at, size, across(darker(glass, 0.3), lighter(glass, 0.25), glass, darker(glass, 0.55))) +
    turned(label, at, size, across('#b8a888', '#f6ecd8', '#cbb994')) +
    turned('M-12 -60L-10 -66L-10 -10L-12 -10Z', at, size, '#ffffff', 'opacity="0.5"')
  );
}

/** A vase with blossoming twigs, its foot at the place. */
export function vase(at: Point, size: number, color: string, random: Random): string {
  const shape =
    'M-12 0Q-34 -26 -24 -52Q-18 -66 -8 -72L-11 -84L11 -84L8 -72Q18 -66 24 -52Q34 -26 12 0Q0 4 -12 0Z';
  const twigs = Array.from({ length: 5 }, (_, i) => {
    const lean = (i - 2) * 14 + random.between(-5, 5);
    const buds = [0.4, 0.6, 0.8, 1].map((t) =>
      circle(
        [lean * t * t + random.between(-4, 4), -84 - 62 * t],
        random.between(2.6, 5),
        random.pick(['#f4d9d0', '#e8b0a8', '#fff3e0', color]),
      ),
    );
    return stroke(`M0 -80Q${short(lean * 0.2)} -110 ${short(lean)} -146`, '#5a4632', 1.6) + buds.join('');
  });
  const clay = across(darker(color, 0.25), lighter(color, 0.35), color, darker(color, 0.5));
  return (
    shadowUnder(at, size * 0.28) +
    group(
      `translate(${short(at[0])} ${short(at[1])}) scale(${(size / 130).toFixed(3)})`,
      twigs.join('') + path(shape, clay) + stroke('M-25 -48Q0 -42 25 -48', lighter(color, 0.5), 1.8),
    )
  );
}

/** A jug with a painted band, its foot at the place. */
export function jug(at: Point, size: number, color: string): string {
  const tone = lighter(color, 0.55);
  const handle = group(
    `translate(${short(at[0])} ${short(at[1])}) scale(${(size / 100).toFixed(3)})`,
    stroke('M22 -62Q50 -60 42 -34Q36 -18 22 -18', darker(tone, 0.25), 6),
  );
  const shape = 'M-22 0Q-34 -30 -22 -56L-28 -74L-20 -72L20 -72L22 -56Q34 -30 22 0Q0 5 -22 0Z';
  return (
    shadowUnder(at, size * 0.28) +
    handle +
    turned(shape, at, size, across(darker(tone, 0.15), lighter(tone, 0.5), tone, darker(tone, 0.4))) +
    turned('M-30 -30Q0 -22 30 -30L30 -25Q0 -17 -30 -25Z', at, size, color, 'opacity="0.7"')
  );
}

/** A bowl heaped with fruit, its foot at the place. */
export function bowl([x, y]: Point, size: number, color: string, random: Random): string {
  const heap = Array.from({ length: 5 }, (_, i) =>
    fruit([x + size * (-0.34 + 0.17 * i), y - size * (0.28 + (i % 2) * 0.16)], size * 0.21, random, false),
  );
  const dish = `M${short(x - size * 0.6)} ${short(y - size * 0.36)}Q${short(x - size * 0.5)} ${short(y)} ${short(x - size * 0.2)} ${short(y)}H${short(x + size * 0.2)}Q${short(x + size * 0.5)} ${short(y)} ${short(x + size * 0.6)} ${short(y - size * 0.36)}Z`;
  return (
    shadowUnder([x, y], size * 0.5) +
    ellipse([x, y - size * 0.36], size * 0.6, size * 0.1, darker(color, 0.5)) +
    heap.join('') +
    path(dish, across(darker(color, 0.15), lighter(color, 0.35), color, darker(color, 0.5)))
  );
}
