import { darker, lighter, mix } from '../colors.ts';
import type { Canvas } from '../scene.ts';
import { around, circle, ellipse, path, smooth, stroke } from '../svg-shapes.ts';

type Hair = 'bob' | 'bun' | 'short' | 'curls' | 'long' | 'beard' | 'scarf' | 'hat';

/** Each person has one of these; hat and scarf are worn over it. */
export const HAIR_STYLES: readonly Hair[] = ['bob', 'beard', 'curls', 'scarf', 'long', 'hat', 'bun', 'short'];

/** Hair behind head and shoulders. */
export function backHair(style: Hair, hair: string): string {
  const dark = darker(hair, 0.25);
  switch (style) {
    case 'bob':
      return path(
        'M-175 -190Q-190 -330 0 -340Q190 -330 175 -190Q200 -40 165 40L-165 40Q-200 -40 -175 -190Z',
        dark,
      );
    case 'long':
      return path(
        'M-170 -190Q-190 -340 0 -345Q190 -340 170 -190Q210 60 220 330L-220 330Q-210 60 -170 -190Z',
        dark,
      );
    case 'bun':
      return (
        circle([0, -352], 78, hair) +
        circle([14, -345], 55, dark, 'opacity="0.4"') +
        ellipse([0, -190], 158, 165, dark)
      );
    case 'curls':
      return around([0, -185], 15, (i) => 150 + (i % 3) * 16, 0.3)
        .map((at) => circle(at, 74, dark))
        .join('');
    case 'scarf':
      return path(
        'M-170 -150Q-190 -350 0 -355Q190 -350 170 -150Q180 30 235 150L-235 150Q-180 30 -170 -150Z',
        darker(hair, 0.1),
      );
    default:
      return '';
  }
}

/** Hair over the forehead, beard, hat, scarf, glasses, earrings. */
export function frontHair(
  canvas: Canvas,
  style: Hair,
  hair: string,
  skin: string,
  palette: readonly string[],
): string {
  const { random } = canvas;
  const fringe = path(
    'M-142 -165Q-165 -345 0 -350Q165 -345 142 -165Q128 -240 60 -268Q-40 -240 -100 -262Q-132 -235 -142 -165Z',
    hair,
  );
  const tops: Record<Hair, () => string> = {
    bob: () =>
      path(
        'M-160 -120Q-185 -350 0 -350Q185 -350 160 -120Q150 -235 90 -250L-105 -248Q-145 -235 -160 -120Z',
        hair,
      ),
    bun: () =>
      path('M-140 -190Q-140 -335 0 -338Q140 -335 140 -190Q110 -285 0 -292Q-110 -285 -140 -190Z', hair),
    short: () => fringe,
    curls: () =>
      around([0, -238], 11, () => 118, Math.PI)
        .filter(([, y]) => y < -215)
        .map((at, i) => circle(at, 52, i % 2 === 0 ? hair : lighter(hair, 0.08)))
        .join(''),
    long: () =>
      path(
        'M-158 40Q-190 -350 10 -350Q190 -345 158 40Q130 -60 128 -180Q100 -270 20 -285Q-100 -260 -126 -180Q-130 -60 -158 40Z',
        hair,
      ),
    beard: () =>
      fringe +
      path(
        'M-136 -190Q-140 -60 -70 5Q0 60 70 5Q140 -60 136 -190Q120 -110 70 -98Q0 -112 -70 -98Q-120 -110 -136 -190Z',
        darker(hair, 0.08),
      ) +
      path('M-30 -62Q0 -48 32 -64Q0 -72 -30 -62Z', mix(skin, '#a8242e', 0.5)),
    scarf: () =>
      path(
        'M-150 -130Q-170 -350 0 -352Q170 -350 150 -130Q135 -270 0 -280Q-135 -270 -150 -130Z',
        palette[1] as string,
      ) +
      path('M-150 -140Q-170 20 0 60Q170 20 150 -140Q140 -40 0 22Q-140 -40 -150 -140Z', palette[1] as string) +
      path(
        smooth(
          [
            [-165, 20],
            [-60, 95],
            [60, 95],
            [165, 20],
            [215, 120],
            [0, 190],
            [-215, 120],
          ],
          true,
        ),
        darker(palette[1] as string, 0.18),
      ),
    hat: () =>
      fringe +
      ellipse([0, -268], 250, 44, darker(palette[2] as string, 0.15)) +
      path('M-140 -275Q-130 -440 0 -425Q130 -440 140 -275Q0 -235 -140 -275Z', palette[2] as string) +
      path('M-141 -285Q0 -245 141 -285L139 -318Q0 -280 -139 -318Z', palette[3] as string),
  };
  const frame = `stroke="${palette[4]}" stroke-width="8"`;
  const glasses = random.chance(0.35)
    ? circle([-56, -170], 44, '#ffffff', `fill-opacity="0.16" ${frame}`) +
      circle([56, -170], 44, '#ffffff', `fill-opacity="0.16" ${frame}`) +
      stroke('M-13 -174Q0 -184 13 -174', palette[4] as string, 8)
    : '';
  const rings =
    random.chance(0.4) && style !== 'scarf'
      ? circle([-134, -112], 13, palette[3] as string) + circle([134, -112], 13, palette[3] as string)
      : '';
  return tops[style]() + glasses + rings;
}
