import { darker, lighter } from '../colors.ts';
import { down } from '../paints.ts';
import { BRIGHT_DAYLIGHTS } from '../palettes.ts';
import type { Canvas, Scene } from '../scene.ts';
import { planSky, shadeSky } from '../sky.ts';
import { box, circle, group, type Point, polygon, short, stroke } from '../svg-shapes.ts';

/** Old houses shoulder to shoulder, mirrored in a canal. */
export function drawGables(canvas: Canvas): Scene {
  const { random, width, height } = canvas;
  const light = canvas.choose(BRIGHT_DAYLIGHTS);
  const foot = height * 0.76;
  const walls = random.shuffled([
    '#a8402f',
    '#d99a4e',
    '#5f7a8a',
    '#e6d3b0',
    '#7a3b3b',
    '#3f5f58',
    '#c96f4a',
    '#46506e',
    '#e0b0a0',
  ]);
  const houses: string[] = [];
  for (let x = -width * 0.02, i = 0; x < width; i++) {
    const wide = height * random.between(0.15, 0.22);
    houses.push(
      gable([x, foot], wide, height * random.between(0.42, 0.58), walls[i % walls.length] as string, canvas),
    );
    x += wide;
  }
  const row = houses.join('');
  const image = group(`translate(0 ${short(foot * 1.72)}) scale(1 -0.72)`, row, 'opacity="0.42"');
  const water = box(
    [0, foot],
    width,
    height - foot,
    down(darker(light.water, 0.15), darker(light.water, 0.55)),
  );
  const ripples = Array.from({ length: 70 }, () => {
    const y = random.between(foot + 8, height);
    return stroke(
      `M${short(random.next() * width)} ${short(y)}q${short(width * 0.03)} 3 ${short(width * random.between(0.05, 0.14))} 0`,
      light.sky[2],
      1.4,
      'opacity="0.28"',
    );
  });
  const quay =
    box([0, foot - height * 0.012], width, height * 0.035, '#4a443f') +
    box([0, foot - height * 0.012], width, height * 0.008, '#8a8078');
  return {
    ground: shadeSky(canvas, light, planSky(canvas, light, 0.7)),
    softGround: true,
    drawing: row + water + image + ripples.join('') + quay,
  };
}

function gable([x, foot]: Point, wide: number, tall: number, wall: string, { random }: Canvas): string {
  const top = foot - tall;
  const at = (across: number, up: number): Point => [x + wide * across, top - wide * up];
  const outlines: Point[][] = [
    [at(0, 0), at(0.5, 0.62), at(1, 0)],
    [
      at(0, 0),
      at(0, 0.16),
      at(0.16, 0.16),
      at(0.16, 0.34),
      at(0.32, 0.34),
      at(0.32, 0.54),
      at(0.68, 0.54),
      at(0.68, 0.34),
      at(0.84, 0.34),
      at(0.84, 0.16),
      at(1, 0.16),
      at(1, 0),
    ],
    [at(0, 0), at(0.2, 0.12), at(0.26, 0.5), at(0.5, 0.66), at(0.74, 0.5), at(0.8, 0.12), at(1, 0)],
    [at(0, 0), at(0, 0.1), at(1, 0.1), at(1, 0)],
  ];
  const trim = lighter(wall, 0.72);
  const floors = random.whole(3, 4);
  const panes: string[] = [
    circle(at(0.5, 0.2), wide * 0.07, trim) + circle(at(0.5, 0.2), wide * 0.05, '#26303c'),
  ];
  const step = (tall * 0.8) / floors;
  for (let floor = 0; floor < floors; floor++) {
    for (const across of [0.12, 0.41, 0.7]) {
      const corner: Point = [x + wide * across, top + step * (floor + 0.18)];
      const glass = random.chance(0.2) ? '#ffd98a' : down('#3f5266', '#1c2530');
      panes.push(
        box([corner[0] - 2.5, corner[1] - 2.5], wide * 0.19 + 5, step * 0.66 + 5, trim) +
          box(corner, wide * 0.19, step * 0.66, glass) +
          box([corner[0], corner[1] + step * 0.3], wide * 0.19, 2, trim) +
          box([corner[0] + wide * 0.085, corner[1]], 2, step * 0.66, trim),
      );
    }
  }
  const door = box(
    [x + wide * 0.4, foot - tall * 0.17],
    wide * 0.22,
    tall * 0.17,
    darker(random.pick(['#2f5d50', '#7a2230', '#22324f']), 0.1),
    `stroke="${trim}" stroke-width="3"`,
  );
  const front = box([x, top], wide, tall, down(lighter(wall, 0.1), darker(wall, 0.16)));
  return (
    front +
    polygon(random.pick(outlines), wall, `stroke="${trim}" stroke-width="3"`) +
    box([x, top], wide * 0.03, tall, darker(wall, 0.6), 'opacity="0.5"') +
    panes.join('') +
    door
  );
}
