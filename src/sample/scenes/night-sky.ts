import { along, blend, clamp, darker, lighter, lit, mix, type Rgb, rgb, smoothstep } from '../colors.ts';
import { fractal, ridged } from '../noise.ts';
import { glow } from '../paints.ts';
import { PALETTES } from '../palettes.ts';
import type { Canvas, DrawScene, Scene, Shader } from '../scene.ts';
import { circle, type Point, path, polygon, short, straight } from '../svg-shapes.ts';

/** Nebulae, northern lights, a planet, a rising moon. */
export function drawNightSky(canvas: Canvas): Scene {
  return canvas.choose<DrawScene>([drawNebula, drawAurora, drawPlanet, drawMoonrise])(canvas);
}

/** Stars where `isSky` says so, on average `count` in a whole picture. */
function stars(
  { random, width, height }: Canvas,
  count: number,
  isSky: (at: Point) => boolean = () => true,
): string {
  return Array.from({ length: count }, () => {
    const at: Point = [random.next() * width, random.next() * height];
    const size = height * (0.0007 + 0.0024 * random.next() ** 9);
    const color = random.pick(['#ffffff', '#dce8ff', '#ffe8d0']);
    const halo = size > height * 0.0022 ? circle(at, size * 9, glow(color), 'opacity="0.6"') : '';
    return isSky(at) ? halo + circle(at, size, color) : '';
  }).join('');
}

function drawNebula(canvas: Canvas): Scene {
  const { random, noise } = canvas;
  const palette = canvas.choose(PALETTES);
  const [first, second, third] = random.shuffled([palette[1], palette[2], palette[3]]).map(rgb) as [
    Rgb,
    Rgb,
    Rgb,
  ];
  const slant = random.between(-1, 1);
  const ground: Shader = (x, y) => {
    const band = Math.exp(-(((y - 0.5 + slant * (x - 0.66)) / 0.34) ** 2));
    const warp = fractal(noise, x * 1.5, y * 1.5, 3);
    const gas = clamp(0.42 + 1.1 * fractal(noise, x * 2 + warp, y * 2 - warp, 5)) * (0.3 + 0.9 * band);
    const dust = ridged(noise, x * 2.2 + warp + 9, y * 2.2, 4) ** 5 * band;
    const color = blend(blend([5, 6, 18], first, gas), second, gas * gas * 0.9);
    return lit(
      blend(color, third, clamp(1.6 * fractal(noise, x * 3 + 20, y * 3, 4)) * band),
      1.3 - dust * 1.2,
    );
  };
  return { ground, drawing: stars(canvas, 900) };
}

function drawAurora(canvas: Canvas): Scene {
  const { random, noise, width, height } = canvas;
  const [low, high] = canvas
    .choose([
      ['#3cff9a', '#7a4fd8'],
      ['#5affd8', '#e04f9a'],
      ['#a8ff5a', '#2f8aff'],
    ])
    .map(rgb) as [Rgb, Rgb];
  const curtains = [0, 1, 2].map((i) => ({
    foot: random.between(0.38, 0.6) - i * 0.07,
    start: random.between(0, 30),
  }));
  const ground: Shader = (x, y) => {
    let color: Rgb = blend([6, 10, 30], [24, 44, 70], y);
    for (const { foot, start } of curtains) {
      const edge = foot + 0.2 * noise(x * 0.9 + start, start) + 0.05 * noise(x * 4 + start, 2);
      const up = (edge - y) / 0.5;
      const rays = 0.55 + 0.6 * fractal(noise, x * 13 + start, 1.5 + y * 0.4, 3);
      const glowing = up > 0 ? Math.exp(-up * 3) * smoothstep(0, 0.07, up) : 0;
      color = blend(color, blend(low, high, up * 1.4), clamp(glowing * rays * 1.1));
    }
    return color;
  };
  const hill = (base: number, rise: number, seedY: number): Point[] => [
    [0, height],
    ...Array.from(
      { length: 61 },
      (_, i): Point => [(width * i) / 60, height * (base - rise * fractal(noise, i * 0.07, seedY, 4))],
    ),
    [width, height],
  ];
  const trees = Array.from({ length: 70 }, () => {
    const [x, y, s] = [
      random.next() * width,
      height * random.between(0.9, 1.02),
      height * random.between(0.08, 0.2),
    ];
    return polygon(
      [
        [x, y - s],
        [x + s * 0.17, y],
        [x - s * 0.17, y],
      ],
      '#03060c',
    );
  });
  return {
    ground,
    softGround: true,
    drawing:
      stars(canvas, 400) +
      polygon(hill(0.8, 0.16, 3), '#0c1828') +
      polygon(hill(0.9, 0.08, 8), '#060c16') +
      trees.join(''),
  };
}

/** A banded planet with a ring, half of it in shadow. */
function drawPlanet(canvas: Canvas): Scene {
  const { random, noise, width, height } = canvas;
  const palette = canvas.choose(PALETTES);
  const bands = random.shuffled(palette.slice(0, 4)).map(rgb);
  const center = [(width / height) * random.between(0.35, 0.65), random.between(0.4, 0.6)] as const;
  const radius = random.between(0.22, 0.32);
  const space = rgb(darker(palette[4], 0.55));
  const ground: Shader = (x, y) => {
    const [u, v] = [(x - center[0]) / radius, (y - center[1]) / radius];
    const tilted = v + u * 0.3;
    const far = Math.hypot(u, v);
    const sky = blend(space, bands[1] as Rgb, 0.22 * clamp(fractal(noise, x * 1.5, y * 1.5, 4)));
    const ring = Math.hypot(u * 0.96 - 0.28 * tilted, tilted * 3.4);
    const inRing =
      ring > 1.35 && ring < 2.15 && (far > 1 || tilted > 0) ? 0.4 + 0.5 * noise(ring * 14, 3) : 0;
    const turbulence = 0.09 * fractal(noise, u * 2.4, tilted * 9, 4);
    const surface = along(
      bands,
      clamp(0.5 + 0.5 * Math.sin((tilted + turbulence) * 7 + noise(tilted * 4, 2))),
    );
    const light = clamp(0.16 + 0.95 * (Math.sqrt(clamp(1 - far * far)) * 0.75 - u * 0.5 - v * 0.3));
    const base = blend(lit(surface, light), sky, smoothstep(0.992, 1.004, far));
    return blend(base, blend(bands[0] as Rgb, [255, 255, 255], 0.25), clamp(inRing));
  };
  const isClear = ([x, y]: Point): boolean =>
    Math.hypot(x / height - center[0], (y / height - center[1]) * 1.3) > radius * 1.9;
  const moons = Array.from({ length: random.whole(1, 3) }, () =>
    circle(
      [random.next() * width, random.next() * height * 0.35],
      height * random.between(0.012, 0.035),
      lighter(palette[2], 0.4),
    ),
  );
  return { ground, drawing: stars(canvas, 500, isClear) + moons.join('') };
}

function drawMoonrise(canvas: Canvas): Scene {
  const { random, noise, width, height } = canvas;
  const palette = canvas.choose(PALETTES);
  const [top, low, disk] = [
    darker(palette[2], 0.72),
    mix(palette[1], palette[4], 0.45),
    lighter(palette[3], 0.55),
  ].map(rgb) as [Rgb, Rgb, Rgb];
  const moon = [(width / height) * random.between(0.3, 0.7), random.between(0.38, 0.5)] as const;
  const radius = random.between(0.15, 0.24);
  const ground: Shader = (x, y) => {
    const far = Math.hypot(x - moon[0], y - moon[1]);
    const sky = blend(blend(top, low, y * 1.15), disk, 0.4 * Math.exp(-Math.max(0, far - radius) * 7));
    const seas =
      smoothstep(0, 0.35, fractal(noise, x * 5, y * 5, 4)) * 0.28 + 0.08 * fractal(noise, x * 18, y * 18, 3);
    const veil = smoothstep(0.1, 0.6, fractal(noise, x * 1.5, y * 9, 4)) * 0.6;
    return blend(
      blend(sky, lit(disk, 1 - seas), smoothstep(radius + 0.002, radius - 0.002, far)),
      blend(top, low, 0.6),
      veil,
    );
  };
  const hill = Array.from(
    { length: 41 },
    (_, i): Point => [(width * i) / 40, height * (0.84 - 0.08 * fractal(noise, i * 0.09, 5, 3))],
  );
  const ink = darker(palette[4], 0.6);
  const birds = Array.from({ length: random.whole(5, 12) }, () => {
    const [x, y, s] = [
      random.between(0.15, 0.85) * width,
      random.between(0.15, 0.6) * height,
      height * random.between(0.008, 0.02),
    ];
    return path(
      `M${short(x - s * 2)} ${short(y - s)}Q${short(x - s)} ${short(y - s)} ${short(x)} ${short(y)}Q${short(x + s)} ${short(y - s)} ${short(x + s * 2)} ${short(y - s)}Q${short(x + s)} ${short(y - s * 0.4)} ${short(x)} ${short(y + s * 0.5)}Q${short(x - s)} ${short(y - s * 0.4)} ${short(x - s * 2)} ${short(y - s)}Z`,
      ink,
    );
  });
  const reeds = Array.from({ length: 90 }, () => {
    const [x, s] = [random.next() * width, height * random.between(0.06, 0.24)];
    return path(
      `M${short(x)} ${height}Q${short(x)} ${short(height - s * 0.6)} ${short(x + s * random.between(-0.25, 0.25))} ${short(height - s)}L${short(x + 5)} ${height}Z`,
      ink,
    );
  });
  return {
    ground,
    drawing:
      stars(canvas, 260, ([x, y]) => Math.hypot(x / height - moon[0], y / height - moon[1]) > radius * 1.1) +
      path(`${straight(hill)}L${width} ${height}L0 ${height}Z`, mix(ink, palette[2], 0.15)) +
      birds.join('') +
      reeds.join(''),
  };
}
