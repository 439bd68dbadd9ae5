import { darker, lighter, mix } from '../colors.ts';
import { type Daylight, PALETTES } from '../palettes.ts';
import type { Canvas } from '../scene.ts';
import { ellipse, group, type Point, path, stroke } from '../svg-shapes.ts';

/** A few sailing boats, the far ones smaller. */
export function boats(canvas: Canvas, light: Daylight, horizon: number): string {
  const { random, width, height } = canvas;
  const palette = canvas.choose(PALETTES);
  const nears = Array.from({ length: random.whole(2, 6) }, () => random.between(0.06, 0.62)).sort(
    (a, b) => a - b,
  );
  return nears
    .map((near) => {
      const place: Point = [width * random.between(0.08, 0.92), horizon + (height - horizon) * near];
      return boat(
        place,
        height * (0.05 + near * 0.42),
        light,
        random.pick([palette[0], palette[1], palette[3]]),
      );
    })
    .join('');
}

function boat([x, y]: Point, size: number, light: Daylight, sail: string): string {
  const hull = darker(light.near, 0.3);
  const cloth = mix(sail, light.sky[2], 0.25);
  return group(
    `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${(size / 100).toFixed(3)})`,
    ellipse([0, 3], 62, 6, darker(light.water, 0.45), 'opacity="0.5"') +
      path('M4 -4L4 -128Q46 -70 54 -8Z', cloth) +
      path('M-2 -4L-2 -112Q-34 -60 -38 -8Z', darker(cloth, 0.22)) +
      stroke('M1 0L1 -132', hull, 2.5) +
      path('M-52 -8L60 -8Q52 8 38 10L-34 10Q-46 6 -52 -8Z', hull) +
      path('M-50 -4L58 -4L56 0L-48 0Z', lighter(sail, 0.4)) +
      path('M4 14L46 14Q20 50 6 78Z', cloth, 'opacity="0.2"'),
  );
}
