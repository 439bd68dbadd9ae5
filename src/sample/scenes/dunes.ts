import { blend, lit, type Rgb, rgb, smoothstep } from '../colors.ts';
import { BRIGHT_DAYLIGHTS } from '../palettes.ts';
import { profileLine } from '../profile-line.ts';
import type { Canvas, Scene, Shader } from '../scene.ts';
import { planSky, shadeSky } from '../sky.ts';

/** Sand dunes behind each other, lit from one side. */
export function drawDunes(canvas: Canvas): Scene {
  const { random, noise } = canvas;
  const light = canvas.choose(BRIGHT_DAYLIGHTS);
  const sky = shadeSky(canvas, light, { ...planSky(canvas, light, 0.45), clouds: 0.05 });
  const [bright, dark] = canvas
    .choose([
      ['#f4b860', '#8c3f1f'],
      ['#f6dcb0', '#8a6a58'],
      ['#f0a08a', '#6a2a48'],
    ])
    .map(rgb) as [Rgb, Rgb];
  const haze = rgb(light.sky[2]);
  const crests = Array.from({ length: 5 }, (_, i) => {
    const start = random.between(0, 40);
    const bend = (x: number): number => 1 - Math.abs(noise(x * 0.8 + start, i * 5)) * 1.8;
    return profileLine(
      canvas,
      (x) => 0.44 + 0.13 * i - (0.1 + 0.035 * i) * bend(x) + 0.02 * noise(x * 3 + start, 9),
    );
  });
  const ground: Shader = (x, y) => {
    for (let i = crests.length - 1; i >= 0; i--) {
      const crest = crests[i] as (x: number) => number;
      const below = y - crest(x);
      if (below > 0) {
        const slope = (crest(x + 0.03) - crest(x - 0.03)) * 6 + 0.5 * noise(x * 1.5 + i * 3, y * 4);
        const bend = below * 60 + 3 * noise(x * 4, y * 7) + x * 22;
        const ripple = Math.sin(bend) * 0.07 * smoothstep(0, 0.08, below);
        const face = smoothstep(-0.35, 0.5, slope + 0.35 * smoothstep(0, 0.2, below));
        return blend(
          blend(lit(bright, 1.04 + ripple), lit(dark, 1 + ripple * 2), face),
          haze,
          0.32 - 0.08 * i,
        );
      }
    }
    return sky(x, y);
  };
  return { ground, drawing: '' };
}
