import sharp, { type Sharp } from 'sharp';
import { createNoise } from './noise.ts';
import type { PlannedCamera, PlannedOriginal } from './plan-originals.ts';
import { type Film, type Pixels, renderScene, svgDocument } from './render-scene.ts';
import type { Canvas } from './scene.ts';
import { createRandom } from './seeded-random.ts';

/** Draws one picture and returns its file's bytes. */
export async function drawOriginal(seed: number, plan: PlannedOriginal): Promise<Buffer> {
  const canvas = prepareCanvas(seed, plan);
  const scene = plan.kind.draw(canvas);
  if (plan.format === 'svg') {
    return Buffer.from(svgDocument(scene, canvas));
  }
  return await encode(await renderScene(scene, canvas, filmFor(plan, canvas)), plan);
}

function prepareCanvas(seed: number, { kind, turn, width, height }: PlannedOriginal): Canvas {
  const random = createRandom(`${seed}/draw/${kind.name}/${turn}`);
  return {
    width,
    height,
    random,
    noise: createNoise(random),
    choose: (list) => {
      const order = createRandom(`${seed}/turns/${kind.name}/${list.length}`).shuffled(list);
      return order[turn % list.length] as (typeof list)[number];
    },
  };
}

function filmFor({ format }: PlannedOriginal, { random }: Canvas): Film {
  const grain = format === 'jpg' ? random.between(2.5, 6) : 2;
  return format === 'gif' ? { grain: 0, vignette: 0 } : { grain, vignette: random.between(0.15, 0.5) };
}

async function encode({ data, width, height }: Pixels, plan: PlannedOriginal): Promise<Buffer> {
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  switch (plan.format) {
    case 'png':
      return await image.png({ compressionLevel: 8 }).toBuffer();
    case 'webp':
      return await image.webp({ quality: 82, effort: 2 }).toBuffer();
    case 'avif':
      return await image.avif({ quality: 60, effort: 2 }).toBuffer();
    case 'tiff':
      return await image.tiff({ compression: 'deflate', predictor: 'horizontal' }).toBuffer();
    case 'gif':
      return await image.gif({ effort: 4, dither: 0.6 }).toBuffer();
    default:
      return await withCamera(image, plan.camera).jpeg({ quality: 84 }).toBuffer();
  }
}

function withCamera(image: Sharp, camera: PlannedCamera | null): Sharp {
  if (camera === null) {
    return image;
  }
  const { make, model, takenAt, place } = camera;
  const position =
    place === null
      ? {}
      : {
          IFD3: {
            GPSLatitudeRef: place.latitude < 0 ? 'S' : 'N',
            GPSLatitude: sexagesimal(place.latitude),
            GPSLongitudeRef: place.longitude < 0 ? 'W' : 'E',
            GPSLongitude: sexagesimal(place.longitude),
          },
        };
  return image.withExif({
    IFD0: { Make: make, Model: model, DateTime: takenAt },
    IFD2: { DateTimeOriginal: takenAt },
    ...position,
  });
}

/** Degrees, minutes and seconds as EXIF fractions. */
function sexagesimal(degrees: number): string {
  const seconds = Math.round(Math.abs(degrees) * 360_000);
  return `${Math.floor(seconds / 360_000)}/1 ${Math.floor(seconds / 6000) % 60}/1 ${seconds % 6000}/100`;
}
