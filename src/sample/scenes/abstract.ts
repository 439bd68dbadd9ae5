import { along, blend, clamp, darker, lighter, lit, mix, rgb, smoothstep } from '../colors.ts';
import { createCells, fractal } from '../noise.ts';
import { across, ball, down } from '../paints.ts';
import { PALETTES } from '../palettes.ts';
import type { Canvas, DrawScene, Scene, Shader } from '../scene.ts';
import { box, circle, group, type Point, path, polygon, short, smooth, stroke } from '../svg-shapes.ts';

/** Tiles, glass, ribbons, spheres, facets, paint, arcs. */
export function drawAbstract(canvas: Canvas): Scene {
  const motifs: readonly DrawScene[] = [
    drawTiles,
    drawGlass,
    drawRibbons,
    drawSpheres,
    drawFacets,
    drawPaint,
    drawStreams,
  ];
  return canvas.choose(motifs)(canvas);
}

/** Quarter circles, halves and squares in a grid. */
function drawTiles({ random, width, height, choose }: Canvas): Scene {
  const palette = choose(PALETTES);
  const size = height / random.whole(4, 6);
  const tiles: string[] = [box([0, 0], width, height, palette[0])];
  for (let y = 0; y < height; y += size) {
    for (let x = 0; x < width; x += size) {
      const [back, front, dot] = random.shuffled(palette) as [string, string, string];
      const half = size / 2;
      const shapes = [
        path(
          `M${short(-half)} ${short(-half)}H${short(half)}A${short(size)} ${short(size)} 0 0 1 ${short(-half)} ${short(half)}Z`,
          front,
        ),
        circle([0, 0], half * 0.86, front) + circle([0, 0], half * 0.4, dot),
        polygon(
          [
            [-half, half],
            [half, half],
            [half, -half],
          ],
          front,
        ),
        [0, 1, 2, 3].map((i) => box([-half, -half + (i * size) / 4], size, size / 8, front)).join(''),
        path(`M${short(-half)} 0A${short(half)} ${short(half)} 0 0 1 ${short(half)} 0Z`, front) +
          path(
            `M${short(-half)} ${short(half)}A${short(half)} ${short(half)} 0 0 1 ${short(half)} ${short(half)}Z`,
            dot,
          ),
      ];
      tiles.push(
        group(
          `translate(${short(x + half)} ${short(y + half)}) rotate(${random.whole(0, 3) * 90})`,
          box([-half - 0.5, -half - 0.5], size + 1, size + 1, back) + random.pick(shapes),
        ),
      );
    }
  }
  return { ground: null, drawing: tiles.join('') };
}

/** Stained glass with light behind it. */
function drawGlass({ random, noise, width, height, choose }: Canvas): Scene {
  const palette = choose(PALETTES);
  const colors = random.shuffled(palette.slice(0, 4)).map(rgb);
  const cells = createCells(random);
  const lead = rgb(darker(palette[4], 0.3));
  const dense = random.between(4, 8);
  const sun: Point = [(width / height) * random.between(0.2, 0.8), random.between(0.2, 0.8)];
  const ground: Shader = (x, y) => {
    const { nearest, second, tone } = cells(x * dense + 0.4 * noise(x * 3, y * 3), y * dense);
    const light =
      0.62 +
      0.75 * Math.exp(-2.5 * Math.hypot(x - sun[0], y - sun[1])) +
      0.16 * fractal(noise, x * 8, y * 8, 3);
    const pane = lit(along(colors, tone), light);
    return blend(lead, pane, smoothstep(0.03, 0.08, second - nearest));
  };
  return { ground, drawing: '' };
}

function drawRibbons({ random, noise, width, height, choose }: Canvas): Scene {
  const palette = choose(PALETTES);
  const count = random.whole(9, 14);
  const slant = random.between(-0.6, 0.6) * height;
  const ribbons = Array.from({ length: count }, (_, i) => {
    const edge = Array.from({ length: 13 }, (_, step): Point => {
      const t = step / 12;
      return [
        width * t,
        height * (i / count) + slant * (t - 0.5) + height * 0.2 * noise(t * 2.4 + i * 0.23, i * 0.31),
      ];
    });
    const color = mix(palette[i % 4] as string, palette[(i + 1) % 4] as string, random.between(0, 0.4));
    const band = `${smooth(edge)}L${short(width)} ${short(height * 1.4)}L0 ${short(height * 1.4)}Z`;
    return (
      stroke(smooth(edge.map(([x, y]) => [x, y - 5] as const)), '#000000', 16, 'opacity="0.12"') +
      path(band, across(lighter(color, 0.2), color, darker(color, 0.22)))
    );
  });
  return {
    ground: null,
    drawing: box([0, 0], width, height, down(palette[4], palette[2])) + ribbons.join(''),
  };
}

/** Balls of many sizes that do not touch, floating over a gradient. */
function drawSpheres({ random, noise, width, height, choose }: Canvas): Scene {
  const palette = choose(PALETTES);
  const ends = [palette[4], mix(palette[2], palette[4], 0.4), palette[0]].map(rgb);
  const ground: Shader = (x, y) => lit(along(ends, clamp(y * 0.8 + 0.2 * noise(x * 1.2, y))), 1);
  const placed: Array<{ at: Point; radius: number }> = [];
  for (let attempt = 0; attempt < 500 && placed.length < 46; attempt++) {
    const at: Point = [random.next() * width, random.next() * height];
    const room = Math.min(
      ...placed.map((other) => Math.hypot(other.at[0] - at[0], other.at[1] - at[1]) - other.radius),
      height * 0.2,
    );
    if (room > height * 0.012) {
      placed.push({ at, radius: room * random.between(0.6, 0.95) });
    }
  }
  const balls = placed.map(({ at, radius }) => {
    const color = random.pick(palette.slice(0, 4));
    return (
      circle([at[0] + radius * 0.18, at[1] + radius * 0.24], radius * 1.02, '#000000', 'opacity="0.16"') +
      circle(at, radius, ball(lighter(color, 0.75), lighter(color, 0.15), color, darker(color, 0.6)))
    );
  });
  return { ground, softGround: true, drawing: balls.join('') };
}

/** Triangles over a jittered grid, lit by a slope. */
function drawFacets({ random, noise, width, height, choose }: Canvas): Scene {
  const palette = random.shuffled(choose(PALETTES));
  const step = height / random.whole(5, 9);
  const columns = Math.ceil(width / step) + 2;
  const rows = Math.ceil(height / step) + 2;
  const points = Array.from(
    { length: columns * rows },
    (_, i): Point => [
      ((i % columns) - 0.5 + random.between(-0.32, 0.32)) * step,
      (Math.floor(i / columns) - 0.5 + random.between(-0.32, 0.32)) * step,
    ],
  );
  const tint = ([x, y]: Point): string => {
    const place = clamp(0.5 + 0.75 * noise((x / height) * 1.3, (y / height) * 1.3)) * 3.999;
    const first = Math.floor(place);
    const color = mix(palette[first] as string, palette[first + 1] as string, place - first);
    return random.chance(0.5)
      ? lighter(color, random.between(0, 0.22))
      : darker(color, random.between(0, 0.22));
  };
  const facets: string[] = [];
  for (let i = 0; i < points.length - columns - 1; i++) {
    if (i % columns < columns - 1) {
      const [a, b, c, d] = [points[i], points[i + 1], points[i + columns], points[i + columns + 1]] as [
        Point,
        Point,
        Point,
        Point,
      ];
      for (const corners of [
        [a, b, c],
        [b, d, c],
      ] as Point[][]) {
        const fill = tint(corners[0] as Point);
        facets.push(polygon(corners, fill, `stroke="${fill}" stroke-width="1"`));
      }
    }
  }
  return { ground: null, drawing: facets.join('') };
}

/** Paint poured and folded: noise warped by noise. */
function drawPaint({ random, noise, choose }: Canvas): Scene {
  const colors = random.shuffled(choose(PALETTES)).map(rgb);
  const scale = random.between(0.9, 1.8);
  const ground: Shader = (x, y) => {
    const foldX = fractal(noise, x * scale, y * scale, 3);
    const foldY = fractal(noise, x * scale + 5.2, y * scale + 1.3, 3);
    const flow = fractal(noise, x * scale + 2.6 * foldX, y * scale + 2.6 * foldY, 4);
    const shine = fractal(noise, x * scale + 2.6 * foldX + 0.02, y * scale + 2.6 * foldY + 0.02, 3) - flow;
    return lit(along(colors, clamp(0.5 + flow * 0.95)), 1 + foldX * 0.22 + shine * 1.1);
  };
  return { ground, drawing: '' };
}

/** Many thin lines that follow one flow. */
function drawStreams({ random, noise, width, height, choose }: Canvas): Scene {
  const palette = choose(PALETTES);
  const lines = Array.from({ length: 620 }, () => {
    let [x, y] = [random.between(-0.1, 1.1) * width, random.between(-0.1, 1.1) * height];
    const points: Point[] = [[x, y]];
    for (let step = 0; step < 14; step++) {
      const angle = noise((x / height) * 1.5, (y / height) * 1.5) * 4.5;
      x += Math.cos(angle) * height * 0.022;
      y += Math.sin(angle) * height * 0.022;
      points.push([x, y]);
    }
    return stroke(
      smooth(points),
      random.pick(palette.slice(0, 4)),
      height * random.between(0.0025, 0.013),
      `opacity="${short(random.between(0.6, 1))}"`,
    );
  });
  return { ground: null, drawing: box([0, 0], width, height, palette[4]) + lines.join('') };
}
