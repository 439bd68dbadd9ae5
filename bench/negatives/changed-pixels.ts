import sharp from 'sharp';

/** Pixels of the side at which pictures are compared. */
const SIDE = 320;

/** Levels of gray, of 255, that noise and compression stay below. */
const NOISE = 16;

/** Share of the pixels, 0 to 1, whose gray differs by more than noise in two pictures of one size, nothing being moved. */
export async function shareChanged(a: string, b: string): Promise<number> {
  const [one, other] = await Promise.all([grayOf(a), grayOf(b)]);
  const changed = one.filter((value, i) => Math.abs(value - (other[i] as number)) > NOISE).length;
  return changed / one.length;
}

async function grayOf(path: string): Promise<Uint8Array> {
  const bytes = await sharp(path).resize(SIDE, SIDE, { fit: 'fill' }).grayscale().raw().toBuffer();
  return new Uint8Array(bytes);
}
