import { darker, mix } from '../colors.ts';
import type { Daylight } from '../palettes.ts';
import type { Canvas } from '../scene.ts';
import { group, type Point, path, polygon, straight, stroke } from '../svg-shapes.ts';

/** Rocky islands with their mirror images, and gulls. */
export function islands({ random, width, height, noise }: Canvas, light: Daylight, horizon: number): string {
  const count = random.whole(3, 5);
  const lands = Array.from({ length: count }, (_, i) => {
    const near = i / count;
    const foot = horizon + (height - horizon) * near ** 2 * 0.4;
    const middle = width * random.between(0.05, 0.95);
    const half = width * random.between(0.1, 0.24) * (0.7 + near);
    const tall = height * random.between(0.08, 0.24);
    const crest = Array.from({ length: 41 }, (_, step): Point => {
      const across = step / 20 - 1;
      const bump = (1 - across * across) ** 0.6 * (0.75 + 0.5 * noise(across * 2.2 + i * 9, i));
      return [middle + across * half, foot - tall * Math.max(0, bump)];
    });
    const color = mix(light.far, light.near, 0.25 + 0.75 * near);
    const shadow = group(
      `translate(0 ${(foot * 1.5).toFixed(1)}) scale(1 -0.5)`,
      polygon(crest, color),
      'opacity="0.35"',
    );
    return (
      shadow +
      polygon(crest, color) +
      path(
        `${straight(crest.slice(18))}L${middle.toFixed(1)} ${foot.toFixed(1)}Z`,
        darker(color, 0.3),
        'opacity="0.6"',
      )
    );
  });
  const gulls = Array.from({ length: random.whole(3, 9) }, () => {
    const [x, y, s] = [
      width * random.between(0.1, 0.9),
      horizon * random.between(0.15, 0.8),
      height * random.between(0.008, 0.022),
    ];
    return stroke(
      `M${x - s * 2} ${y - s}Q${x - s} ${y - s * 1.4} ${x} ${y}Q${x + s} ${y - s * 1.4} ${x + s * 2} ${y - s}`,
      light.near,
      s * 0.35,
    );
  });
  return lands.join('') + gulls.join('');
}
