import { along, blend, clamp, rgb, smoothstep } from './colors.ts';
import { fractal } from './noise.ts';
import type { Daylight } from './palettes.ts';
import type { Canvas, Shader } from './scene.ts';

/** Where a sky ends and where its sun stands, in picture heights. */
export interface SkyPlan {
  readonly horizon: number;
  readonly sunX: number;
  readonly sunY: number;
  /** Radius of the sun's or moon's disk; 0 hides it. */
  readonly sunRadius: number;
  /** 0 for a clear sky, 1 for an overcast one. */
  readonly clouds: number;
}

export function planSky({ width, height, random }: Canvas, light: Daylight, horizon: number): SkyPlan {
  return {
    horizon,
    sunX: (width / height) * random.between(0.15, 0.85),
    sunY: horizon * (light.sunHeight * 1.7 + random.between(-0.08, 0.08)),
    sunRadius: random.between(0.025, 0.055),
    clouds: random.between(0.15, 0.75),
  };
}

/** Sky with sun, its glow, and clouds that lie flatter towards the horizon. */
export function shadeSky({ noise }: Canvas, light: Daylight, plan: SkyPlan): Shader {
  const sky = light.sky.map(rgb);
  const sun = rgb(light.sun);
  const cloud = rgb(light.cloud);
  const cloudFoot = blend(cloud, rgb(light.sky[1]), 0.75);
  const cover = 0.32 - plan.clouds * 0.6;
  return (x, y) => {
    const height = clamp(y / plan.horizon);
    const toSun = Math.hypot(x - plan.sunX, y - plan.sunY);
    let color = along(sky, height ** 1.2);
    color = blend(color, sun, 0.55 * Math.exp(-toSun * 4.5) + 0.3 * Math.exp(-toSun * toSun * 60));
    color = blend(color, sun, smoothstep(plan.sunRadius + 0.003, plan.sunRadius - 0.003, toSun));
    const flat = 2.2 + 5 * height * height;
    const density = fractal(noise, x * 1.9 + 7, y * flat + 3, 5);
    const thick = smoothstep(cover, cover + 0.55, density) * (1 - 0.45 * height);
    const top = fractal(noise, x * 1.9 + 7.05, y * flat + 2.86, 3) - density;
    return blend(color, blend(cloudFoot, cloud, 0.62 - top * 1.6), thick * 0.88);
  };
}
