import { darker, lighter, mix } from '../colors.ts';
import { across, ball, down } from '../paints.ts';
import { PALETTES } from '../palettes.ts';
import type { Canvas, Scene } from '../scene.ts';
import type { Random } from '../seeded-random.ts';
import { circle, ellipse, group, type Point, path, polygon, short, stroke } from '../svg-shapes.ts';

/** Potted cacti on shelves. */
export function drawCacti(canvas: Canvas): Scene {
  const { random, width, height } = canvas;
  const palette = canvas.choose(PALETTES);
  const wall = mix(palette[0], palette[3], 0.25);
  const shelves = random.whole(1, 2);
  const parts: string[] = [
    polygon(
      [
        [0, 0],
        [width, 0],
        [width, height],
        [0, height],
      ],
      down(lighter(wall, 0.25), darker(wall, 0.12)),
    ),
  ];
  for (let shelf = 1; shelf <= shelves; shelf++) {
    const y = (height * (shelf - 0.06)) / shelves - height * 0.05;
    parts.push(
      polygon(
        [
          [0, y],
          [width, y],
          [width, y + height * 0.03],
          [0, y + height * 0.03],
        ],
        down('#b98a5a', '#6a4528'),
      ),
    );
    const size = (height * 0.52) / shelves;
    for (let x = size * 0.5; x < width - size * 0.2; x += size * random.between(0.72, 0.95)) {
      parts.push(cactus([x, y], size * random.between(0.8, 1.15), random.pick(palette.slice(1, 4)), random));
    }
  }
  return { ground: null, drawing: parts.join('') };
}

function cactus([x, foot]: Point, size: number, pot: string, random: Random): string {
  const green = random.pick(['#3f7a4a', '#5f9a5a', '#2f6658', '#7a9a3f', '#4f8a7a']);
  const skin = across(darker(green, 0.25), lighter(green, 0.28), green, darker(green, 0.4));
  const ribs = [-14, -5, 5, 14].map((at) =>
    stroke(`M${at} -44Q${at * 1.3} -80 ${at * 0.5} -128`, darker(green, 0.35), 1.4, 'opacity="0.7"'),
  );
  const spikes = Array.from({ length: 26 }, () =>
    stroke(`M${short(random.between(-20, 20))} ${short(random.between(-120, -46))}l3 -4`, '#f4f0dc', 1),
  );
  const shapes = [
    path('M-22 -40Q-30 -130 0 -134Q30 -130 22 -40Z', skin) + ribs.join('') + circle([0, -136], 8, '#f06a8a'),
    path('M-60 -96Q-60 -78 -44 -76L-16 -76L-16 -60L-52 -62Q-74 -66 -74 -96Q-67 -106 -60 -96Z', green) +
      path('M60 -118Q60 -96 44 -94L14 -94L14 -78L52 -80Q74 -84 74 -118Q67 -128 60 -118Z', green) +
      path('M-18 -40L-18 -150Q0 -172 18 -150L18 -40Z', skin),
    circle([0, -72], 42, ball(lighter(green, 0.35), green, darker(green, 0.45))) +
      [-22, -8, 8, 22]
        .map((at) => stroke(`M${at} -38Q${at * 1.5} -72 ${at * 0.6} -110`, darker(green, 0.35), 1.6))
        .join(''),
    [-62, -36, -12, 12, 36, 62]
      .map((lean) =>
        group(
          `translate(0 -40) rotate(${lean})`,
          path('M-9 0Q-12 -60 0 -104Q12 -60 9 0Z', lean % 4 === 0 ? skin : lighter(green, 0.1)),
        ),
      )
      .join(''),
  ];
  const clay = across(darker(pot, 0.25), lighter(pot, 0.3), pot, darker(pot, 0.4));
  const planter = path('M-34 -36L34 -36L26 0L-26 0Z', clay) + path('M-39 -48L39 -48L37 -34L-37 -34Z', clay);
  const shadow = ellipse([10, 0], 46, 6, '#1a1014', 'opacity="0.35"');
  return group(
    `translate(${short(x)} ${short(foot)}) scale(${(size / 170).toFixed(3)})`,
    shadow + random.pick(shapes) + spikes.join('') + planter,
  );
}
