import { group, stroke } from './svg-shapes.ts';

/** Capitals as strokes on a field 4 wide and 6 high: no font needs to be installed. */
const LETTERS: Readonly<Record<string, string>> = {
  A: 'M0 6L2 0L4 6M0.8 4H3.2',
  B: 'M0 0V6H2.4Q4 6 4 4.5Q4 3 2.4 3Q3.7 3 3.7 1.5Q3.7 0 2.4 0H0M0 3H2.4',
  D: 'M0 0V6H2Q4 6 4 3Q4 0 2 0Z',
  E: 'M4 0H0V6H4M0 3H3',
  F: 'M4 0H0V6M0 3H3',
  G: 'M4 0.8Q3 0 2 0Q0 0 0 3Q0 6 2 6Q4 6 4 3.4H2.4',
  H: 'M0 0V6M4 0V6M0 3H4',
  I: 'M2 0V6',
  L: 'M0 0V6H4',
  M: 'M0 6V0L2 3L4 0V6',
  N: 'M0 6V0L4 6V0',
  O: 'M2 0Q4 0 4 3Q4 6 2 6Q0 6 0 3Q0 0 2 0Z',
  R: 'M0 6V0H2.5Q4 0 4 1.5Q4 3 2.5 3H0M2.3 3L4 6',
  S: 'M4 0.8Q3 0 2 0Q0 0 0 1.5Q0 3 2 3Q4 3 4 4.5Q4 6 2 6Q1 6 0 5.2',
  T: 'M0 0H4M2 0V6',
  U: 'M0 0V4Q0 6 2 6Q4 6 4 4V0',
  Y: 'M0 0L2 3L4 0M2 3V6',
};

/** Words that {@link strokeWords} can write. */
export const SAMPLE_WORDS: readonly string[] = [
  'HOLIDAY',
  'SUMMER',
  'HELLO',
  'FOR SALE',
  'DRAFT',
  'OUR FAMILY',
];

/** Writes a word as SVG elements, its upper left corner at the given place, all in pixels. */
export function strokeWords(words: string, left: number, top: number, width: number, color: string): string {
  const scale = width / (words.length * 5.4 - 1.4);
  const letters = [...words].map((letter, i) =>
    group(
      `translate(${(i * 5.4).toFixed(1)} 0)`,
      stroke(LETTERS[letter] ?? '', color, 0.9, 'stroke-linejoin="round"'),
    ),
  );
  return group(
    `translate(${left.toFixed(1)} ${top.toFixed(1)}) scale(${scale.toFixed(3)})`,
    letters.join(''),
  );
}
