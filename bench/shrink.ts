import type { BenchOptions } from './bench-options.ts';
import { type Compared, type Refused, startComparing } from './compare-decodes.ts';
import { pictureSet } from './picture-sets.ts';
import { filesBelow, photoFolders } from './real-photos.ts';

/** Formats whose decoders can shrink while they load. */
const SHRINKABLE = /\.(jpe?g|webp)$/i;
const WORST_NAMED = 5;

/**
 * How far an embedding moves when a picture is not decoded whole: cosines of the program's embeddings, and of those
 * of sharp's shrink-on-load, with those of a whole decode by sharp alone; and the least between the same pixels as they
 * were and without loss as PNG and WebP. Over the 12-megapixel JPEGs, and all JPEG and
 * WebP files below the folders named, or else those of EIDETIC_PHOTOS.
 */
export async function benchShrink(options: BenchOptions): Promise<void> {
  const { say, pictures } = options;
  say('\nShrinking while loading: cosines with the embedding of a whole decode, bundled model');
  const compare = await startComparing();
  const large = await pictureSet('jpeg12', say);
  if (large !== null) {
    await compareAll(compare, `jpeg12: ${large.title}`, large.files.slice(0, pictures), options);
  }
  const folders = options.folders.length > 0 ? options.folders : photoFolders();
  if (folders.length === 0) {
    say('SKIPPED photos: name folders, or set EIDETIC_PHOTOS.');
  }
  for (const folder of folders) {
    await compareAll(compare, folder, filesBelow([folder], SHRINKABLE).slice(0, pictures), options);
  }
}

async function compareAll(
  compare: (file: string) => Promise<Compared | Refused>,
  title: string,
  files: readonly string[],
  { say, isJson }: BenchOptions,
): Promise<void> {
  const compared: Compared[] = [];
  const refused: Refused[] = [];
  for (const file of files) {
    const result = await compare(file);
    if (isJson) {
      console.log(JSON.stringify(result));
    }
    if ('program' in result) {
      compared.push(result);
    } else {
      refused.push(result);
    }
  }
  const bySharp = refused.filter(({ refusedBy }) => refusedBy === 'sharp');
  say(
    `${title}: ${files.length} files, ${compared.length} compared, ${refused.length - bySharp.length} refused by the program, ${bySharp.length} by sharp alone`,
  );
  for (const { file, message } of bySharp) {
    say(`    not compared: ${file}: ${message}`);
  }
  for (const vector of Object.keys(compared[0]?.program ?? {})) {
    tell(`${vector}, the program`, compared, ({ program }) => program[vector], say);
    tell(`${vector}, sharp's shrinking`, compared, ({ sharp }) => sharp?.[vector], say);
    tell(`${vector}, equal pixels`, compared, ({ equalPixels }) => equalPixels[vector], say);
  }
}

function tell(
  title: string,
  compared: readonly Compared[],
  cosineOf: (compared: Compared) => number | undefined,
  say: (line: string) => void,
): void {
  const ascending = compared
    .flatMap((one) => {
      const cosine = cosineOf(one);
      return cosine === undefined ? [] : [{ file: one.file, cosine }];
    })
    .sort((a, b) => a.cosine - b.cosine);
  const at = (share: number) =>
    show(ascending[Math.floor(share * (ascending.length - 1))]?.cosine ?? Number.NaN);
  say(
    `  ${title.padEnd(24)} ${ascending.length} files: median ${at(0.5)}, 1st percentile ${at(0.01)}, worst ${at(0)}`,
  );
  for (const { file, cosine } of ascending.slice(0, WORST_NAMED)) {
    if (show(cosine) !== show(1)) {
      say(`    ${show(cosine)} ${file}`);
    }
  }
}

function show(cosine: number): string {
  return cosine.toFixed(5);
}
