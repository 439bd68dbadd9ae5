import { darker, lighter, mix } from '../colors.ts';
import { down } from '../paints.ts';
import type { Daylight } from '../palettes.ts';
import type { Canvas } from '../scene.ts';
import { box, type Point, path, polygon, short, stroke } from '../svg-shapes.ts';

/** One row of towers; `lamps` is the share of windows with light on. */
export function towerRow(canvas: Canvas, light: Daylight, row: number, foot: number, lamps: number): string {
  const { random, width, height, noise } = canvas;
  const shapes: string[] = [];
  const color = mix(light.far, light.near, 0.12 + row * 0.27);
  for (let x = -height * 0.05; x < width; ) {
    const wide = height * random.between(0.05, 0.13) * (0.75 + row * 0.18);
    const rise = 0.5 + 0.5 * noise((x / width) * 2.5 + 40, row * 3);
    const tall = height * foot * (0.9 - 0.16 * row) * (0.35 + 0.65 * rise) * random.between(0.55, 1.1);
    const wall = mix(color, random.pick([light.sky[1], light.sky[2], light.near]), random.between(0, 0.22));
    shapes.push(tower([x, height * foot], wide, tall, wall, lamps, canvas, row));
    x += wide * random.between(0.82, 1.25);
  }
  return shapes.join('');
}

function tower(
  [x, foot]: Point,
  wide: number,
  tall: number,
  wall: string,
  lamps: number,
  canvas: Canvas,
  row: number,
): string {
  const { random } = canvas;
  const top = foot - tall;
  const body = box([x, top], wide, tall, down(lighter(wall, 0.1), darker(wall, 0.12)));
  const side = box([x + wide * 0.72, top], wide * 0.28, tall, darker(wall, 0.35), 'opacity="0.5"');
  const roofs = [
    '',
    '',
    '',
    polygon(
      [
        [x, top],
        [x + wide / 2, top - wide * 0.8],
        [x + wide, top],
      ],
      wall,
    ),
    box([x + wide * 0.2, top - wide * 0.3], wide * 0.6, wide * 0.32, wall) +
      stroke(`M${short(x + wide / 2)} ${short(top)}v${short(-wide)}`, wall, wide * 0.04),
    polygon(
      [
        [x, top],
        [x + wide, top - wide * 0.5],
        [x + wide, top],
      ],
      wall,
    ),
    path(`M${short(x)} ${short(top)}a${short(wide / 2)} ${short(wide / 2)} 0 0 1 ${short(wide)} 0Z`, wall),
  ];
  const pane = wide / random.whole(5, 8);
  const pitch = pane * random.between(1.3, 2.2);
  let dark = '';
  let on = '';
  for (let y = top + pane; y < foot - pitch; y += pitch) {
    for (let at = x + pane * 0.6; at < x + wide - pane; at += pane * 1.4) {
      const window = `M${short(at)} ${short(y)}h${short(pane * 0.8)}v${short(pitch * 0.6)}h${short(-pane * 0.8)}z`;
      if (random.chance(lamps)) {
        on += window;
      } else {
        dark += window;
      }
    }
  }
  const glass =
    lamps > 0 ? darker(wall, 0.45) : mix(lighter(wall, 0.35), darker(wall, 0.5), random.pick([0.1, 0.9]));
  const lamp = random.pick(['#ffd98a', '#ffe9b8', '#ffc266', '#e6f0ff']);
  return (
    body +
    side +
    (roofs[random.whole(0, roofs.length - 1)] as string) +
    path(dark, glass, `opacity="${0.3 + 0.12 * row}"`) +
    path(on, lamp)
  );
}
