import sharp, { type Sharp } from 'sharp';
import { paintDefinitions } from './paints.ts';
import type { Canvas, Scene, Shader } from './scene.ts';
import type { Random } from './seeded-random.ts';

/** Pixels, three bytes each, row by row from the top. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** How much a picture looks like film. */
export interface Film {
  /** Deviation of the grain in gray levels, 0 to 10 or so. */
  readonly grain: number;
  /** How much darker the corners are, 0 to 1. */
  readonly vignette: number;
}

/** Draws a scene to pixels: ground, then drawing, then the film's corners and grain. */
export async function renderScene(scene: Scene, canvas: Canvas, film: Film): Promise<Pixels> {
  const { width, height } = canvas;
  const layer = Buffer.from(svgDocument(scene, canvas));
  const image =
    scene.ground === null
      ? sharp(layer).flatten({ background: '#ffffff' })
      : shadeGround(scene.ground, scene.softGround === true, canvas).composite(
          scene.drawing === '' ? [] : [{ input: layer }],
        );
  const pixels = { data: await image.removeAlpha().raw().toBuffer(), width, height };
  develop(pixels, film, canvas.random);
  return pixels;
}

/** The drawing of a scene as an SVG file; the ground is not in it. */
export function svgDocument(scene: Scene, { width, height }: Canvas): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${paintDefinitions(scene.drawing)}${scene.drawing}</svg>\n`;
}

/** Grounds are computed at up to this many pixels and enlarged: a little soft, like a lens. */
const MAX_GROUND_PIXELS = 480_000;

function shadeGround(shader: Shader, isSoft: boolean, { width, height }: Canvas): Sharp {
  const scale = Math.min(isSoft ? 0.5 : 1, Math.sqrt(MAX_GROUND_PIXELS / (width * height)));
  const raw = { width: Math.round(width * scale), height: Math.round(height * scale), channels: 3 as const };
  const ground = sharp(shade(shader, raw.width, raw.height), { raw });
  return scale === 1 ? ground : ground.resize(width, height, { fit: 'fill', kernel: 'cubic' });
}

function shade(shader: Shader, width: number, height: number): Uint8ClampedArray {
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      const color = shader((x + 0.5) / height, (y + 0.5) / height);
      data[i] = color[0];
      data[i + 1] = color[1];
      data[i + 2] = color[2];
    }
  }
  return data;
}

const GRAIN_LENGTH = 65_536;

/** Grain that runs along rows from a random place each, a little smeared, weaker in shadows and lights. */
function develop({ data, width, height }: Pixels, film: Film, random: Random): void {
  const levels = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  const white = Float32Array.from({ length: GRAIN_LENGTH + 1 }, () => random.normal() * film.grain);
  const grain = white.map((value, i) => value * 0.8 + (white[i + 1] ?? 0) * 0.6);
  const columns = Float32Array.from({ length: width }, (_, x) => (x / width - 0.5) ** 2);
  for (let y = 0, i = 0; y < height; y++) {
    const start = random.whole(0, GRAIN_LENGTH - 1);
    const row = (y / height - 0.5) ** 2;
    for (let x = 0; x < width; x++, i += 3) {
      const light = 1 - film.vignette * ((columns[x] as number) + row) * 1.6;
      const green = levels[i + 1] as number;
      const visible = 0.45 + (green * (255 - green)) / 29_000;
      const noise = (grain[(start + x) & (GRAIN_LENGTH - 1)] as number) * visible;
      levels[i] = (levels[i] as number) * light + noise;
      levels[i + 1] = green * light + noise;
      levels[i + 2] = (levels[i + 2] as number) * light + noise;
    }
  }
}
