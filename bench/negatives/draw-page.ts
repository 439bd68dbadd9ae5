import sharp from 'sharp';
import type { Random } from '../../src/sample/seeded-random.ts';

/** A4 at 150 dots an inch, pixels. */
const WIDTH = 1_240;
const HEIGHT = 1_754;

/** Something printed on a page. Places in pixels, a text's at the left end of its base line. */
export type Mark =
  | {
      readonly text: string;
      readonly x: number;
      readonly y: number;
      /** Pixels. */
      readonly size: number;
      readonly style?: 'bold' | 'italic' | 'sans';
    }
  | { readonly line: readonly [x1: number, y1: number, x2: number, y2: number] };

/** Black on white, as a program prints it: PNG. */
export function printPage(marks: readonly Mark[]): Promise<Buffer> {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="white"/>${marks.map(drawMark).join('')}</svg>`;
  return sharp(Buffer.from(drawing)).flatten({ background: 'white' }).grayscale().png().toBuffer();
}

function drawMark(mark: Mark): string {
  if ('line' in mark) {
    const [x1, y1, x2, y2] = mark.line;
    return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="black" stroke-width="1.5"/>`;
  }
  const family = mark.style === 'sans' || mark.style === 'bold' ? 'DejaVu Sans' : 'DejaVu Serif';
  const weight = mark.style === 'bold' ? ' font-weight="bold"' : '';
  const slant = mark.style === 'italic' ? ' font-style="italic"' : '';
  const text = mark.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${mark.x}" y="${mark.y}" font-size="${mark.size}" font-family="${family}"${weight}${slant}>${text}</text>`;
}

/** The page as a flat scanner gives it: turned by up to 0.7 degrees, gray paper, a little soft, with noise; JPEG. */
export async function scanPage(page: Buffer, random: Random): Promise<Buffer> {
  const turned = await sharp(page)
    .rotate(random.between(-0.7, 0.7), { background: 'white' })
    .linear(random.between(0.82, 0.9), random.between(8, 18))
    .blur(random.between(0.5, 0.8))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = turned.info;
  const pixels = Uint8Array.from(turned.data, (value) =>
    Math.max(0, Math.min(255, Math.round(value + 4 * random.normal()))),
  );
  return sharp(pixels, { raw: { width, height, channels: 1 } })
    .jpeg({ quality: random.whole(60, 80) })
    .toBuffer();
}
