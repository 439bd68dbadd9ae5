import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawSample } from '../src/sample/draw-sample.ts';

/** The folder named by EIDETIC_PHOTOS, else the drawn sample. */
export async function benchFolder(): Promise<string> {
  const named = process.env['EIDETIC_PHOTOS'];
  if (named !== undefined) {
    return named;
  }
  await drawSample('data/sample', {});
  return 'data/sample/pictures';
}

/** JPEG, PNG and WebP files below a folder, in a stable order. */
export function pictureList(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(jpe?g|png|webp)$/i.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Paths, one a line. */
export function readList(list: string): string[] {
  return readFileSync(list, 'utf8')
    .split('\n')
    .filter((path) => path !== '');
}
