import { darker, lighter, lit, mix, rgb } from '../colors.ts';
import { fractal } from '../noise.ts';
import { across, ball, glow } from '../paints.ts';
import { PALETTES } from '../palettes.ts';
import type { Canvas, Scene, Shader } from '../scene.ts';
import type { Random } from '../seeded-random.ts';
import { box, circle, ellipse, group, type Point, path, short } from '../svg-shapes.ts';
import { fruit } from './fruit.ts';

/** Plates and cups on a board, from above. */
export function drawFromAbove(canvas: Canvas): Scene {
  const { random, noise, width, height } = canvas;
  const palette = canvas.choose(PALETTES);
  const board = rgb(random.pick(['#6a4a34', '#c9b294', '#2f3438', '#e6ded2', '#3f5a5a']));
  const planks = random.whole(4, 7);
  const ground: Shader = (x, y) => {
    const plank = Math.floor(y * planks);
    const seam = Math.abs(y * planks - plank - 0.5) > 0.485 ? 0.55 : 1;
    return lit(
      board,
      seam * (0.95 + 0.07 * noise(plank * 3.7, 1.5) + 0.2 * fractal(noise, x * 1.6 + plank * 9, y * 34, 4)),
    );
  };
  const size = Math.min(width, height);
  const things: string[] = [
    plate(
      [width * random.between(0.34, 0.5), height * random.between(0.44, 0.58)],
      size * 0.29,
      palette,
      random,
    ),
  ];
  things.push(
    cup(
      [width * random.between(0.76, 0.88), height * random.between(0.2, 0.3)],
      size * 0.12,
      palette,
      random,
    ),
  );
  things.push(
    plate(
      [width * random.between(0.82, 0.92), height * random.between(0.7, 0.85)],
      size * 0.15,
      palette,
      random,
    ),
  );
  things.push(cutlery([width * 0.1, height * 0.5], size * 0.5));
  for (let i = 0; i < 14; i++) {
    const leafAt: Point = [random.next() * width, random.next() * height];
    things.push(
      group(
        `translate(${short(leafAt[0])} ${short(leafAt[1])}) rotate(${random.whole(0, 359)})`,
        path(
          `M0 0Q${short(size * 0.02)} ${short(-size * 0.02)} ${short(size * 0.055)} 0Q${short(size * 0.02)} ${short(size * 0.02)} 0 0Z`,
          mix('#4f8038', palette[3], random.next() * 0.5),
        ),
      ),
    );
  }
  return { ground, drawing: things.join('') };
}

function plate([x, y]: Point, radius: number, palette: readonly string[], random: Random): string {
  const china = lighter(random.pick(palette.slice(0, 3)), 0.6);
  const rim = random.pick(palette.slice(1, 4));
  const food = Array.from({ length: 11 }, (_, i) => {
    const angle = i * 2.4;
    const reach = radius * 0.5 * Math.sqrt(i / 11);
    return fruit(
      [x + reach * Math.cos(angle), y + reach * Math.sin(angle)],
      radius * random.between(0.1, 0.17),
      random,
      false,
    );
  });
  return (
    circle([x + radius * 0.1, y + radius * 0.14], radius * 1.12, glow('#0c0810'), 'opacity="0.9"') +
    circle([x, y], radius, ball(lighter(china, 0.6), china, darker(china, 0.2))) +
    circle([x, y], radius * 0.93, 'none', `stroke="${rim}" stroke-width="${short(radius * 0.035)}"`) +
    circle([x, y], radius * 0.68, ball(darker(china, 0.12), china, lighter(china, 0.5))) +
    food.join('')
  );
}

function cup([x, y]: Point, radius: number, palette: readonly string[], random: Random): string {
  const drink = random.pick(['#4a2a18', '#8a5a2c', '#b8742a', '#5a7a3a']);
  const china = lighter(palette[2] as string, 0.35);
  return (
    circle([x + radius * 0.25, y + radius * 0.3], radius * 1.5, glow('#0c0810'), 'opacity="0.8"') +
    circle([x, y], radius * 1.35, ball(lighter(china, 0.7), lighter(china, 0.3), china)) +
    box(
      [x + radius * 0.8, y - radius * 0.14],
      radius * 0.65,
      radius * 0.28,
      china,
      `rx="${short(radius * 0.12)}"`,
    ) +
    circle([x, y], radius, ball(lighter(china, 0.8), china, darker(china, 0.3))) +
    circle([x, y], radius * 0.84, ball(lighter(drink, 0.35), drink, darker(drink, 0.35))) +
    ellipse([x - radius * 0.25, y - radius * 0.3], radius * 0.3, radius * 0.14, '#ffffff', 'opacity="0.25"')
  );
}

function cutlery([x, y]: Point, size: number): string {
  const steel = across('#8a8f94', '#f2f4f5', '#9aa0a5');
  const prongs = [-0.03, 0, 0.03].map((off) =>
    box([x + size * off - size * 0.006, y - size * 0.5], size * 0.012, size * 0.16, steel),
  );
  return (
    prongs.join('') +
    box([x - size * 0.036, y - size * 0.36], size * 0.072, size * 0.1, steel, `rx="${short(size * 0.03)}"`) +
    box([x - size * 0.013, y - size * 0.3], size * 0.026, size * 0.8, steel, `rx="${short(size * 0.012)}"`)
  );
}
