import { darker, lighter, mix } from '../colors.ts';
import { across } from '../paints.ts';
import { PALETTES } from '../palettes.ts';
import type { Canvas, Scene } from '../scene.ts';
import { ellipse, group, type Point, path, short, stroke } from '../svg-shapes.ts';
import { blurredGarden } from './blurred-garden.ts';
import { flower } from './flower.ts';

/** Palm and split leaves over each other, sometimes with a bloom. */
export function drawLeaves(canvas: Canvas): Scene {
  const { random, width, height } = canvas;
  const palette = canvas.choose(PALETTES);
  const greens = [
    palette[2],
    palette[3],
    mix(palette[2], palette[4], 0.45),
    mix(palette[3], palette[2], 0.5),
  ];
  const fronds = Array.from({ length: 48 }, (_, i) => {
    const color = mix(palette[4], random.pick(greens), 0.3 + 0.7 * (i / 47));
    const size = height * random.between(0.3, 0.52);
    const draw = random.pick([splitLeaf, palmLeaf]);
    const at: Point = [random.between(-0.1, 1.1) * width, random.between(-0.05, 1.15) * height];
    return group(
      `translate(${short(at[0])} ${short(at[1])}) rotate(${random.whole(-70, 70)}) scale(${(size / 100).toFixed(3)})`,
      draw(color),
    );
  });
  const bloom = random.chance(0.6)
    ? flower(
        [width * random.between(0.3, 0.7), height * random.between(0.3, 0.7)],
        height * 0.16,
        palette[1],
        palette[0],
        random,
      )
    : '';
  return {
    ground: blurredGarden(canvas, [palette[4], darker(palette[2], 0.6), palette[4]]),
    softGround: true,
    drawing: fronds.join('') + bloom,
  };
}

function splitLeaf(color: string): string {
  const lobes = [-1, 1].map((side) =>
    [0, 1, 2, 3, 4]
      .map((i) =>
        path(
          `M0 ${-8 - i * 17}Q${side * 30} ${-14 - i * 19} ${side * (46 - Math.abs(i - 1.4) * 8)} ${2 - i * 20}Q${side * 26} ${2 - i * 17} 0 ${4 - i * 15}Z`,
          across(lighter(color, 0.12), darker(color, 0.18)),
        ),
      )
      .join(''),
  );
  return lobes.join('') + ellipse([0, -44], 9, 48, color) + stroke('M0 20L0 -92', lighter(color, 0.4), 1.4);
}

function palmLeaf(color: string): string {
  const blades = Array.from({ length: 22 }, (_, i) => {
    const y = -i * 4.4;
    const reach = 44 * Math.sin(((i + 3) / 26) * Math.PI);
    const side = i % 2 === 0 ? -1 : 1;
    return path(
      `M0 ${short(y)}Q${short(side * reach * 0.6)} ${short(y - 16)} ${short(side * reach)} ${short(y - 12)}Q${short(side * reach * 0.5)} ${short(y - 4)} 0 ${short(y + 5)}Z`,
      side > 0 ? darker(color, 0.2) : lighter(color, 0.06),
    );
  });
  return blades.join('') + stroke('M0 20Q2 -40 0 -98', lighter(color, 0.3), 1.6);
}
