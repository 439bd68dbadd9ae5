import { along, blend, clamp, lit, type Rgb, rgb, smoothstep } from '../colors.ts';
import { createCells, fractal, ridged } from '../noise.ts';
import { PALETTES } from '../palettes.ts';
import type { Canvas, Scene, Shader } from '../scene.ts';

/** Materials close up, as a camera sees them. */
export function drawTexture(canvas: Canvas): Scene {
  const materials = [wood, water, bricks, marble, tartan, pebbles, agate, rust, knit];
  return { ground: canvas.choose(materials)(canvas), drawing: '' };
}

function wood({ noise, random }: Canvas): Shader {
  const tones = random
    .pick([
      ['#3c2414', '#8a5a30', '#c89058'],
      ['#5a3a2a', '#a8744c', '#e0b888'],
      ['#2a1c1a', '#5c3a30', '#8a5f4a'],
    ])
    .map(rgb);
  const planks = random.whole(3, 5);
  return (x, y) => {
    const plank = Math.floor(x * planks);
    const start = plank * 13.7;
    const bend = 0.5 * noise(x * 2 + start, y * 0.7 + start);
    const knot = Math.exp(
      -12 * Math.hypot(x * planks - plank - 0.5, (y - 0.5 - 0.3 * noise(start, 2)) * 3) ** 2,
    );
    const rings = Math.sin((x * 5 + bend + knot * 1.6 + 0.06 * y) * 30 + start);
    const fiber = fractal(noise, x * 90, y * 2.5 + start, 3);
    const seam = smoothstep(0.5, 0.48, Math.abs(x * planks - plank - 0.5));
    return lit(
      along(tones, clamp(0.55 + rings * 0.22 + fiber * 0.3 - knot * 0.5)),
      (0.94 + 0.12 * noise(start, 5)) * (0.35 + 0.65 * seam),
    );
  };
}

/** Light on the floor of a pool. */
function water({ noise, random }: Canvas): Shader {
  const cells = createCells(random);
  const [deep, light] = random
    .pick([
      ['#0b6f9a', '#7fe0ea'],
      ['#0e5a4a', '#9be8c0'],
      ['#163a78', '#8ab8ff'],
    ])
    .map(rgb) as [Rgb, Rgb];
  return (x, y) => {
    const [swayX, swayY] = [
      0.5 * fractal(noise, x * 2, y * 2, 2),
      0.5 * fractal(noise, x * 2 + 8, y * 2 + 3, 2),
    ];
    const web = cells(x * 5 + swayX, y * 5 + swayY);
    const fine = cells(x * 9 - swayY, y * 9 + swayX);
    const shine =
      smoothstep(0.22, 0, web.second - web.nearest) + 0.5 * smoothstep(0.2, 0, fine.second - fine.nearest);
    const tile =
      Math.min(Math.abs(((x + swayX * 0.05) * 6) % 1), Math.abs(((y + swayY * 0.05) * 6) % 1)) < 0.05
        ? 0.88
        : 1;
    return blend(
      lit(deep, tile * (1 + swayX * 0.5)),
      blend(light, [255, 255, 255], shine * 0.4),
      0.22 + shine * 0.62,
    );
  };
}

function bricks({ noise, random }: Canvas): Shader {
  const cells = createCells(random);
  const tones = random
    .pick([
      ['#7a2f22', '#a84a32', '#c8704a'],
      ['#8a7a68', '#b8a68c', '#d8c8ac'],
      ['#4a4a52', '#6a6a72', '#8f8a88'],
    ])
    .map(rgb);
  const mortar = rgb(random.pick(['#c9c0b0', '#8f8a80', '#e0dace']));
  const rows = random.whole(9, 14);
  return (x, y) => {
    const row = Math.floor(y * rows);
    const across = x * rows * 0.42 + (row % 2) * 0.5 + 0.01 * noise(x * 9, y * 9);
    const column = Math.floor(across);
    const edge =
      Math.min(0.5 - Math.abs(across - column - 0.5), (0.5 - Math.abs(y * rows - row - 0.5)) * 0.42) +
      0.012 * fractal(noise, x * 30, y * 30, 3);
    const rough = fractal(noise, x * 24, y * 24, 4);
    const brick = lit(
      along(tones, cells(column * 3.1 + 0.5, row * 5.3 + 0.5).tone),
      0.95 + rough * 0.35 + 0.12 * smoothstep(0.1, 0.03, edge) * Math.sign(y * rows - row - 0.5) * -1,
    );
    return blend(lit(mortar, 0.8 + rough * 0.25), brick, smoothstep(0.02, 0.045, edge));
  };
}

function marble({ noise, random }: Canvas): Shader {
  const [stone, vein, gold] = random
    .pick([
      ['#f2efe9', '#6a6f78', '#c9a86a'],
      ['#1c2a2a', '#d8e0d4', '#c9a04a'],
      ['#e8cfc4', '#8a4a4a', '#fff4ea'],
    ])
    .map(rgb) as [Rgb, Rgb, Rgb];
  const slant = random.between(-1.5, 1.5);
  return (x, y) => {
    const [u, v] = [x + slant * y, y - 0.4 * x];
    const fold = fractal(noise, u * 1.6, v * 1.6, 4);
    const main = ridged(noise, u * 1.1 + fold * 0.9, v * 1.1 + fold * 0.7, 2) ** 9;
    const hair = ridged(noise, u * 3 + fold * 1.5 + 20, v * 3 + fold, 3) ** 12;
    const cloud = clamp(0.5 + 0.7 * fractal(noise, u * 2 + 40, v * 2, 5));
    return blend(
      blend(blend(stone, vein, cloud * 0.28), vein, clamp(main * 1.3 + hair * 0.6)),
      gold,
      smoothstep(0.5, 1, hair) * 0.8,
    );
  };
}

function tartan({ noise, random, choose }: Canvas): Shader {
  const palette = choose(PALETTES).map(rgb);
  const bands = Array.from({ length: 14 }, () => random.whole(0, 4));
  const repeat = random.between(2.2, 3.4);
  const band = (t: number): Rgb => {
    const place = Math.abs(((t * repeat) % 2) - 1) * 13.999;
    return palette[bands[Math.floor(place)] as number] as Rgb;
  };
  return (x, y) => {
    const sag = 0.012 * noise(x * 1.5, y * 1.5);
    const thread = 0.5 + 0.5 * Math.sin((x + y + sag) * 520);
    const color = blend(band(x + sag + 10), band(y + sag + 10), thread > 0.5 ? 0.82 : 0.18);
    return lit(
      color,
      0.86 + 0.14 * thread + 0.5 * noise(x * 1.3 + 7, y * 1.3) * 0.5 + 0.08 * noise(x * 160, y * 160),
    );
  };
}

function pebbles({ noise, random }: Canvas): Shader {
  const cells = createCells(random);
  const tones = random
    .shuffled(
      random.pick([
        ['#8a8f94', '#c9c4b8', '#5c5a5e', '#a88f7a'],
        ['#3c4248', '#6a7278', '#9aa0a0', '#22262c'],
        ['#c8a888', '#8a6a58', '#e4d4c0', '#7a7f84'],
      ]),
    )
    .map(rgb);
  const dense = random.between(7, 11);
  return (x, y) => {
    const [u, v] = [x * dense + 0.5 * noise(x * 6, y * 6), y * dense * 1.2 + 0.5 * noise(x * 6 + 5, y * 6)];
    const here = cells(u, v);
    const lift = cells(u - 0.12, v - 0.16).nearest - here.nearest;
    const gap = smoothstep(0.02, 0.2, here.second - here.nearest);
    const speck = fractal(noise, x * 50, y * 50, 3) * 0.22 + 0.12 * Math.sin(fractal(noise, u, v, 2) * 14);
    return lit(along(tones, here.tone), (0.16 + 0.84 * gap) * (0.9 + lift * 1.7 + speck));
  };
}

/** Bands around a hollow, as in a cut stone. */
function agate({ noise, random, width, height, choose }: Canvas): Shader {
  const palette = random.shuffled(choose(PALETTES)).map(rgb);
  const middle = [(width / height) * random.between(0.3, 0.7), random.between(0.35, 0.65)] as const;
  const rings = random.between(3, 5);
  return (x, y) => {
    const [dx, dy] = [x - middle[0], y - middle[1]];
    const far = Math.hypot(dx, dy * 1.25) + 0.22 * fractal(noise, dx * 1.8, dy * 1.8, 4);
    const bands = far * rings + 0.05 * noise(dx * 9, dy * 9);
    const position = Math.abs((bands % 2) - 1);
    const fine = 0.5 + 0.5 * Math.sin(bands * 42 + 2 * noise(dx * 3, dy * 3));
    const crystal = smoothstep(0.16, 0.08, far) * (0.5 + ridged(noise, x * 22, y * 22, 2));
    return blend(lit(along(palette, position), 0.8 + 0.28 * fine), [244, 240, 250], crystal * 0.8);
  };
}

/** Old paint coming off iron. */
function rust({ noise, random, choose }: Canvas): Shader {
  const paint = rgb(choose(PALETTES)[random.whole(1, 2)] as string);
  const iron = ['#3a1c10', '#7a3818', '#b8622a', '#d99a5a'].map(rgb);
  const spread = random.between(-0.15, 0.12);
  return (x, y) => {
    const patch =
      fractal(noise, x * 2.2, y * 2.2, 6) + 0.25 * fractal(noise, x * 1.5, y * 0.3 + 9, 2) + spread;
    const rough = fractal(noise, x * 16, y * 16, 4);
    const run = clamp(fractal(noise, x * 22, y * 1.1, 3)) * 0.7;
    const coat = blend(lit(paint, 0.93 + rough * 0.12), iron[2] as Rgb, run * smoothstep(-0.5, 0.05, patch));
    const edge = smoothstep(0.05, 0, Math.abs(patch - 0.02)) * 0.35;
    return lit(
      blend(coat, lit(along(iron, clamp(0.5 + rough * 0.8)), 1), smoothstep(-0.01, 0.03, patch)),
      1 - edge,
    );
  };
}

/** Rows of stitches in wool with a pattern of dots and bands. */
function knit({ noise, random, choose }: Canvas): Shader {
  const palette = random.shuffled(choose(PALETTES)).map(rgb);
  const rows = random.whole(24, 34);
  const every = random.whole(4, 7);
  return (x, y) => {
    const column = Math.floor(x * rows * 0.8);
    const across = x * rows * 0.8 - column - 0.5;
    const lean = y * rows + Math.abs(across) * 1.1;
    const row = Math.floor(lean);
    const up = lean - row - 0.5;
    const isDot = (row % (every * 2) < every && (column + row) % every === 0) || row % (every * 2) === every;
    const color = palette[isDot ? 1 : row % (every * 4) < every * 2 ? 0 : 2] as Rgb;
    const round =
      Math.sqrt(clamp(1 - (up * 1.7) ** 2)) *
      (0.45 + 0.55 * smoothstep(0, 0.12, Math.abs(across)) * smoothstep(0.5, 0.36, Math.abs(across)));
    return lit(
      color,
      0.34 + 0.74 * round + 0.16 * noise(x * 120 + across * 20, y * 40) + 0.1 * noise(x * 2, y * 2),
    );
  };
}
