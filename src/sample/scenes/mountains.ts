import { blend, clamp, darker, lit, mix, type Rgb, rgb, smoothstep } from '../colors.ts';
import { fractal, ridged } from '../noise.ts';
import { DAYLIGHTS, type Daylight } from '../palettes.ts';
import { profileLine } from '../profile-line.ts';
import type { Canvas, Scene, Shader } from '../scene.ts';
import { planSky, shadeSky } from '../sky.ts';
import { type Point, polygon } from '../svg-shapes.ts';

interface Layout {
  /** Number of ridges behind each other, 2 or more. */
  readonly ridges: number;
  readonly horizon: number;
  /** Height of the farthest ridge; nearer ones are lower. */
  readonly tall: number;
  /** 0 for round hills, 1 for sharp peaks. */
  readonly sharp: number;
  /** How much of the peaks is under snow, 0 to 1. */
  readonly snow: number;
  /** Where a lake begins, picture heights; above 1 for none. */
  readonly lake: number;
  readonly pines: boolean;
}

const LAYOUTS: readonly Layout[] = [
  { ridges: 3, horizon: 0.62, tall: 0.5, sharp: 1, snow: 0.75, lake: 2, pines: true },
  { ridges: 6, horizon: 0.5, tall: 0.2, sharp: 0.25, snow: 0, lake: 2, pines: false },
  { ridges: 2, horizon: 0.56, tall: 0.42, sharp: 1, snow: 0.6, lake: 0.6, pines: false },
  { ridges: 4, horizon: 0.48, tall: 0.22, sharp: 0.5, snow: 0.1, lake: 2, pines: true },
];

/** Ridges behind ridges in haze, with snow, pines or a lake that mirrors them. */
export function drawMountains(canvas: Canvas): Scene {
  const layout = canvas.choose(LAYOUTS);
  const light = canvas.choose(DAYLIGHTS);
  const dry = shadeRange(canvas, layout, light);
  const ground = layout.lake < 1 ? mirror(canvas, dry, layout.lake, rgb(light.water)) : dry;
  return { ground, drawing: layout.pines ? pineRows(canvas, light) : '' };
}

function shadeRange(canvas: Canvas, layout: Layout, light: Daylight): Shader {
  const { noise, height } = canvas;
  const sky = shadeSky(canvas, light, planSky(canvas, light, layout.horizon));
  const facing = canvas.random.pick([-1, 1]);
  const ridges = Array.from({ length: layout.ridges }, (_, i) => ridgeLine(canvas, layout, i));
  const [haze, far, near, snowLight] = [light.sky[2], light.far, light.near, light.cloud].map(rgb) as [
    Rgb,
    Rgb,
    Rgb,
    Rgb,
  ];
  const paintRock = (x: number, y: number, below: number, index: number): Rgb => {
    const depth = index / (layout.ridges - 1);
    const gully = ridged(noise, x * 7 + index * 9, below * 3.2 - x, 4) - 0.62;
    const crest = ridges[index] as (x: number) => number;
    const above = x + below * (0.5 * noise(x * 3, y * 3 + index) + gully * 0.5);
    const steep = Math.max(-1, Math.min(1, (crest(above - 0.022) - crest(above + 0.022)) * 26));
    const slope = facing * steep * layout.sharp + gully * (0.25 + 0.5 * layout.sharp);
    const color = lit(blend(far, near, depth ** 0.8), 0.92 + slope * 0.75);
    const snowLine = layout.snow * (0.22 - 0.16 * depth) + fractal(noise, x * 8, y * 4, 3) * 0.12;
    const snow =
      smoothstep(0.03, -0.03, below - snowLine) *
      smoothstep(-0.42, -0.2, gully) *
      Math.min(1, layout.snow * 2);
    const snowy = blend(color, lit(snowLight, 0.86 + slope * 0.42), snow);
    return blend(snowy, haze, (0.6 - 0.52 * depth) * smoothstep(0.0, 0.3, below) + 0.14 * (1 - depth));
  };
  return (x, y) => {
    for (let i = layout.ridges - 1; i >= 0; i--) {
      const below = y - (ridges[i] as (x: number) => number)(x);
      const cover = clamp(below * height + 0.5);
      if (cover > 0) {
        const rock = paintRock(x, y, below, i);
        return cover < 1 ? blend(sky(x, y), rock, cover) : rock;
      }
    }
    return sky(x, y);
  };
}

function ridgeLine(canvas: Canvas, layout: Layout, index: number): (x: number) => number {
  const { noise, random } = canvas;
  const depth = index / (layout.ridges - 1);
  const foot = layout.horizon + depth * (0.9 - layout.horizon);
  const tall = layout.tall * (1 - 0.6 * depth);
  const start = random.between(0, 50);
  const wide = random.between(1.1, 1.7) * (1 + depth * 0.5);
  return profileLine(canvas, (x) => {
    const place = x * wide + start;
    const peaks = ridged(noise, place * 0.9, index * 7.7, 5) ** 2;
    const hills = 0.5 + fractal(noise, place, index * 3.3, 4) * 0.7;
    return foot - tall * (hills + (peaks * 1.15 - hills) * layout.sharp);
  });
}

function mirror({ noise }: Canvas, land: Shader, shore: number, water: Rgb): Shader {
  return (x, y) => {
    if (y < shore) {
      return land(x, y);
    }
    const far = (y - shore) / (1 - shore);
    const ripple = fractal(noise, x * 5, 60 * far ** 0.6, 3);
    const image = land(
      x + ripple * 0.012 * far,
      Math.max(0, shore - (y - shore) * 0.95 + ripple * 0.02 * far),
    );
    const shine = smoothstep(0.2, 0.6, ripple) * 0.12;
    return lit(blend(image, water, 0.22 + 0.3 * far), 1 - 0.35 * smoothstep(0.012, 0, y - shore) + shine);
  };
}

function pineRows(canvas: Canvas, light: Daylight): string {
  const { width, height, random } = canvas;
  const rows = [0.84, 0.93, 1.03].map((foot, row) => {
    const size = height * (0.09 + 0.055 * row);
    const color = darker(mix(light.near, light.far, 0.22 - 0.11 * row), 0.12 * row);
    const trees: string[] = [];
    for (let x = -size; x < width + size; x += size * random.between(0.16, 0.5)) {
      const y = height * (foot + 0.03 * canvas.noise((x / height) * 2, row * 4));
      trees.push(pine([x, y], size * random.between(0.6, 1.35), color, random.between(-0.02, 0.02)));
    }
    const floor: Point[] = [
      [0, height * (foot - 0.02)],
      [width, height * (foot - 0.02)],
      [width, height],
      [0, height],
    ];
    return trees.join('') + polygon(floor, color);
  });
  return rows.join('');
}

function pine([x, foot]: Point, tall: number, color: string, lean: number): string {
  const left: Point[] = [];
  const right: Point[] = [];
  const tiers = 7;
  for (let tier = 1; tier <= tiers; tier++) {
    const y = foot - tall * (1 - tier / tiers);
    const reach = tall * 0.2 * (tier / tiers);
    left.push([x - reach * 0.55, y - tall * 0.02], [x - reach, y + tall * 0.03]);
    right.push([x + reach * 0.55, y - tall * 0.02], [x + reach, y + tall * 0.03]);
  }
  return polygon([[x + lean * tall, foot - tall], ...right, ...left.reverse()], color);
}
