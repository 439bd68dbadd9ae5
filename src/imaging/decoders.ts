import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Our own part in decoding. Raise it when a file that failed may succeed, or be no failure. */
const DECODER_REVISION = 3;

/**
 * What decodes pictures, with versions: `eidetic 3; sharp 0.35.5; libvips 8.18.7; …`. A file that failed under
 * another text is worth another try.
 */
export function nameDecoders(): string {
  const require = createRequire(import.meta.url);
  // Loaded when somebody asks: that takes longer than most commands do, of which few describe pictures.
  const sharp = require('sharp') as Pick<typeof import('sharp').default, 'versions'>;
  const heicDecode = require.resolve('heic-decode');
  const decoders: [name: string, version: string | number][] = [
    ['eidetic', DECODER_REVISION],
    ['sharp', sharp.versions.sharp],
    ['libvips', sharp.versions.vips],
    ['heic-decode', packageVersion('heic-decode', import.meta.url)],
    // What heic-decode wraps; it is updated on its own.
    ['libheif-js', packageVersion('libheif-js', heicDecode)],
  ];
  return decoders.map(([name, version]) => `${name} ${version}`).join('; ');
}

/** @param importer the file that sees the package: another may see another version */
function packageVersion(name: string, importer: string): string {
  const file = createRequire(importer).resolve(`${name}/package.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
