import { along, blend, clamp, darker, lighter, lit, mix, rgb, smoothstep } from '../colors.ts';
import { fractal } from '../noise.ts';
import { PALETTES } from '../palettes.ts';
import type { Canvas, DrawScene, Scene, Shader } from '../scene.ts';
import {
  around,
  box,
  circle,
  group,
  type Point,
  path,
  polygon,
  short,
  smooth,
  straight,
  stroke,
} from '../svg-shapes.ts';

/** Contour lines, a street map, an old chart, a network of lines. */
export function drawMap(canvas: Canvas): Scene {
  return canvas.choose<DrawScene>([drawContours, drawStreets, drawChart, drawNetwork])(canvas);
}

function drawContours({ noise, random }: Canvas): Scene {
  const tints = random
    .pick([
      ['#8fc4d8', '#cfe8d0', '#e8e4b0', '#d8b07a', '#b07a58', '#f4f0ec'],
      ['#1c2f4a', '#2f5a6a', '#4f8a7a', '#a8b878', '#e8d8a0', '#ffffff'],
    ])
    .map(rgb);
  const ground: Shader = (x, y) => {
    const rise = fractal(noise, x * 1.5, y * 1.5, 3);
    const slope =
      fractal(noise, (x + 0.012) * 1.5, (y + 0.012) * 1.5, 4) - fractal(noise, x * 1.5, y * 1.5, 4);
    const level = (rise + 0.8) * 17;
    const wide = Math.round(level) % 5 === 0 ? 0.14 : 0.075;
    const line = smoothstep(wide, wide * 0.4, Math.abs(level - Math.round(level)));
    return blend(lit(along(tints, clamp(0.5 + rise * 0.85)), 1 - slope * 3.2), [70, 45, 30], line * 0.6);
  };
  return { ground, drawing: '' };
}

function drawStreets({ random, width, height, noise }: Canvas): Scene {
  const dark = random.chance(0.4);
  const [land, road, park, water, block] = dark
    ? ['#1c2333', '#5a6a8a', '#23453c', '#12386a', '#2a3448']
    : ['#f2ede2', '#ffffff', '#bfe0a8', '#9fcbe8', '#e2d8c8'];
  const tilt = random.between(-30, 30);
  const size = height * 0.09;
  const blocks: string[] = [];
  for (let row = -9; row < 18; row++) {
    for (let column = -9; column < 24; column++) {
      const at: Point = [column * size, row * size];
      const isPark = noise(column * 0.33, row * 0.33) > 0.42;
      const cut = random.between(0.3, 0.7);
      const inner = size * 0.84;
      blocks.push(
        isPark
          ? box(at, size, size, park as string)
          : box(at, inner * cut - 3, inner, block as string, 'rx="3"') +
              box(
                [at[0] + inner * cut, at[1]],
                inner * (1 - cut),
                inner,
                mix(block as string, land as string, random.next() * 0.7),
                'rx="3"',
              ),
      );
    }
  }
  const bend = (from: number): Point[] =>
    Array.from(
      { length: 8 },
      (_, i): Point => [
        (width * 1.2 * i) / 7 - width * 0.1,
        height * (from + 0.3 * noise(i * 0.5 + from * 9, from * 5)),
      ],
    );
  const river = smooth(bend(random.between(0.3, 0.7)));
  const avenues = [0.1, 0.5, 0.9].map((from) => smooth(bend(from)));
  const pins = Array.from({ length: 6 }, () => {
    const [x, y] = [random.between(0.1, 0.9) * width, random.between(0.15, 0.9) * height];
    const s = height * 0.05;
    return (
      path(
        `M${short(x)} ${short(y)}C${short(x - s)} ${short(y - s)} ${short(x - s * 0.7)} ${short(y - s * 2)} ${short(x)} ${short(y - s * 2)}C${short(x + s * 0.7)} ${short(y - s * 2)} ${short(x + s)} ${short(y - s)} ${short(x)} ${short(y)}Z`,
        '#e0402f',
      ) + circle([x, y - s * 1.35], s * 0.3, '#ffffff')
    );
  });
  const drawing =
    box([0, 0], width, height, road as string) +
    group(`rotate(${short(tilt)} ${width / 2} ${height / 2})`, blocks.join('')) +
    stroke(river, water as string, height * 0.12) +
    avenues
      .map(
        (d) =>
          stroke(d, dark ? '#c98a3a' : '#f4b85a', height * 0.026) +
          stroke(d, dark ? '#e8b060' : '#ffe0a0', height * 0.016),
      )
      .join('') +
    pins.join('');
  return { ground: null, drawing };
}

/** Islands on parchment with a compass rose and a dotted course. */
function drawChart({ random, noise, width, height }: Canvas): Scene {
  const paper = rgb('#ecd9ae');
  const [sea, inland, ink] = [rgb('#c8c49a'), rgb('#b9a060'), rgb('#5a3c20')];
  const shift = random.between(-0.05, 0.15);
  const ground: Shader = (x, y) => {
    const edge = Math.min(x, y, width / height - x, 1 - y);
    const island = fractal(noise, x * 2.2, y * 2.2, 5) + shift - 0.25 * smoothstep(0.25, 0, edge);
    const stain = 0.93 + 0.12 * fractal(noise, x * 4 + 30, y * 4, 5) - 0.3 * smoothstep(0.12, 0, edge);
    const hatch = island < 0.1 && island > 0.02 && Math.sin(y * 420) > 0.2 ? 0.35 : 0;
    const coast = smoothstep(0.02, 0, Math.abs(island - 0.11));
    const base = island > 0.11 ? blend(paper, inland, clamp((island - 0.11) * 1.6)) : sea;
    return lit(blend(base, ink, Math.max(coast * 0.85, hatch)), stain);
  };
  const rose: Point = [width * random.pick([0.16, 0.84]), height * 0.8];
  const star = [1, 0.55].map((reach, i) =>
    polygon(
      around(rose, 8, (at) => height * 0.11 * reach * (at % 2 === 0 ? 1 : 0.22), i * 0.785),
      i === 0 ? '#7a2f20' : '#5a3c20',
    ),
  );
  const course = Array.from(
    { length: 6 },
    (_, i): Point => [width * (0.14 + 0.14 * i), height * random.between(0.25, 0.72)],
  );
  const rays = around(rose, 16, () => width * 1.2).map((end) =>
    stroke(straight([rose, end]), '#5a3c20', 1, 'opacity="0.3"'),
  );
  const [endX, endY] = course[5] as Point;
  const cross = stroke(`M${short(endX - 16)} ${short(endY - 16)}l32 32m0 -32l-32 32`, '#a02a1c', 8);
  return {
    ground,
    drawing:
      rays.join('') +
      star.join('') +
      stroke(smooth(course), '#a02a1c', 5, 'stroke-dasharray="14 14"') +
      cross,
  };
}

/** Lines and stops, as for an underground railway. */
function drawNetwork(canvas: Canvas): Scene {
  const { random, width, height } = canvas;
  const palette = canvas.choose(PALETTES);
  const cell = Math.min(width, height) / 12;
  const lines = Array.from({ length: 12 }, (_, i) => {
    const color =
      i < 4 ? (palette[(i % 3) + 1] as string) : darker(lighter(palette[(i % 3) + 1] as string, 0.4), 0.15);
    let [x, y]: [number, number] =
      i % 2 === 0
        ? ([0, random.between(0.04, 0.96) * Math.floor(height / cell)].map(Math.round) as [number, number])
        : ([random.between(0.04, 0.96) * Math.floor(width / cell), 0].map(Math.round) as [number, number]);
    const stops: Point[] = [[x * cell, y * cell]];
    while (x * cell < width && y * cell < height && stops.length < 30) {
      const [dx, dy] = random.pick(
        i % 2 === 0
          ? [
              [2, 0],
              [1, 1],
              [1, -1],
              [1, 0],
            ]
          : [
              [0, 2],
              [1, 1],
              [-1, 1],
              [0, 1],
            ],
      ) as [number, number];
      x += dx;
      y = Math.max(0.5, y + dy);
      stops.push([x * cell, y * cell]);
    }
    const rings = stops
      .slice(1, -1)
      .map((at) =>
        circle(at, cell * 0.15, '#ffffff', `stroke="${palette[4]}" stroke-width="${short(cell * 0.05)}"`),
      );
    return {
      track: stroke(straight(stops), color, cell * 0.17, 'stroke-linejoin="round"'),
      rings: rings.join(''),
    };
  });
  const grid =
    Array.from({ length: 40 }, (_, i) => box([i * cell, 0], 1, height, palette[4], 'opacity="0.12"')).join(
      '',
    ) +
    Array.from({ length: 40 }, (_, i) => box([0, i * cell], width, 1, palette[4], 'opacity="0.12"')).join('');
  return {
    ground: null,
    drawing:
      box([0, 0], width, height, lighter(palette[0], 0.45)) +
      grid +
      lines.map(({ track }) => track).join('') +
      lines.map(({ rings }) => rings).join(''),
  };
}
