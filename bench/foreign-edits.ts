import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import sharp from 'sharp';
import type { CopyEdit } from '../src/sample/copy-edits.ts';
import type { Random } from '../src/sample/seeded-random.ts';
import { runFilter } from './run-filter.ts';

/** What the edits take. */
export interface ForeignPrograms {
  /** ImageMagick, by whatever name. */
  readonly magick: string;
  readonly ffmpeg: string;
  /** A font file of DejaVu Sans Bold. */
  readonly font: string;
}

const MAGICK_NAMES = ['magick', 'convert-im6.q16', 'convert'];
const FONTS = [
  '/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf',
  '/usr/share/fonts/TTF/DejaVuSans-Bold.ttf',
];

/** Finds the programs. @returns null where one is missing, after saying so */
export function findForeignPrograms(say: (line: string) => void): ForeignPrograms | null {
  const magick = MAGICK_NAMES.find((name) =>
    /ImageMagick/.test(spawnSync(name, ['-version'], { encoding: 'utf8' }).stdout ?? ''),
  );
  const hasFfmpeg = /libx264/.test(
    spawnSync('ffmpeg', ['-hide_banner', '-encoders'], { encoding: 'utf8' }).stdout ?? '',
  );
  const font = FONTS.find((file) => existsSync(file));
  if (magick === undefined || !hasFfmpeg || font === undefined) {
    say(
      'SKIPPED: it takes ImageMagick, ffmpeg with libx264, and DejaVu Sans Bold; on Debian, apt-get install imagemagick ffmpeg fonts-dejavu-core.',
    );
    return null;
  }
  return { magick, ffmpeg: 'ffmpeg', font };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Arguments of ImageMagick between the picture and the JPEG that comes out. */
type MagickEdit = (size: Size, random: Random) => readonly (string | number)[];

/**
 * Edits of another make than those that the bundled model was trained with, and than Eidetic's own: by other programs,
 * with another font, other shapes over the picture, and other strengths. Crops keep a share of the area.
 */
export function foreignEdits({ magick, ffmpeg, font }: ForeignPrograms): CopyEdit[] {
  const byMagick = (name: string, edit: MagickEdit, output = ['-quality', '85', 'jpg:-']): CopyEdit => ({
    name,
    async make(original, random) {
      const { width, height } = await sharp(original).metadata();
      const args = edit({ width, height }, random).map(String);
      return runFilter(magick, ['png:-', ...args, ...output], original);
    },
  });
  return [
    byMagick('WebP quality 15', () => [], ['-quality', '15', 'webp:-']),
    { name: 'still of an H.264 video', make: (original) => throughVideo(ffmpeg, original) },
    byMagick('Lanczos 48-px thumbnail', () => ['-filter', 'Lanczos', '-resize', '48x48']),
    byMagick('70 % crop', (size, random) => cropOf(0.7, size, random)),
    byMagick('45 % crop', (size, random) => cropOf(0.45, size, random)),
    byMagick('25 % crop', (size, random) => cropOf(0.25, size, random)),
    byMagick('perspective', perspective),
    byMagick('turned by 7 degrees', (_, random) => [
      ...['-background', '#6b5f55'],
      ...['-rotate', random.pick([-7, 7]), '+repage'],
    ]),
    byMagick('turned by 180 degrees', () => ['-rotate', '180']),
    byMagick('swirl', () => ['-swirl', '40']),
    byMagick('sepia', () => ['-sepia-tone', '80%']),
    byMagick('vignette', ({ width, height }) => {
      const soft = Math.round(0.12 * Math.min(width, height));
      return ['-background', 'black', '-vignette', `0x${soft}+0+0`];
    }),
    byMagick('meme caption', (size) => caption(size, font)),
    byMagick('stickers', stickers),
    byMagick('screenshot', screenshot),
    byMagick('pixelated', ({ width, height }) => ['-scale', '28x28!', '-scale', `${width}x${height}!`]),
    byMagick('noise', (_, random) => [
      ...['-seed', random.whole(1, 999_999)],
      ...['-attenuate', '1.2', '+noise', 'Gaussian'],
    ]),
    byMagick('contrast -40 %', () => ['-brightness-contrast', '0x-40']),
    byMagick('half-tone', () => ['-ordered-dither', 'h6x6a']),
  ];
}

/** Encoded as a strongly compressed video of one frame, and decoded again. */
async function throughVideo(ffmpeg: string, original: Buffer): Promise<Buffer> {
  const quiet = ['-hide_banner', '-loglevel', 'error'];
  const even = 'scale=trunc(iw/2)*2:trunc(ih/2)*2,format=yuv420p';
  const encode = [
    '-c:v',
    'libx264',
    '-preset',
    'fast',
    '-crf',
    '38',
    '-threads',
    '1',
    '-f',
    'h264',
    'pipe:1',
  ];
  const video = await runFilter(
    ffmpeg,
    [...quiet, '-f', 'png_pipe', '-i', 'pipe:0', '-vf', even, ...encode],
    original,
  );
  const still = ['-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png', 'pipe:1'];
  return runFilter(ffmpeg, [...quiet, '-f', 'h264', '-i', 'pipe:0', ...still], video);
}

function cropOf(share: number, { width, height }: Size, random: Random): string[] {
  const [w, h] = [width, height].map((side) => Math.max(1, Math.round(side * Math.sqrt(share)))) as [
    number,
    number,
  ];
  return ['-crop', `${w}x${h}+${random.whole(0, width - w)}+${random.whole(0, height - h)}`, '+repage'];
}

/** As a print photographed from the side: each corner moves inwards by up to a fifth. */
function perspective({ width, height }: Size, random: Random): string[] {
  const inward = (side: number) => random.between(0.02, 0.2) * side;
  const corners = [
    [0, 0, inward(width), inward(height)],
    [width, 0, width - inward(width), inward(height)],
    [width, height, width - inward(width), height - inward(height)],
    [0, height, inward(width), height - inward(height)],
  ];
  const points = corners.map((corner) => corner.map((value) => value.toFixed(1)).join(','));
  return [
    '-virtual-pixel',
    'Background',
    '-background',
    '#b9b2a3',
    '-distort',
    'Perspective',
    points.join(' '),
  ];
}

/** A white band above with black words, and white words with a black edge at the foot. */
function caption({ width, height }: Size, font: string): (string | number)[] {
  const band = Math.round(0.2 * height);
  const size = Math.max(8, Math.round(width / 16));
  return [
    ...['-font', font, '-pointsize', size],
    ...['-gravity', 'south', '-fill', 'white', '-stroke', 'black', '-strokewidth', Math.max(1, size / 14)],
    ...['-annotate', `+0+${Math.round(size / 3)}`, 'AND THEN IT HAPPENED'],
    ...['-background', 'white', '-gravity', 'south', '-extent', `${width}x${height + band}`],
    ...['-gravity', 'north', '-fill', 'black', '-stroke', 'none'],
    ...['-annotate', `+0+${Math.round((band - size) / 2)}`, 'when nobody is looking'],
  ];
}

/** Three round faces, each a fifth to a third of the shorter side wide. */
export function stickers({ width, height }: Size, random: Random): string[] {
  const drawn = [1, 2, 3].map(() => {
    const radius = random.between(0.1, 0.17) * Math.min(width, height);
    const x = random.between(radius, width - radius);
    const y = random.between(radius, height - radius);
    const circle = (color: string, left: number, top: number, size: number) =>
      `fill ${color} circle ${(x + left * radius).toFixed(1)},${(y + top * radius).toFixed(1)} ${(x + (left + size) * radius).toFixed(1)},${(y + top * radius).toFixed(1)}`;
    const mouth = `fill none stroke #402000 stroke-width ${(radius / 8).toFixed(1)} ellipse ${x.toFixed(1)},${(y + 0.15 * radius).toFixed(1)} ${(0.5 * radius).toFixed(1)},${(0.45 * radius).toFixed(1)} 20,160 stroke none`;
    return [
      circle('#ffcc22', 0, 0, 1),
      circle('#402000', -0.35, -0.25, 0.14),
      circle('#402000', 0.35, -0.25, 0.14),
      mouth,
    ].join(' ');
  });
  return ['-draw', drawn.join(' ')];
}

/** On a phone's screen, upright, between bars of an application. */
function screenshot({ width, height }: Size, random: Random): (string | number)[] {
  const tall = Math.round(Math.max(1.9 * width, height * 1.35));
  const ground = random.pick(['#101418', '#fafafa']);
  const ink = ground === '#fafafa' ? '#30343a' : '#e8e8ee';
  const row = (top: number, share: number) =>
    `rectangle ${Math.round(0.05 * width)},${Math.round(top * tall)} ${Math.round(share * width)},${Math.round((top + 0.012) * tall)}`;
  const dot = (left: number) =>
    `circle ${Math.round(left * width)},${Math.round(0.96 * tall)} ${Math.round((left + 0.035) * width)},${Math.round(0.96 * tall)}`;
  return [
    ...['-background', ground, '-gravity', 'center', '-extent', `${width}x${tall}`],
    ...['-fill', ink, '-draw', [row(0.02, 0.25), row(0.06, 0.6), row(0.9, 0.8), row(0.925, 0.5)].join(' ')],
    ...['-draw', [dot(0.15), dot(0.38), dot(0.62), dot(0.85)].join(' ')],
  ];
}
