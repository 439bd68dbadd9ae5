import sharp from 'sharp';
import type { Random } from '../src/sample/seeded-random.ts';
import { type AffineMap, followedBy, IDENTITY, type Rectangle } from './affine-map.ts';
import { type ForeignPrograms, stickers } from './foreign-edits.ts';
import { runFilter } from './run-filter.ts';

/** A picture file and its size, pixels. */
export interface SizedPicture {
  readonly path: string;
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

/** An edited copy, and where it came from. */
export interface LocatedCopy {
  /** A JPEG file. */
  readonly bytes: Buffer;
  /** From pixels of the copy to those of the original. */
  readonly map: AffineMap;
  /** What the copy shows of the original, in fractions of its width and height; what lies over it is not taken off. */
  readonly visible: Rectangle;
}

/** An edit whose geometry is known. */
export interface LocatedEdit {
  readonly name: string;
  /** Whether the copy lies on another picture, which `ground` gives. */
  readonly isInset: boolean;
  make(original: SizedPicture, random: Random, ground: SizedPicture): Promise<LocatedCopy>;
}

const WHOLE: Rectangle = [0, 0, 1, 1];

/** What is asked of a program, and where the copy's pixels then lie. */
interface Plan {
  readonly args: readonly (string | number)[];
  /** From the copy to the original; null where it is the original at another size, which the file tells. */
  readonly map: AffineMap | null;
  readonly visible: Rectangle;
}

type Planner = (original: SizedPicture, random: Random, ground: SizedPicture) => Plan;

/**
 * The edits of the copy benchmark: by ImageMagick and ffmpeg, so of another make than those that the bundled model was
 * trained with and than Eidetic's own. Crops keep a share of the area, at up to a fifth more or less of the width to height.
 */
export function copySetEdits({ magick, ffmpeg, font }: ForeignPrograms): LocatedEdit[] {
  const byMagick = (name: string, plan: Planner, quality = 82): LocatedEdit => ({
    ...{ name, isInset: false },
    async make(original, random, ground) {
      const { args, map, visible } = plan(original, random, ground);
      const words = ['-', ...args.map(String), '-quality', String(quality), 'jpg:-'];
      return located(original, await runFilter(magick, words, original.bytes), map, visible);
    },
  });
  const byFfmpeg = (
    name: string,
    plan: (original: SizedPicture, random: Random) => { filter: string; map: AffineMap },
  ): LocatedEdit => ({
    ...{ name, isInset: false },
    async make(original, random) {
      const { filter, map } = plan(original, random);
      const quiet = ['-hide_banner', '-loglevel', 'error', '-f', 'image2pipe', '-i', 'pipe:0'];
      const output = ['-frames:v', '1', '-f', 'image2pipe', '-c:v', 'mjpeg', '-q:v', '4', 'pipe:1'];
      const bytes = await runFilter(ffmpeg, [...quiet, '-vf', filter, ...output], original.bytes);
      return located(original, bytes, map, WHOLE);
    },
  });
  const inPlace = (...args: (string | number)[]): Plan => ({ args, map: IDENTITY, visible: WHOLE });
  return [
    byMagick('JPEG 10', () => inPlace(), 10),
    byMagick('64 px', () => ({
      args: ['-filter', 'Mitchell', '-resize', '64x64'],
      map: null,
      visible: WHOLE,
    })),
    byMagick('80 % crop', (original, random) => crop(0.8, original, random)),
    byMagick('50 % crop', (original, random) => crop(0.5, original, random)),
    byMagick('30 % crop', (original, random) => crop(0.3, original, random)),
    byMagick('mirrored', ({ width }) => ({ args: ['-flop'], map: [-1, 0, width, 0, 1, 0], visible: WHOLE })),
    byMagick('turned by 10', turnALittle),
    byMagick('turned by 90', quarterTurn),
    byMagick('gray', () => inPlace('-grayscale', 'Rec709Luminance')),
    byFfmpeg('brightness', (_, random) => ({
      filter: `eq=brightness=${random.pick([-0.28, 0.28])}:contrast=${random.between(0.8, 1.2).toFixed(2)}`,
      map: IDENTITY,
    })),
    byFfmpeg('hue', (_, random) => ({ filter: `hue=h=${random.whole(45, 315)}`, map: IDENTITY })),
    byMagick('sepia', () => inPlace('-sepia-tone', '72%')),
    byMagick('blur', ({ width, height }) =>
      inPlace('-gaussian-blur', `0x${(0.011 * Math.max(width, height)).toFixed(1)}`),
    ),
    byMagick('border', border),
    byFfmpeg('letterbox', letterbox),
    byMagick('text', (original, random) => inPlace(...words(original, random, font))),
    byMagick('sticker', (original, random) => inPlace(...stickers(original, random))),
    byMagick('screenshot', (original, random) => screenshot(original, random, font)),
    { ...byMagick('inset', inset), isInset: true },
    byMagick('crop, mirrored, JPEG 25', croppedAndMirrored, 25),
    byMagick('text, smaller, gray', (original, random) => ({
      args: [...words(original, random, font), '-resize', '38%', '-grayscale', 'Rec601Luma'],
      map: null,
      visible: WHOLE,
    })),
  ];
}

async function located(
  { width, height }: SizedPicture,
  bytes: Buffer,
  map: AffineMap | null,
  visible: Rectangle,
): Promise<LocatedCopy> {
  const size = await sharp(bytes).metadata();
  return { bytes, map: map ?? [width / size.width, 0, 0, 0, height / size.height, 0], visible };
}

interface Cut {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function cutOf(share: number, { width, height }: SizedPicture, random: Random): Cut {
  const wider = Math.min(1 / share, Math.max(share, random.between(0.8, 1.25)));
  const cutWidth = Math.max(1, Math.round(width * Math.sqrt(share * wider)));
  const cutHeight = Math.max(1, Math.round(height * Math.sqrt(share / wider)));
  return {
    ...{ left: random.whole(0, width - cutWidth), top: random.whole(0, height - cutHeight) },
    ...{ width: cutWidth, height: cutHeight },
  };
}

function crop(share: number, original: SizedPicture, random: Random): Plan {
  const { left, top, width, height } = cutOf(share, original, random);
  return {
    args: ['-crop', `${width}x${height}+${left}+${top}`, '+repage'],
    map: [1, 0, left, 0, 1, top],
    visible: [
      ...([left / original.width, top / original.height] as const),
      ...([(left + width) / original.width, (top + height) / original.height] as const),
    ],
  };
}

function croppedAndMirrored(original: SizedPicture, random: Random): Plan {
  const { args, map, visible } = crop(0.6, original, random);
  const width = (visible[2] - visible[0]) * original.width;
  const mirror: AffineMap = [-1, 0, width, 0, 1, 0];
  return { args: [...args, '-flop'], map: followedBy(mirror, map as AffineMap), visible };
}

/** By 10 degrees one way or the other, whole, on a ground of one color. */
function turnALittle({ width, height }: SizedPicture, random: Random): Plan {
  const degrees = random.pick([-10, 10]);
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const wide = Math.ceil(width * cos + height * Math.abs(sin));
  const tall = Math.ceil(height * cos + width * Math.abs(sin));
  return {
    args: [
      ...['-virtual-pixel', 'Background', '-background', random.pick(['#1c2733', '#e9e4d8', '#7d8a6a'])],
      ...['-define', `distort:viewport=${wide}x${tall}+0+0`],
      ...['-distort', 'SRT', `${width / 2},${height / 2} 1 ${degrees} ${wide / 2},${tall / 2}`, '+repage'],
    ],
    map: [
      ...([cos, sin, width / 2 - (cos * wide) / 2 - (sin * tall) / 2] as const),
      ...([-sin, cos, height / 2 + (sin * wide) / 2 - (cos * tall) / 2] as const),
    ],
    visible: WHOLE,
  };
}

function quarterTurn({ width, height }: SizedPicture, random: Random): Plan {
  const toTheRight = random.chance(0.5);
  return {
    args: ['-rotate', toTheRight ? 90 : 270],
    map: toTheRight ? [0, 1, 0, -1, 0, height] : [0, -1, width, 1, 0, 0],
    visible: WHOLE,
  };
}

/** A mount of two colors, in all 7 to 14 % of the shorter side wide. */
function border({ width, height }: SizedPicture, random: Random): Plan {
  const shorter = Math.min(width, height);
  const inner = Math.max(1, Math.round(0.02 * shorter));
  const outer = Math.round(random.between(0.05, 0.12) * shorter);
  const [light, dark] = random.pick([
    ['#f3ecdc', '#4a2f1b'],
    ['#0e0e0e', '#d9d9d9'],
    ['#ffffff', '#24527a'],
  ]) as [string, string];
  return {
    args: ['-bordercolor', light, '-border', inner, '-bordercolor', dark, '-border', outer],
    map: [1, 0, -(inner + outer), 0, 1, -(inner + outer)],
    visible: WHOLE,
  };
}

/** Shapes of screens and of squares that services show, width to height. */
const SCREENS = [16 / 9, 1, 9 / 16];

/** Whole, between black bars on a screen of another shape. */
function letterbox({ width, height }: SizedPicture, random: Random): { filter: string; map: AffineMap } {
  const own = width / height;
  const shape = random.pick(SCREENS.filter((shape) => Math.abs(Math.log(shape / own)) > 0.15));
  const long = 640;
  const screenWidth = shape >= 1 ? long : Math.round(long * shape);
  const screenHeight = shape >= 1 ? Math.round(long / shape) : long;
  const scale = Math.min(screenWidth / width, screenHeight / height);
  const [shownWidth, shownHeight] = [Math.round(width * scale), Math.round(height * scale)];
  const left = Math.floor((screenWidth - shownWidth) / 2);
  const top = Math.floor((screenHeight - shownHeight) / 2);
  return {
    filter: `format=rgb24,scale=${shownWidth}:${shownHeight},pad=${screenWidth}:${screenHeight}:${left}:${top}:black`,
    map: placed(width / shownWidth, height / shownHeight, left, top),
  };
}

/** Of a picture that stands at `left`, `top`, and whose pixels were so many times as wide and high before. */
function placed(across: number, down: number, left: number, top: number): AffineMap {
  return [across, 0, -left * across, 0, down, -top * down];
}

const SAYINGS = ['Wish you were here', 'best of 2019 :)', 'SOLD OUT', 'Look what I found!', 'no comment'];

/** A line in a box, and a date in the corner as cameras print it. */
function words({ width, height }: SizedPicture, random: Random, font: string): (string | number)[] {
  const size = Math.max(8, Math.round(width / random.between(11, 15)));
  const [ink, box] = random.pick([
    ['#ffffff', '#c2185bd0'],
    ['#111111', '#ffe95ce0'],
    ['#ffffff', 'none'],
  ]) as [string, string];
  const down = Math.round(random.between(0.15, 0.8) * height);
  return [
    ...['-font', font, '-pointsize', size, '-gravity', 'north'],
    ...['-fill', ink, '-undercolor', box, '-annotate', `+0+${down}`, random.pick(SAYINGS)],
    ...['-pointsize', Math.max(6, Math.round(size / 2)), '-gravity', 'southeast'],
    ...[
      '-fill',
      '#ff8c1a',
      '-undercolor',
      'none',
      '-annotate',
      `+${size}+${Math.round(size / 2)}`,
      "'07 8 23",
    ],
    ...['-gravity', 'none'],
  ];
}

/** On a phone's screen, between the words and buttons of an application. */
function screenshot({ width, height }: SizedPicture, random: Random, font: string): Plan {
  const [wide, bar] = [412, 96];
  const margin = random.pick([0, 12, 24]);
  const shownWidth = wide - 2 * margin;
  const shownHeight = Math.round((height * shownWidth) / width);
  const tall = Math.max(880, shownHeight + 2 * bar);
  const top = random.whole(bar, tall - bar - shownHeight);
  const [paper, ink] = random.pick([
    ['#ffffff', '#20242a'],
    ['#12161c', '#d8dce2'],
  ]) as [string, string];
  const below = top + shownHeight;
  const lines = [
    `text 14,20 '9:41'`,
    `text 340,20 'LTE 72'`,
    `text 60,${bar - 34} 'alex_on_tour'`,
    `circle 32,${bar - 38} 46,${bar - 38}`,
    `text 14,${Math.min(below + 26, tall - 60)} '1,204 likes'`,
    `rectangle 14,${tall - 40} 398,${tall - 12}`,
  ];
  return {
    args: [
      ...['-resize', `${shownWidth}x${shownHeight}!`],
      ...['-background', paper, '-extent', `${wide}x${tall}-${margin}-${top}`],
      ...['-fill', ink, '-font', font, '-pointsize', 13, '-draw', lines.join(' ')],
    ],
    map: placed(width / shownWidth, height / shownHeight, margin, top),
    visible: WHOLE,
  };
}

/** The whole picture on a quarter of another's area, or on as much as there is room for, at its own shape. */
function inset({ width, height }: SizedPicture, random: Random, ground: SizedPicture): Plan {
  const room = Math.min(ground.width / width, ground.height / height);
  const scale = Math.min(room, Math.sqrt((0.25 * ground.width * ground.height) / (width * height)));
  const [shownWidth, shownHeight] = [Math.round(width * scale), Math.round(height * scale)];
  const left = random.whole(0, ground.width - shownWidth);
  const top = random.whole(0, ground.height - shownHeight);
  return {
    args: [
      ...['-resize', `${shownWidth}x${shownHeight}!`, ground.path, '+swap'],
      ...['-geometry', `+${left}+${top}`, '-composite'],
    ],
    map: placed(width / shownWidth, height / shownHeight, left, top),
    visible: WHOLE,
  };
}
