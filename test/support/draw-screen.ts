import sharp from 'sharp';
import { createRandom } from '../../src/sample/seeded-random.ts';

/** What a screen shows; letters stand on colored, light, dark and white ground. */
export const SCREENS = ['chat', 'bank', 'settings', 'dark', 'map', 'sheet'] as const;

export type Screen = (typeof SCREENS)[number];

/** What differs from one screen to the next of its kind. */
export interface ScreenOptions {
  /** Equal ones hold the same numbers; everything else is the same on all screens of a kind. */
  readonly numbers: string;
  /** Pixels of the screen for one of the drawing, which is 390 x 844, and 844 x 390 where it is a sheet. */
  readonly ratio?: number;
}

/** A screenshot as PNG, in letters that no font has, so that it is the same on all machines. */
export async function drawScreen(screen: Screen, { numbers, ratio = 1 }: ScreenOptions): Promise<Buffer> {
  const [width, height] = screen === 'sheet' ? [844, 390] : [390, 844];
  const parts = PARTS[screen](createRandom(`${screen} words`), createRandom(numbers));
  const size = `width="${width * ratio}" height="${height * ratio}" viewBox="0 0 ${width} ${height}"`;
  return sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${parts.join('')}</svg>`))
    .removeAlpha()
    .png()
    .toBuffer();
}

type Random = ReturnType<typeof createRandom>;

const PARTS: Record<Screen, (words: Random, numbers: Random) => string[]> = {
  chat: (words, numbers) => [
    box(0, 0, 390, 844, '#e5ddd5'),
    box(0, 0, 390, 90, '#075e54'),
    '<circle cx="40" cy="60" r="18" fill="#c9a26b"/>',
    text(70, 66, 17, sentence(words, 2), '#fff'),
    ...Array.from({ length: 9 }, (_, i) => {
      const isOwn = words.chance(0.5);
      const wide = words.whole(180, 290);
      const left = isOwn ? 380 - wide : 10;
      return [
        box(left, 105 + 80 * i, wide, 62, isOwn ? '#dcf8c6' : '#fff', 12),
        text(left + 12, 128 + 80 * i, 15, `${sentence(words, 1)} ${digits(numbers, 4)}`, '#111'),
        text(left + 12, 148 + 80 * i, 15, sentence(words, 2), '#111'),
      ].join('');
    }),
  ],
  bank: (words, numbers) => [
    box(0, 0, 390, 844, '#f2f4f7'),
    box(0, 0, 390, 210, '#1a4fa0'),
    text(24, 90, 16, sentence(words, 2), '#cfe0ff'),
    text(24, 145, 36, `${digits(numbers, 4)} ${digits(numbers, 2)}`, '#fff'),
    ...Array.from({ length: 9 }, (_, i) =>
      [
        box(12, 225 + 66 * i, 366, 58, '#fff', 10),
        `<circle cx="44" cy="${254 + 66 * i}" r="16" fill="hsl(${words.whole(0, 359)},50%,60%)"/>`,
        text(72, 252 + 66 * i, 15, sentence(words, 2), '#222'),
        text(72, 272 + 66 * i, 12, `${digits(words, 2)} ${digits(words, 4)}`, '#888'),
        text(300, 260 + 66 * i, 16, digits(numbers, 4), '#222'),
      ].join(''),
    ),
  ],
  settings: (words, numbers) => settings(words, numbers, '#efeff4', '#fff', '#111'),
  dark: (words, numbers) => settings(words, numbers, '#000', '#1c1c1e', '#e8e8e8'),
  map: (words, numbers) => [
    box(0, 0, 390, 844, '#f1efe9'),
    ...Array.from({ length: 14 }, () =>
      box(
        words.whole(-60, 350),
        words.whole(-60, 800),
        words.whole(40, 160),
        words.whole(40, 200),
        words.pick(['#cfe8c8', '#aad3df', '#e4dccf']),
      ),
    ),
    ...Array.from(
      { length: 14 },
      () =>
        `<path d="M${words.whole(-20, 410)} -10L${words.whole(-20, 410)} 860" stroke="${words.pick(['#fff', '#f7d774'])}" stroke-width="${words.whole(4, 12)}"/>`,
    ),
    ...Array.from({ length: 26 }, (_, i) =>
      text(
        words.whole(10, 260),
        40 + 30 * i,
        13,
        i % 5 === 0 ? digits(numbers, 4) : sentence(words, 1),
        '#444',
      ),
    ),
  ],
  sheet: (words, numbers) => [
    box(0, 0, 844, 390, '#fff'),
    box(0, 0, 844, 34, '#217346'),
    text(16, 24, 14, sentence(words, 4), '#fff'),
    ...Array.from({ length: 16 }, (_, row) =>
      [
        box(0, 56 + 22 * row, 844, 1, '#ccc'),
        ...Array.from({ length: 7 }, (_, column) =>
          text(
            12 + 120 * column,
            50 + 22 * row,
            12,
            column === 0 ? sentence(words, 1) : digits(column === 5 && row % 5 === 2 ? numbers : words, 6),
            '#222',
          ),
        ),
      ].join(''),
    ),
    ...Array.from({ length: 7 }, (_, column) => box(4 + 120 * column, 34, 1, 356, '#ccc')),
  ],
};

function settings(words: Random, numbers: Random, ground: string, row: string, ink: string): string[] {
  return [
    box(0, 0, 390, 844, ground),
    text(20, 84, 30, sentence(words, 1), ink),
    ...Array.from({ length: 12 }, (_, i) =>
      [
        box(0, 120 + 58 * i, 390, 52, row),
        box(16, 131 + 58 * i, 30, 30, `hsl(${words.whole(0, 359)},65%,55%)`, 7),
        text(60, 152 + 58 * i, 17, sentence(words, 2), ink),
        text(330, 152 + 58 * i, 15, digits(i % 4 === 1 ? numbers : words, 2), '#8e8e93'),
      ].join(''),
    ),
  ];
}

function box(x: number, y: number, width: number, height: number, fill: string, round = 0): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}" fill="${fill}"/>`;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

function sentence(random: Random, count: number): string {
  const word = () => Array.from({ length: random.whole(3, 7) }, () => random.pick([...LETTERS])).join('');
  return Array.from({ length: count }, word).join(' ');
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.whole(0, 9)).join('');
}

/** Strokes of a letter, from where to where in its box: round it, through its middle, and across. */
const STROKES = [
  [0, 0, 1, 0],
  [0, 0, 0, 0.5],
  [1, 0, 1, 0.5],
  [0, 0.5, 1, 0.5],
  [0, 0.5, 0, 1],
  [1, 0.5, 1, 1],
  [0, 1, 1, 1],
  [0, 0, 1, 0.5],
  [0.5, 0.5, 0.5, 1],
  [0, 1, 1, 0.5],
] as const;

/** Digits are those of a clock; letters have three to five strokes, drawn by lot. */
const DIGITS = ['012456', '25', '02346', '02356', '1235', '01356', '013456', '025', '0123456', '012356'];

function strokesOf(sign: string): number[] {
  const digit = DIGITS[Number(sign)];
  if (digit !== undefined) {
    return [...digit].map(Number);
  }
  const random = createRandom(`letter ${sign}`);
  return random.shuffled([...STROKES.keys()]).slice(0, random.whole(3, 5));
}

/** @param y of the line that it stands on @param size of the font that it would be of */
function text(x: number, y: number, size: number, signs: string, color: string): string {
  const [wide, tall, pitch] = [0.42 * size, 0.7 * size, 0.6 * size];
  const strokes = [...signs].flatMap((sign, i) =>
    sign === ' '
      ? []
      : strokesOf(sign).map((stroke) => strokeAt(stroke, x + i * pitch, y - tall, wide, tall)),
  );
  return `<path d="${strokes.join('')}" fill="none" stroke="${color}" stroke-width="${0.1 * size}"/>`;
}

function strokeAt(stroke: number, left: number, top: number, wide: number, tall: number): string {
  const [x1, y1, x2, y2] = STROKES[stroke] as (typeof STROKES)[number];
  return `M${left + wide * x1} ${top + tall * y1}L${left + wide * x2} ${top + tall * y2}`;
}
