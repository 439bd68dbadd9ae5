import { darker, lighter } from '../colors.ts';
import { ball, glow } from '../paints.ts';
import type { Random } from '../seeded-random.ts';
import { ellipse, type Point, path, short, stroke } from '../svg-shapes.ts';

/** A soft shadow on the table, to the right of a thing whose foot is here. */
export function shadowUnder([x, y]: Point, half: number): string {
  return ellipse([x + half * 0.7, y], half * 1.7, half * 0.34, glow('#140c10'), 'opacity="0.75"');
}

/** An apple, plum or pear with a light on it. */
export function fruit([x, y]: Point, radius: number, random: Random, onTable = true): string {
  const color = random.pick(['#c8281e', '#e8871e', '#f2cf3a', '#7fae34', '#8a1f3c', '#5a2a5e', '#e85a3a']);
  const flesh = ball(lighter(color, 0.65), color, darker(color, 0.25), darker(color, 0.62));
  const ground = onTable ? shadowUnder([x, y + radius * 0.85], radius * 0.9) : '';
  const stem = stroke(
    `M${short(x)} ${short(y - radius * 0.85)}q${short(radius * 0.1)} ${short(-radius * 0.3)} ${short(radius * 0.25)} ${short(-radius * 0.4)}`,
    '#4a3420',
    radius * 0.09,
  );
  const leaf = path(
    `M${short(x + radius * 0.15)} ${short(y - radius * 1.02)}q${short(radius * 0.4)} ${short(-radius * 0.4)} ${short(radius * 0.75)} ${short(-radius * 0.05)}q${short(-radius * 0.4)} ${short(radius * 0.25)} ${short(-radius * 0.75)} ${short(radius * 0.05)}z`,
    '#4f8038',
  );
  const pear = random.chance(0.3) ? ellipse([x, y - radius * 0.7], radius * 0.55, radius * 0.7, flesh) : '';
  return (
    ground +
    pear +
    ellipse([x, y], radius, radius * random.between(0.88, 1), flesh) +
    stem +
    (random.chance(0.5) ? leaf : '') +
    ellipse([x - radius * 0.35, y - radius * 0.4], radius * 0.16, radius * 0.1, '#ffffff', 'opacity="0.65"')
  );
}
