import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

/** Draws pictures of one color each, as a color model tells apart. @param reds 0 to 255, by path below the folder */
export async function drawFlat(folder: string, reds: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, r] of Object.entries(reds)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    const background = { r, g: 90, b: 90 };
    await sharp({ create: { width: 40, height: 20, channels: 3, background } })
      .png()
      .toFile(file);
  }
}
