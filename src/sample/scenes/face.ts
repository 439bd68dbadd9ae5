import { darker, mix } from '../colors.ts';
import type { Canvas } from '../scene.ts';
import { circle, ellipse, path, stroke } from '../svg-shapes.ts';

/** Head with eyes, brows, nose and mouth, the chin at 0, 0. */
export function face({ random }: Canvas, skin: string, hair: string): string {
  const wide = random.between(122, 140);
  const shape = `M${-wide} -200Q${-wide} -320 0 -320Q${wide} -320 ${wide} -200Q${wide} -60 60 -8Q0 22 -60 -8Q${-wide} -60 ${-wide} -200Z`;
  const shade = `M18 -320Q${wide} -315 ${wide} -200Q${wide} -60 60 -8Q30 10 6 10Q70 -120 40 -190Q30 -240 18 -320Z`;
  const eye = (x: number): string =>
    ellipse([x, -172], 21, 12, '#fffdf8') +
    circle([x + 2, -172], 10.5, random.pick(['#3a2a1e', '#2f5a7a', '#44683f'])) +
    circle([x + 5, -176], 3, '#ffffff') +
    stroke(`M${x - 23} -178Q${x} -196 ${x + 23} -178`, darker(hair, 0.5), 5);
  const brow = (x: number, tilt: number): string =>
    stroke(`M${x - 28} ${-208 + tilt}Q${x} ${-224} ${x + 28} ${-208 - tilt}`, darker(hair, 0.3), 9);
  const mouths = [
    'M-36 -66Q0 -30 38 -68Q0 -54 -36 -66Z',
    'M-32 -58Q0 -44 34 -60Q0 -66 -32 -58Z',
    'M-38 -70Q0 -14 40 -70Z',
  ];
  const lip = mix(skin, '#a8242e', 0.55);
  const blush =
    circle([-78, -105], 27, '#e0523a', 'opacity="0.16"') +
    circle([80, -105], 27, '#e0523a', 'opacity="0.16"');
  const ears =
    ellipse([-wide, -165], 20, 33, darker(skin, 0.1)) + ellipse([wide, -165], 20, 33, darker(skin, 0.22));
  return (
    ears +
    path(shape, skin) +
    path(shade, darker(skin, 0.3), 'opacity="0.3"') +
    blush +
    eye(-56) +
    eye(56) +
    brow(-56, 4) +
    brow(56, -4) +
    stroke('M4 -170Q-14 -125 -16 -112Q-2 -100 16 -108', darker(skin, 0.35), 6) +
    path(random.pick(mouths), lip)
  );
}
