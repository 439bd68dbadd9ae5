import { blend, clamp, lit, type Rgb, rgb } from '../colors.ts';
import type { Canvas, Shader } from '../scene.ts';

/** Out-of-focus colors, as behind a close-up. */
export function blurredGarden({ noise, random }: Canvas, colors: readonly string[]): Shader {
  const [first, second, third] = random.shuffled(colors).map(rgb) as [Rgb, Rgb, Rgb];
  return (x, y) => {
    const soft = blend(first, second, clamp(0.5 + 0.9 * noise(x * 1.6, y * 1.6)));
    return lit(
      blend(soft, third, clamp(0.9 * noise(x * 2.4 + 9, y * 2.4))),
      0.9 + 0.3 * noise(x * 3 + 4, y * 3),
    );
  };
}
