import { darker, mix } from '../colors.ts';
import { down } from '../paints.ts';
import type { Canvas } from '../scene.ts';
import { box, circle, group, type Point, path, polygon, short, stroke } from '../svg-shapes.ts';

/** What is behind the person. */
export function wall(canvas: Canvas, palette: readonly string[]): string {
  const { width, height, random } = canvas;
  const [light, first, second, accent] = palette as [string, string, string, string];
  const plain = box([0, 0], width, height, down(light, mix(light, first, 0.35)));
  const patterns = [
    () =>
      circle([width * 0.5, height * 0.42], height * 0.4, second) +
      circle([width * 0.5, height * 0.42], height * 0.33, mix(second, light, 0.25)),
    () =>
      Array.from({ length: 13 }, (_, i) =>
        box([(width / 13) * i, 0], width / 26, height, mix(second, light, 0.45)),
      ).join(''),
    () =>
      Array.from({ length: 26 }, () =>
        leaf(
          [random.next() * width, random.next() * height],
          height * random.between(0.12, 0.24),
          random.whole(0, 359),
          mix(second, light, random.between(0, 0.6)),
        ),
      ).join(''),
    () =>
      polygon(
        [
          [0, height],
          [0, height * 0.35],
          [width, height * 0.05],
          [width, height],
        ],
        second,
      ) + circle([width * 0.82, height * 0.2], height * 0.1, accent),
    () =>
      Array.from({ length: 48 }, (_, i) =>
        circle(
          [
            ((i % 8) + 0.5 + (Math.floor(i / 8) % 2) / 2) * (width / 8),
            (Math.floor(i / 8) + 0.5) * (height / 6),
          ],
          height * 0.03,
          mix(accent, light, 0.35),
        ),
      ).join(''),
    () =>
      box(
        [width * 0.1, height * 0.08],
        width * 0.36,
        height * 0.5,
        '#dff0f6',
        `stroke="${first}" stroke-width="${short(height * 0.02)}"`,
      ) +
      box([width * 0.1, height * 0.32], width * 0.36, height * 0.015, first) +
      circle([width * 0.36, height * 0.2], height * 0.06, accent),
    () =>
      Array.from({ length: 9 }, (_, i) =>
        circle(
          [width * 0.5, height * 1.02],
          height * (1.15 - i * 0.12),
          i % 2 === 0 ? mix(second, light, 0.3) : mix(first, light, 0.4),
        ),
      ).join(''),
  ];
  return plain + (canvas.choose(patterns) as () => string)();
}

function leaf([x, y]: Point, size: number, turn: number, color: string): string {
  const vein = stroke(`M0 0H${short(size * 0.95)}`, darker(color, 0.15), size * 0.015);
  return group(
    `translate(${short(x)} ${short(y)}) rotate(${turn})`,
    path(
      `M0 0Q${short(size * 0.4)} ${short(-size * 0.4)} ${short(size)} 0Q${short(size * 0.4)} ${short(size * 0.4)} 0 0Z`,
      color,
    ) + vein,
  );
}
