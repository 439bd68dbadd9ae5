import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';

/** Draws a small picture that no other number gives: two colors, a disc and a bar. */
export function drawNumbered(n: number, side = 96): Sharp {
  const hue = (n * 47) % 360;
  const x = (n * 31) % side;
  const y = (n * 17) % side;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">
    <rect width="${side}" height="${side}" fill="hsl(${hue},60%,${30 + (n % 5) * 10}%)"/>
    <circle cx="${x}" cy="${y}" r="${8 + (n % 13) * 2}" fill="hsl(${(hue + 140) % 360},80%,60%)"/>
    <rect x="${y}" y="${(x * 3) % side}" width="${10 + (n % 11) * 5}" height="${6 + (n % 7)}" fill="hsl(${(n * 91) % 360},70%,45%)"/>
  </svg>`;
  return sharp(Buffer.from(svg));
}

/** Writes pictures 0 to count - 1 as JPEG, spread over subfolders; returns their paths. */
export async function drawPictureFolder(folder: string, count: number): Promise<string[]> {
  const paths = Array.from({ length: count }, (_, n) =>
    join(folder, `part-${n % 4}`, `${String(n).padStart(4, '0')}.jpg`),
  );
  for (const [n, path] of paths.entries()) {
    mkdirSync(dirname(path), { recursive: true });
    await drawNumbered(n).jpeg({ quality: 90 }).toFile(path);
  }
  return paths;
}
