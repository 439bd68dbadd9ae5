import { darker, lighter, mix } from '../colors.ts';
import type { Daylight } from '../palettes.ts';
import type { Canvas } from '../scene.ts';
import { box, circle, ellipse, type Point } from '../svg-shapes.ts';

/** A round tree with its shadow, its foot at the place. */
export function tree([x, foot]: Point, size: number, { random }: Canvas, light: Daylight): string {
  const leaf = mix(random.pick(['#3f7036', '#5f8a34', '#2f5a3c', '#c77b28', '#a34a26']), light.near, 0.25);
  const shade = ellipse(
    [x + size * 0.35, foot],
    size * 0.8,
    size * 0.13,
    darker(light.near, 0.3),
    'opacity="0.4"',
  );
  const trunk = box([x - size * 0.06, foot - size * 0.6], size * 0.12, size * 0.62, '#4a3324');
  const crowns = Array.from({ length: 9 }, (_, i) => {
    const at: Point = [x + size * random.between(-0.4, 0.4), foot - size * random.between(0.65, 1.3)];
    return circle(at, size * random.between(0.2, 0.36), mix(darker(leaf, 0.32), lighter(leaf, 0.22), i / 8));
  });
  return shade + trunk + crowns.join('');
}
