import { lighter, mix } from '../colors.ts';
import { PALETTES } from '../palettes.ts';
import type { Canvas, Scene } from '../scene.ts';
import { box, circle, type Point, path, polygon, short } from '../svg-shapes.ts';

/** Blocks seen from above at a slant (isometric). */
export function drawBlocks(canvas: Canvas): Scene {
  const { random, width, height, noise } = canvas;
  const palette = canvas.choose(PALETTES);
  const cell = height * 0.085;
  const blocks: string[] = [box([0, 0], width, height, mix(palette[0], palette[4], 0.18))];
  const rows = Math.ceil((height * 1.5) / (cell * 0.5));
  for (let row = 0; row < rows; row++) {
    for (let column = -1; column * cell * 2 < width + cell * 2; column++) {
      const base: Point = [column * cell * 2 + (row % 2) * cell, row * cell * 0.5 - height * 0.05];
      const lively = noise(column * 0.6, row * 0.17);
      const tall = cell * Math.max(0.12, 0.9 + lively * 2.2 + random.between(-0.3, 0.7));
      blocks.push(
        lively < -0.42
          ? park(base, cell, canvas)
          : block(base, cell * 0.84, tall, random.pick(palette.slice(0, 4)), palette[4]),
      );
    }
  }
  return { ground: null, drawing: blocks.join('') };
}

function block([x, y]: Point, half: number, tall: number, wall: string, ink: string): string {
  const flat = half * 0.5;
  const roof: Point[] = [
    [x, y - flat - tall],
    [x + half, y - tall],
    [x, y + flat - tall],
    [x - half, y - tall],
  ];
  const left: Point[] = [
    [x - half, y - tall],
    [x, y + flat - tall],
    [x, y + flat],
    [x - half, y],
  ];
  const right: Point[] = [
    [x + half, y - tall],
    [x, y + flat - tall],
    [x, y + flat],
    [x + half, y],
  ];
  let windows = '';
  for (let up = half * 0.3; up < tall - half * 0.15; up += half * 0.34) {
    for (const across of [0.18, 0.45, 0.72]) {
      windows += `M${short(x - half * across)} ${short(y + flat * (1 - across) - up)}l${short(-half * 0.14)} ${short(-flat * 0.14)}v${short(half * 0.18)}l${short(half * 0.14)} ${short(flat * 0.14)}z`;
      windows += `M${short(x + half * across)} ${short(y + flat * (1 - across) - up)}l${short(half * 0.14)} ${short(-flat * 0.14)}v${short(half * 0.18)}l${short(-half * 0.14)} ${short(flat * 0.14)}z`;
    }
  }
  return (
    polygon(left, mix(wall, ink, 0.22)) +
    polygon(right, mix(wall, ink, 0.5)) +
    polygon(roof, lighter(wall, 0.18)) +
    path(windows, mix(ink, wall, 0.15), 'opacity="0.7"')
  );
}

function park([x, y]: Point, cell: number, { random }: Canvas): string {
  const lawn = polygon(
    [
      [x, y - cell * 0.46],
      [x + cell * 0.92, y],
      [x, y + cell * 0.46],
      [x - cell * 0.92, y],
    ],
    '#7da860',
  );
  const trees = Array.from({ length: 6 }, () => {
    const at: Point = [x + cell * random.between(-0.45, 0.45), y + cell * random.between(-0.22, 0.1)];
    return circle(at, cell * 0.15, random.pick(['#3f7a45', '#57903f', '#2f6650']));
  });
  return lawn + trees.join('');
}
