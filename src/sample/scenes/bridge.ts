import { darker, lighter, mix } from '../colors.ts';
import { down, glow } from '../paints.ts';
import { DAYLIGHTS } from '../palettes.ts';
import type { Canvas, Scene } from '../scene.ts';
import { planSky, shadeSky } from '../sky.ts';
import { box, circle, group, short, stroke } from '../svg-shapes.ts';
import { towerRow } from './towers.ts';

/** A suspension bridge before a skyline. */
export function drawBridge(canvas: Canvas): Scene {
  const { random, width, height } = canvas;
  const light = canvas.choose(DAYLIGHTS);
  const deck = height * random.between(0.6, 0.68);
  const steel = random.pick(['#b8402c', '#2c3a4a', '#8a8f94', '#d8d2c4']);
  const towers = [width * 0.24, width * 0.76];
  const top = deck - height * random.between(0.36, 0.46);
  const sag = deck - height * 0.04;
  const cable = `M${short(-width * 0.1)} ${short(deck)}Q${short(width * 0.12)} ${short(deck)} ${short(towers[0] as number)} ${short(top)}Q${short(width / 2)} ${short(sag * 2 - top)} ${short(towers[1] as number)} ${short(top)}Q${short(width * 0.88)} ${short(deck)} ${short(width * 1.1)} ${short(deck)}`;
  let hangers = '';
  for (let t = 0.03; t < 1; t += 0.03) {
    const y = (1 - t) ** 2 * top + 2 * t * (1 - t) * (sag * 2 - top) + t * t * top;
    hangers += `M${short(width * (0.24 + 0.52 * t))} ${short(y)}V${short(deck)}`;
  }
  const legs = towers.map(
    (x) =>
      box(
        [x - height * 0.016, top - 6],
        height * 0.032,
        deck - top + height * 0.16,
        down(lighter(steel, 0.2), darker(steel, 0.2)),
      ) + box([x - height * 0.035, deck + height * 0.08], height * 0.07, height * 0.1, darker(steel, 0.5)),
  );
  const bridge =
    stroke(hangers, steel, 1.6) +
    stroke(cable, steel, height * 0.007) +
    legs.join('') +
    box([-5, deck], width + 10, height * 0.022, darker(steel, 0.25));
  const lamps = Array.from({ length: 24 }, (_, i) =>
    circle([(width * (i + 0.5)) / 24, deck - 4], height * 0.02, glow('#ffe6a8')),
  );
  const shore = deck + height * 0.12;
  const skyline = `<g opacity="0.75">${[0, 1].map((row) => towerRow(canvas, light, row, (shore / height) * 0.995, 0.12)).join('')}</g>`;
  const water = box(
    [0, shore],
    width,
    height - shore,
    down(mix(light.water, light.sky[2], 0.35), darker(light.water, 0.35)),
  );
  const image = group(`translate(0 ${short(shore * 2)}) scale(1 -1)`, bridge, 'opacity="0.25"');
  const ripples = Array.from({ length: 80 }, () =>
    stroke(
      `M${short(random.next() * width)} ${short(random.between(shore + 4, height))}h${short(width * random.between(0.02, 0.12))}`,
      random.pick([light.sky[2], darker(light.water, 0.4)]),
      1.6,
      'opacity="0.35"',
    ),
  );
  return {
    ground: shadeSky(canvas, light, planSky(canvas, light, shore / height)),
    softGround: true,
    drawing: skyline + water + image + ripples.join('') + bridge + lamps.join(''),
  };
}
