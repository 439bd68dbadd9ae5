import { along, blend, lit, type Rgb, rgb, smoothstep } from '../colors.ts';
import { fractal } from '../noise.ts';
import { DAYLIGHTS, type Daylight } from '../palettes.ts';
import type { Canvas, Scene, Shader } from '../scene.ts';
import { planSky, type SkyPlan, shadeSky } from '../sky.ts';
import { boats } from './boats.ts';
import { islands } from './islands.ts';
import { lighthouse } from './lighthouse.ts';
import { shadeShore, sunshades } from './shore-from-above.ts';

type Motif = 'boats' | 'lighthouse' | 'shore from above' | 'islands';

const MOTIFS: readonly Motif[] = ['boats', 'lighthouse', 'shore from above', 'islands'];

/** Open sea under a sky with boats, islands or a lighthouse, or a beach seen from above. */
export function drawSea(canvas: Canvas): Scene {
  const motif = canvas.choose(MOTIFS);
  if (motif === 'shore from above') {
    return { ground: shadeShore(canvas), drawing: sunshades(canvas) };
  }
  const light = canvas.choose(DAYLIGHTS);
  const horizon = canvas.random.between(0.4, 0.62);
  const plan = planSky(canvas, light, horizon);
  const drawings = { boats, lighthouse, islands };
  return {
    ground: shadeSea(canvas, light, plan),
    drawing: drawings[motif](canvas, light, horizon * canvas.height),
  };
}

/** Waves that grow towards us, with the sun's track on them. */
function shadeSea(canvas: Canvas, light: Daylight, plan: SkyPlan): Shader {
  const { noise } = canvas;
  const sky = shadeSky(canvas, light, plan);
  const [deep, haze, sun] = [light.water, light.sky[2], light.sun].map(rgb) as [Rgb, Rgb, Rgb];
  const mid = rgb(light.sky[1]);
  return (x, y) => {
    const near = (y - plan.horizon) / (1 - plan.horizon);
    if (near < 0) {
      return sky(x, y);
    }
    const row = 14 * Math.log(near * 9 + 0.35);
    const wave = fractal(noise, (x - plan.sunX) / (0.05 + near * 0.3), row, 4);
    let color = along([blend(haze, deep, 0.3), blend(mid, deep, 0.6), deep, lit(deep, 0.72)], near ** 0.75);
    color = lit(color, 1 + wave * (0.15 + 0.5 * near));
    color = blend(color, haze, smoothstep(0.25, 0.75, wave) * 0.4);
    const track = Math.exp(-(((x - plan.sunX) / (0.06 + near * 0.22)) ** 2));
    return blend(color, sun, track * (smoothstep(0.02, 0.4, wave) * 0.85 + 0.12));
  };
}
