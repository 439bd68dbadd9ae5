import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';

/** Pixels of a picture's cell. */
const SIDE = 260;
const LABEL = 22;

/** Pairs side by side on a sheet, in columns. */
const COLUMNS = 3;

/** Pairs on a sheet. */
const PAIRS_ON_SHEET = 24;

/** Two pictures and a word about them. */
export interface ShownPair {
  readonly a: string;
  readonly b: string;
  readonly label: string;
}

/**
 * Draws pairs of pictures beside each other, in their order, for somebody to look at: PNG files.
 * @param folder is made where there is a pair to draw
 */
export async function drawPairSheets(pairs: readonly ShownPair[], folder: string): Promise<void> {
  for (let from = 0; from < pairs.length; from += PAIRS_ON_SHEET) {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${String(from).padStart(4, '0')}.png`);
    await drawSheet(pairs.slice(from, from + PAIRS_ON_SHEET), file);
  }
}

async function drawSheet(pairs: readonly ShownPair[], file: string): Promise<void> {
  const rows = Math.ceil(pairs.length / COLUMNS);
  const [width, height] = [2 * SIDE + 12, SIDE + LABEL + 8];
  const layers: OverlayOptions[] = [];
  for (const [i, { a, b, label }] of pairs.entries()) {
    const [left, top] = [(i % COLUMNS) * width, Math.floor(i / COLUMNS) * height];
    for (const [side, path] of [a, b].entries()) {
      const input = await sharp(path)
        .resize(SIDE, SIDE, { fit: 'contain', background: '#808080' })
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .png()
        .toBuffer();
      layers.push({ input, left: left + side * (SIDE + 2), top: top + LABEL });
    }
    layers.push({ input: Buffer.from(labelOf(label, width)), left, top });
  }
  await sharp({
    create: { width: COLUMNS * width, height: rows * height, channels: 3, background: '#ffffff' },
  })
    .composite(layers)
    .png()
    .toFile(file);
}

function labelOf(text: string, width: number): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${LABEL}"><text x="2" y="16" font-size="14" font-family="DejaVu Sans">${escaped}</text></svg>`;
}
