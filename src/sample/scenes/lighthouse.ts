import { darker, mix } from '../colors.ts';
import { glow } from '../paints.ts';
import type { Daylight } from '../palettes.ts';
import type { Canvas } from '../scene.ts';
import { box, circle, type Point, path, polygon, smooth } from '../svg-shapes.ts';

/** A striped tower on a cliff with its beam. */
export function lighthouse({ random, width, height }: Canvas, light: Daylight, horizon: number): string {
  const side = random.pick([-1, 1]);
  const x = width * (0.5 + side * random.between(0.18, 0.3));
  const foot = horizon + height * 0.06;
  const tall = foot * random.between(0.58, 0.74);
  const wide = tall * 0.11;
  const rock = darker(light.near, 0.15);
  const edge = side > 0 ? width + 20 : -20;
  const cliff: Point[] = [
    [x - side * tall * 0.75, height * 0.97],
    [x - side * tall * 0.45, foot + tall * 0.32],
    [x - side * wide * 2.4, foot + 4],
    [x + side * wide * 3, foot - 6],
    [edge, foot + tall * 0.1],
    [edge, height + 20],
    [x, height + 20],
  ];
  const tower: Point[] = [
    [x - wide, foot],
    [x - wide * 0.62, foot - tall],
    [x + wide * 0.62, foot - tall],
    [x + wide, foot],
  ];
  const bands = [0.12, 0.42, 0.72].map((at) => {
    const half = (level: number): number => wide * (1 - 0.38 * level);
    const band: Point[] = [
      [x - half(at), foot - tall * at],
      [x - half(at + 0.15), foot - tall * (at + 0.15)],
      [x + half(at + 0.15), foot - tall * (at + 0.15)],
      [x + half(at), foot - tall * at],
    ];
    return polygon(band, mix('#c8352e', light.near, 0.25));
  });
  const lamp: Point = [x, foot - tall * 1.06];
  const beam: Point[] = [
    lamp,
    [lamp[0] - side * width, lamp[1] - height * 0.16],
    [lamp[0] - side * width, lamp[1] + height * 0.06],
  ];
  return (
    polygon(beam, light.sun, 'opacity="0.16"') +
    path(smooth(cliff, true), rock) +
    path(
      smooth(
        cliff.map(([px, py]) => [px + side * 26, py + 30] as const),
        true,
      ),
      darker(rock, 0.35),
    ) +
    polygon(tower, mix('#f6f1e6', light.sky[1], 0.2)) +
    bands.join('') +
    polygon(
      [
        [x, foot],
        [x + wide * 0.1, foot - tall],
        [x + wide * 0.62, foot - tall],
        [x + wide, foot],
      ],
      light.near,
      'opacity="0.28"',
    ) +
    box([x - wide * 0.85, foot - tall * 1.015], wide * 1.7, tall * 0.025, rock) +
    box([x - wide * 0.45, foot - tall * 1.11], wide * 0.9, tall * 0.1, '#ffe9a0') +
    polygon(
      [
        [x - wide * 0.65, foot - tall * 1.1],
        [x, foot - tall * 1.2],
        [x + wide * 0.65, foot - tall * 1.1],
      ],
      rock,
    ) +
    circle(lamp, tall * 0.24, glow('#fff3c0'), 'opacity="0.9"')
  );
}
