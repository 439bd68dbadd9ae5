import { comparePaths } from '../domain/compare-paths.ts';
import type { PictureFormat } from '../domain/picture.ts';
import type { Candidate, RatedPicture } from './candidate.ts';
import { formatInWords, listInWords, numberInWords, sizeInWords } from './in-words.ts';
import { type KeepRule, orderRule, rankingRule } from './keep-rule.ts';

/** More pixels. */
export const LARGEST = rankingRule(
  'the one with more pixels',
  ({ picture }) => -pixelsOf(picture),
  (kept, other) => `it has ${sizeInWords(kept.picture)} pixels, the other ${sizeInWords(other.picture)}`,
);

/** A larger file: of copies in one size the one that was compressed less. */
export const MOST_BYTES = rankingRule(
  'the larger file',
  ({ picture }) => -picture.sizeBytes,
  (kept, other) =>
    `it has ${numberInWords(kept.picture.sizeBytes)} bytes, the other ${numberInWords(other.picture.sizeBytes)}`,
);

export function pixelsOf({ width, height }: Pick<RatedPicture, 'width' | 'height'>): number {
  return width * height;
}

/**
 * Those that lose nothing come first, then what cameras write, then what is made for pages. A lossless file may have been
 * made of a lossy one: then it shows the same, and the loser has nothing that it lacks.
 */
const FORMATS: readonly PictureFormat[] = [
  ...(['svg', 'tiff', 'png', 'bmp'] as const),
  ...(['heic', 'avif', 'jpeg', 'webp', 'gif', 'ico'] as const),
];

const LOSSLESS: ReadonlySet<PictureFormat> = new Set(['svg', 'tiff', 'png', 'bmp']);

/** Whether all pictures of its format keep every pixel as it was given. */
export function isLossless({ format }: Pick<RatedPicture, 'format'>): boolean {
  return LOSSLESS.has(format);
}

/** Of formats that lose nothing the deeper picture is kept, whichever they are. */
export const BEST_FORMAT = rankingRule(
  `the better format (${FORMATS.join(', ')}; of those that lose nothing, the one with more bits a channel)`,
  ({ picture }) =>
    FORMATS.indexOf(picture.format) + (isLossless(picture) ? FORMATS.length * -bitsOf(picture) : 0),
  ({ picture: kept }, { picture: other }) =>
    isLossless(kept) && isLossless(other) && bitsOf(kept) !== bitsOf(other)
      ? `it has ${bitsOf(kept)} bits a channel, the other ${bitsOf(other)}`
      : `it is ${formatInWords(kept)}, the other ${formatInWords(other)}`,
);

function bitsOf({ bitDepth }: RatedPicture): number {
  return bitDepth ?? 8;
}

/** What a file tells beside its pixels, as far as anybody looks: keywords are not looked at. */
const FACTS: ReadonlyArray<readonly [words: string, has: (file: Candidate) => boolean]> = [
  ['when it was taken', ({ picture }) => picture.takenAt !== null],
  ['with which camera', ({ picture }) => picture.camera !== null],
  ['where', ({ picture }) => picture.latitude !== null && picture.longitude !== null],
  ['how it was rated', ({ rating }) => rating !== null],
];

/** More of {@link FACTS}. */
export const MOST_METADATA = rankingRule(
  'the one that tells more (when, with which camera and where it was taken, and how it was rated)',
  (file) => -FACTS.filter(([, has]) => has(file)).length,
  (kept, other) => {
    const told = FACTS.filter(([, has]) => has(kept)).map(([words]) => words);
    const others = FACTS.filter(([, has]) => has(other)).map(([words]) => words);
    return `it tells ${listInWords(told)}, the other ${others.length === 0 ? 'nothing of it' : `only ${listInWords(others)}`}`;
  },
);

/** Letters of a time to the second: the clock on the wall, which programs keep whatever offset they write. */
const LOCAL = 'YYYY-MM-DDThh:mm:ss'.length;

function takenOf({ picture }: Candidate): string | null {
  return picture.takenAt?.slice(0, LOCAL) ?? null;
}

/** As if the clock on the wall showed UTC: only differences count. */
function takenMs(candidate: Candidate): number | null {
  const taken = takenOf(candidate);
  const ms = taken === null ? Number.NaN : Date.parse(`${taken}Z`);
  return Number.isNaN(ms) ? null : ms;
}

/** Copying from one file system to another may change a time by so much (FAT counts in two seconds). */
const WRITTEN_APART_MS = 2_000;

/** By when it was taken, where both say so and differ; else by when the file was last written. */
export const OLDEST: readonly KeepRule[] = [
  rankingRule('the one that was taken first', takenMs, explainTaken('before')),
  rankingRule(
    'the one that was last written first',
    ({ modifiedMs }) => modifiedMs,
    explainWritten('before'),
    WRITTEN_APART_MS,
  ),
];

/** The opposite of {@link OLDEST}. */
export const NEWEST: readonly KeepRule[] = [
  rankingRule('the one that was taken last', (file) => negative(takenMs(file)), explainTaken('after')),
  rankingRule(
    'the one that was written last',
    ({ modifiedMs }) => -modifiedMs,
    explainWritten('after'),
    WRITTEN_APART_MS,
  ),
];

function negative(value: number | null): number | null {
  return value === null ? null : -value;
}

function explainTaken(word: 'before' | 'after'): KeepRule['explain'] {
  return (kept, other) =>
    `it was taken on ${shown(takenOf(kept))}, ${word} the other, ${shown(takenOf(other))}`;
}

function explainWritten(word: 'before' | 'after'): KeepRule['explain'] {
  return (kept, other) => `it was last written on ${momentOf(kept)}, ${word} the other, ${momentOf(other)}`;
}

function momentOf({ modifiedMs }: Candidate): string {
  return `${shown(new Date(modifiedMs).toISOString().slice(0, LOCAL))} UTC`;
}

function shown(time: string | null): string {
  return (time ?? '').replace('T', ' ');
}

/** Fewer letters. */
export const SHORTEST_PATH = rankingRule(
  'the one with the shorter path',
  ({ path }) => path.length,
  () => 'its path is shorter',
);

/** Every two files differ in it. */
export const FIRST_BY_PATH = orderRule({
  words: 'the one whose path comes first',
  compare: (first, second) => comparePaths(first.path, second.path),
  explain: () => 'its path comes first by the alphabet, and nothing else tells them apart',
});
