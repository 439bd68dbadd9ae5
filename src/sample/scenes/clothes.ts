import { darker, lighter } from '../colors.ts';
import { across } from '../paints.ts';
import type { Canvas } from '../scene.ts';
import { box, circle, path, polygon } from '../svg-shapes.ts';

/** Neck, shoulders and what they wear, around the chin at 0, 0. */
export function body({ random }: Canvas, palette: readonly string[], skin: string): string {
  const cloth = random.pick(palette.slice(1, 4));
  const other = palette[4] as string;
  const shoulders = 'M-85 60Q-300 95 -345 260L-385 620L385 620L345 260Q300 95 85 60Q0 150 -85 60Z';
  const stripes = Array.from({ length: 8 }, (_, i) =>
    path(
      `M-420 ${165 + i * 62}Q0 ${235 + i * 62} 420 ${165 + i * 62}L420 ${190 + i * 62}Q0 ${260 + i * 62} -420 ${190 + i * 62}Z`,
      lighter(cloth, 0.45),
    ),
  );
  const buttons = [200, 290, 380].map((y) => circle([0, y], 11, other));
  const lapels =
    path('M-85 60L-150 110L-20 400L0 330L20 400L150 110L85 60L0 260Z', other) +
    polygon(
      [
        [-20, 150],
        [20, 150],
        [28, 380],
        [0, 420],
        [-28, 380],
      ],
      palette[3] as string,
    );
  const collar = path('M-90 55Q0 165 90 55L112 90Q0 230 -112 90Z', lighter(cloth, 0.3));
  const clip = random.whole(100_000, 999_999);
  const wear = [stripes.join(''), collar + buttons.join(''), lapels, collar];
  return `<clipPath id="clothes-${clip}"><path d="${shoulders}"/></clipPath>${box([-62, -60], 124, 175, darker(skin, 0.2))}${path('M-62 20L62 20L62 70Q0 150 -62 70Z', skin)}${path(shoulders, across(cloth, darker(cloth, 0.22)))}<g clip-path="url(#clothes-${clip})">${random.pick(wear)}</g>`;
}
