import sharp, { type KernelEnum, type Sharp } from 'sharp';
import type { Random } from '../src/sample/seeded-random.ts';

/** A photo, and its size, pixels. */
export interface Photo {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

/** What somebody made of a photo and has beside it. */
export interface PlanEdit {
  readonly name: string;
  /** Whether it has something that nobody could get back from the photo. */
  readonly hasOwn: boolean;
  /** Of the name of its file. */
  readonly ending: string;
  make(photo: Photo, random: Random, others: readonly Photo[]): Promise<Buffer>;
}

type Maker = (photo: Photo, random: Random, others: readonly Photo[]) => Sharp | Promise<Sharp>;

/** Saved as JPEG 92 it has more bytes than most photos: what is kept by size alone is the edited one. */
function edit(
  name: string,
  hasOwn: boolean,
  maker: Maker,
  save = (made: Sharp) => made.jpeg({ quality: 92 }),
  ending = 'jpg',
): PlanEdit {
  return {
    ...{ name, hasOwn, ending },
    async make(photo, random, others) {
      return save(await maker(photo, random, others)).toBuffer();
    },
  };
}

function asJpeg(quality: number): (made: Sharp) => Sharp {
  return (made) => made.jpeg({ quality });
}

const MARK_INKS = ['#ffffff', '#222222', '#ffb000', '#d01010', '#1040c0', '#70c070', '#999999', '#f6e7c8'];

type Mark = (photo: Photo, random: Random, ink: string) => string;

/** What is drawn into a photo; SVG. */
const MARKS: Readonly<Record<string, Mark>> = {
  date: ({ width, height }, random, ink) =>
    words(ink, 0.045 * height, 0.6 * width, 0.95 * height, `${random.whole(1, 28)}.03.2004`),
  caption: ({ width, height }, random, ink) =>
    words(ink, 0.06 * height, random.between(0.05, 0.4) * width, random.between(0.1, 0.9) * height, 'Anna'),
  'faint word': ({ width, height }, random, ink) =>
    `<g opacity="0.35">${words(ink, 0.08 * height, 0.1 * width, random.between(0.3, 0.8) * height, 'sample')}</g>`,
  spot: ({ width, height }, random, ink) =>
    `<circle cx="${random.between(0.2, 0.8) * width}" cy="${random.between(0.2, 0.8) * height}" r="${0.018 * width}" fill="${ink}"/>`,
  line: ({ width, height }, random, ink) =>
    `<path d="M0 ${random.between(0.1, 0.9) * height} L${width} ${random.between(0.1, 0.9) * height}" stroke="${ink}" stroke-width="${0.006 * height}"/>`,
  ring: ({ width, height }, random, ink) =>
    `<circle cx="${random.between(0.3, 0.7) * width}" cy="${random.between(0.3, 0.7) * height}" r="${0.12 * height}" fill="none" stroke="${ink}" stroke-width="${0.012 * height}"/>`,
  patch: ({ width, height }, random, ink) =>
    `<rect x="${random.between(0.1, 0.7) * width}" y="${random.between(0.1, 0.7) * height}" width="${0.12 * width}" height="${0.05 * height}" fill="${ink}"/>`,
};

/** In the first of the inks, by chance, that can be seen there. */
async function marked({ bytes, width, height }: Photo, random: Random, mark: Mark): Promise<Sharp> {
  const before = await shownCoarsely(sharp(bytes));
  let made = bytes;
  for (const ink of random.shuffled(MARK_INKS)) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${mark({ bytes, width, height }, random, ink)}</svg>`;
    made = await sharp(bytes)
      .composite([{ input: Buffer.from(svg) }])
      .png()
      .toBuffer();
    const after = await shownCoarsely(sharp(made));
    if (after.some((value, i) => Math.abs(value - (before[i] as number)) >= SEEN)) {
      break;
    }
  }
  return sharp(made);
}

/** Change of a channel, 0 to 255, over a 100th of the width that a person sees. */
const SEEN = 12;

async function shownCoarsely(picture: Sharp): Promise<Buffer> {
  return picture.removeAlpha().resize(100, 100, { fit: 'fill' }).raw().toBuffer();
}

function words(ink: string, size: number, x: number, y: number, text: string): string {
  return `<text x="${x}" y="${y}" font-family="sans-serif" font-size="${size}" fill="${ink}">${text}</text>`;
}

/** A part of a photo, pixels. */
interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Of several parts by chance the one with the most in it: blank paper has nothing to lose. */
async function telling(photo: Photo, share: number, random: Random): Promise<Part> {
  const parts = Array.from({ length: 12 }, () => partOf(photo, share, random));
  const contents = await Promise.all(
    parts.map(async (part) => {
      const { channels } = await sharp(await sharp(photo.bytes).extract(part).png().toBuffer()).stats();
      return Math.max(...channels.map(({ stdev }) => stdev));
    }),
  );
  return parts[contents.indexOf(Math.max(...contents))] as Part;
}

/** Of a share of the width and of the height. */
function partOf({ width, height }: Photo, share: number, random: Random): Part {
  const [w, h] = [Math.round(share * width), Math.round(share * height)];
  return {
    ...{ left: random.whole(0, width - w), top: random.whole(0, height - h) },
    ...{ width: w, height: h },
  };
}

async function inPart(
  { bytes }: Photo,
  part: Part,
  change: (part: Sharp) => Sharp | Promise<Sharp>,
): Promise<Sharp> {
  const cut = sharp(await sharp(bytes).extract(part).png().toBuffer());
  const changed = await (await change(cut)).png().toBuffer();
  return sharp(bytes).composite([{ input: changed, left: part.left, top: part.top }]);
}

const MARKED: readonly PlanEdit[] = [
  ...Object.entries(MARKS).map(([name, mark]) =>
    edit(name, true, (photo, random) => marked(photo, random, mark)),
  ),
  edit('part in coarse blocks', true, async (photo, random) => {
    const part = await telling(photo, 0.12, random);
    return inPart(photo, part, async (cut) =>
      sharp(await cut.resize(4, 4, { fit: 'fill' }).png().toBuffer()).resize(part.width, part.height, {
        ...{ fit: 'fill', kernel: 'nearest' },
      }),
    );
  }),
  edit('part wiped out', true, async (photo, random) =>
    inPart(photo, await telling(photo, 0.1, random), (cut) => cut.blur(12)),
  ),
];

/** As image programs make it, red, green and blue of each. */
const SEPIA: [[number, number, number], [number, number, number], [number, number, number]] = [
  [0.393, 0.769, 0.189],
  [0.349, 0.686, 0.168],
  [0.272, 0.534, 0.131],
];

const RECOLORED: readonly PlanEdit[] = [
  edit('hue of a ninth', true, async (photo, random) =>
    inPart(photo, await telling(photo, 1 / 3, random), (cut) => cut.modulate({ hue: 120 })),
  ),
  edit('hue', true, ({ bytes }, random) => sharp(bytes).modulate({ hue: random.whole(60, 300) })),
  edit('sepia', true, ({ bytes }) => sharp(bytes).recomb(SEPIA)),
  edit('gray', false, ({ bytes }) => sharp(bytes).grayscale()),
];

/** A photo among other things. */
const PLACED: readonly PlanEdit[] = [
  edit('collage', true, async (photo, _, others) => {
    const [width, height] = [Math.round(0.7 * photo.width), Math.round(0.7 * photo.height)];
    const fitted = [photo, ...others.slice(0, 3)].map(({ bytes }) =>
      sharp(bytes).resize(width, height, { fit: 'fill' }).png().toBuffer(),
    );
    const placed = (await Promise.all(fitted)).map((input, at) => ({
      ...{ input, left: (at % 2) * width, top: Math.floor(at / 2) * height },
    }));
    return onGround(2 * width, 2 * height, '#000000', placed);
  }),
  edit('screenshot', true, async (photo, random) => {
    const [width, height] = [Math.round(0.9 * photo.width), Math.round(0.9 * photo.height)];
    const tall = Math.round(1.5 * height);
    const input = await sharp(photo.bytes).resize(width, height, { fit: 'fill' }).png().toBuffer();
    const ground = random.pick(['#101418', '#fafafa']);
    const bars = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${tall}">${words('#888888', 0.05 * height, 8, 0.1 * height, 'Photos, 12:47')}${words('#888888', 0.05 * height, 8, 1.4 * height, 'Share  Edit  Delete')}</svg>`;
    return onGround(width, tall, ground, [
      { input, left: 0, top: Math.round(0.2 * height) },
      { input: Buffer.from(bars), left: 0, top: 0 },
    ]);
  }),
  edit('framed, with words', true, ({ bytes, width, height }, random) => {
    const rim = Math.round(0.12 * height);
    const [ground, ink] = random.pick([
      ['#ffffff', '#333333'],
      ['#ffffff', '#ffe9a0'],
      ['#101010', '#101060'],
    ]) as [string, string];
    const text = words(ink, 0.5 * rim, rim, height + 1.7 * rim, 'Harbor, 1987');
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 2 * rim}" height="${height + 2 * rim}">${text}</svg>`;
    return onGround(width + 2 * rim, height + 2 * rim, ground, [
      { input: bytes, left: rim, top: rim },
      { input: Buffer.from(svg), left: 0, top: 0 },
    ]);
  }),
  edit('framed', false, ({ bytes, width, height }, random) => {
    const rim = Math.round(0.1 * height);
    return onGround(width + 2 * rim, height + 2 * rim, random.pick(['#ffffff', '#101010', '#24527a']), [
      { input: bytes, left: rim, top: rim },
    ]);
  }),
];

/** What lies on a ground of one color, read once more: edits of sharp work before it lays pictures over another. */
function onGround(
  width: number,
  height: number,
  background: string,
  pictures: Parameters<Sharp['composite']>[0],
): Sharp {
  return sharp({ create: { width, height, channels: 3, background } }).composite(pictures);
}

function scaled(
  { bytes, width, height }: Photo,
  scale: number,
  kernel: keyof KernelEnum = 'lanczos3',
): Sharp {
  const [w, h] = [Math.round(scale * width), Math.round(scale * height)];
  return sharp(bytes).resize(w, h, { fit: 'fill', kernel });
}

/** What programs do to a picture that they made larger. */
const AFTER_ENLARGING: Readonly<Record<string, (enlarged: Sharp) => Sharp | Promise<Sharp>>> = {
  '': (enlarged) => enlarged,
  ', sharpened': (enlarged) => enlarged.sharpen({ sigma: 1.5, m1: 1.5, m2: 4 }),
  ', 32 colors': inFewColors,
  ', noisy': async (enlarged) => {
    const { data, info } = await enlarged.removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const noise = await sharp({
      create: {
        ...info,
        channels: 3,
        background: '#808080',
        noise: { type: 'gaussian', mean: 128, sigma: 6 },
      },
    })
      .raw()
      .toBuffer();
    const noisy = data.map((value, i) => value + (noise[i] as number) - 128);
    return sharp(Buffer.from(Uint8ClampedArray.from(noisy)), { raw: info });
  },
};

async function inFewColors(picture: Sharp): Promise<Sharp> {
  return sharp(await picture.png({ colours: 32 }).toBuffer());
}

const ENLARGED: readonly PlanEdit[] = [1.25, 1.5, 2, 3].flatMap((scale) => [
  ...Object.entries(AFTER_ENLARGING).map(([after, change]) =>
    edit(`${scale} times${after}`, false, (photo, random) =>
      change(scaled(photo, scale, random.pick(['cubic', 'mitchell', 'lanczos3', 'linear']))),
    ),
  ),
  edit(`${scale} times, blocky`, false, (photo) => scaled(photo, scale, 'nearest')),
  edit(`${scale} times, JPEG 60`, false, (photo) => scaled(photo, scale), asJpeg(60)),
]);

const OF_THE_WHOLE: readonly PlanEdit[] = [
  ...[0.8, 0.5, 0.33].map((scale) =>
    edit(`${Math.round(100 * scale)} %`, false, (photo) => scaled(photo, scale)),
  ),
  edit('JPEG 50', false, ({ bytes }) => sharp(bytes), asJpeg(50)),
  edit('JPEG 20', false, ({ bytes }) => sharp(bytes), asJpeg(20)),
  edit(
    'JPEG 60, then 85',
    false,
    async ({ bytes }) => sharp(await asJpeg(60)(sharp(bytes)).toBuffer()),
    asJpeg(85),
  ),
  edit(
    'JPEG 70 by mozjpeg',
    false,
    ({ bytes }) => sharp(bytes),
    (made) => made.jpeg({ quality: 70, mozjpeg: true }),
  ),
  edit(
    'WebP 60',
    false,
    ({ bytes }) => sharp(bytes),
    (made) => made.webp({ quality: 60 }),
    'webp',
  ),
  edit(
    'GIF',
    false,
    ({ bytes }) => sharp(bytes),
    (made) => made.gif(),
    'gif',
  ),
  edit(
    'PNG of 256 colors',
    false,
    ({ bytes }) => sharp(bytes),
    (made) => made.png({ palette: true }),
    'png',
  ),
  edit('blurred', false, ({ bytes }) => sharp(bytes).blur(1.5)),
  edit('sharpened', false, ({ bytes }) => sharp(bytes).sharpen({ sigma: 1.2, m1: 1.5, m2: 4 })),
  edit('brighter', false, ({ bytes }) => sharp(bytes).modulate({ brightness: 1.2 })),
  edit('more contrast', false, ({ bytes }) => sharp(bytes).linear(1.3, -35)),
  edit('32 colors', false, ({ bytes }) => inFewColors(sharp(bytes))),
  edit('mirrored', false, ({ bytes }) => sharp(bytes).flop()),
  edit('81 % crop', false, (photo, random) => sharp(photo.bytes).extract(partOf(photo, 0.9, random))),
];

/** Edits after which a plan could keep the wrong one of two, or drop what is in one alone. Their words need a font. */
export const PLAN_EDITS: readonly PlanEdit[] = [
  ...MARKED,
  ...RECOLORED,
  ...PLACED,
  ...ENLARGED,
  ...OF_THE_WHOLE,
];
