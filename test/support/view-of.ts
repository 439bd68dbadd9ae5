import sharp, { type Sharp } from 'sharp';
import { type PictureView, viewPicture, viewSize } from '../../src/copies/picture-view.ts';
import { createRandom } from '../../src/sample/seeded-random.ts';

/** What comparing sees of a picture file. */
export async function viewOf(file: Buffer): Promise<PictureView> {
  const { width, height } = viewSize(await sharp(file).metadata());
  const pixels = await sharp(file)
    .toColourspace('srgb')
    .removeAlpha()
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  const count = width * height;
  const rgb = Float32Array.from(
    { length: 3 * count },
    (_, i) => (pixels[3 * (i % count) + Math.floor(i / count)] as number) / 255,
  );
  return viewPicture(rgb, width, height);
}

/** What is drawn where, so that the same scene can be seen from elsewhere. */
export interface SceneView {
  /** Pixels by which what is near has moved against what is far. */
  readonly parallax?: number;
}

/** A scene with much in it, 640 x 480, of discs and bars at different distances. */
export function drawManyThings(seed: string, { parallax = 0 }: SceneView = {}): Sharp {
  const random = createRandom(seed);
  const things = Array.from({ length: 260 }, () => {
    const near = random.between(-1, 1);
    const [x, y] = [random.whole(0, 640) + near * parallax, random.whole(0, 480) + near * parallax * 0.4];
    const [size, color] = [
      random.between(4, 34),
      `hsl(${random.whole(0, 359)},60%,${random.whole(10, 90)}%)`,
    ];
    return random.chance(0.5)
      ? `<circle cx="${x}" cy="${y}" r="${size}" fill="${color}"/>`
      : `<rect x="${x}" y="${y}" width="${size * 2.2}" height="${size}" transform="rotate(${random.whole(0, 179)} ${x} ${y})" fill="${color}"/>`;
  });
  return sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">${things.join('')}</svg>`),
  ).flatten({ background: '#6d7a80' });
}
