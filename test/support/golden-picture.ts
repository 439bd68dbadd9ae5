import sharp from 'sharp';

/** Pictures computed point by point, so that no drawing library decides what they hold. */
export const GOLDEN_PICTURES: Readonly<
  Record<string, (x: number, y: number) => readonly [number, number, number]>
> = {
  gradient: (x, y) => [x, y, (x + y) / 2],
  rings: (x, y) => {
    const wave = 127.5 + 127.5 * Math.sin(Math.hypot(x - 100, y - 140) / 9);
    return [wave, 255 - wave, (x * y) % 256];
  },
  blocks: (x, y) => {
    const block = (Math.floor(x / 32) * 7 + Math.floor(y / 32) * 13) % 5;
    return [block * 60, (block * 97) % 256, 255 - block * 40];
  },
};

const SIDE = 256;

/** A golden picture as PNG, 256 x 256. */
export async function goldenPng(name: string): Promise<Uint8Array> {
  const colorAt = GOLDEN_PICTURES[name];
  if (colorAt === undefined) {
    throw new Error(`no golden picture ${name}`);
  }
  const pixels = new Uint8Array(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      pixels.set(colorAt(x, y).map(Math.round), (y * SIDE + x) * 3);
    }
  }
  const png = await sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .png()
    .toBuffer();
  return new Uint8Array(png);
}
