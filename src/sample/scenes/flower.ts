import { darker, lighter, mix } from '../colors.ts';
import { ball, down } from '../paints.ts';
import type { Random } from '../seeded-random.ts';
import { circle, group, type Point, path, short, stroke } from '../svg-shapes.ts';

function petal(length: number, half: number, turn: number, fill: string, vein: string): string {
  const shape = `M0 0C${short(half * 0.9)} ${short(-length * 0.25)} ${short(half * 1.3)} ${short(-length * 0.85)} 0 ${short(-length)}C${short(-half * 1.3)} ${short(-length * 0.85)} ${short(-half * 0.9)} ${short(-length * 0.25)} 0 0Z`;
  const veins = [-0.3, 0, 0.3].map((off) =>
    stroke(
      `M0 ${short(-length * 0.12)}Q${short(half * off)} ${short(-length * 0.5)} ${short(half * off * 1.6)} ${short(-length * 0.84)}`,
      vein,
      half * 0.03,
      'opacity="0.4"',
    ),
  );
  return group(`rotate(${short(turn)})`, path(shape, fill) + veins.join(''));
}

/** A flower seen from the front: rings of petals, the outer ones first. */
export function flower([x, y]: Point, radius: number, color: string, heart: string, random: Random): string {
  const rings = random.whole(1, 4);
  const petals = random.pick([5, 6, 8, 12, 16]);
  const parts: string[] = [];
  for (let ring = 0; ring < rings; ring++) {
    const length = radius * (1 - ring * 0.2);
    const tone = mix(color, lighter(color, 0.55), ring / 4);
    for (let i = 0; i < petals; i++) {
      const turn = ((i + ring / 2) * 360) / petals + random.between(-3, 3);
      parts.push(
        petal(
          length * random.between(0.94, 1.04),
          (length * 2.1) / petals + length * 0.1,
          turn,
          down(lighter(tone, 0.25), tone, darker(tone, 0.38)),
          darker(tone, 0.45),
        ),
      );
    }
  }
  const seeds = Array.from({ length: 46 }, (_, i) => {
    const reach = radius * 0.2 * Math.sqrt(i / 46);
    return circle(
      [reach * Math.cos(i * 2.4), reach * Math.sin(i * 2.4)],
      radius * 0.016,
      i % 2 === 0 ? lighter(heart, 0.45) : darker(heart, 0.4),
    );
  });
  return group(
    `translate(${short(x)} ${short(y)})`,
    parts.join('') +
      circle([0, 0], radius * 0.22, ball(lighter(heart, 0.3), heart, darker(heart, 0.5))) +
      seeds.join(''),
  );
}
