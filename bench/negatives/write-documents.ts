import type { Random } from '../../src/sample/seeded-random.ts';
import type { Mark } from './draw-page.ts';

const LEFT = 140;
const RIGHT = 1_100;
const LINE = 38;
const CHARACTERS_IN_LINE = 72;

/** Text of so many words, in lines. @param words to draw from */
function proseLines(words: readonly string[], count: number, random: Random): string[] {
  const lines: string[] = [];
  let line = '';
  for (let i = 0; i < count; i++) {
    const word = random.pick(words);
    if (line.length + word.length >= CHARACTERS_IN_LINE) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function linesAt(lines: readonly string[], y: number, size = 24): Mark[] {
  return lines.map((text, i) => ({ text, x: LEFT, y: y + i * LINE, size }));
}

function dateOf(random: Random): string {
  return `${random.whole(1, 28)}.${random.whole(1, 12)}.${random.whole(2019, 2026)}`;
}

const NAMES = [
  'Anna Berg',
  'Jonas Weiss',
  'Mira Lund',
  'Tom Okafor',
  'Elif Demir',
  'Paul Novak',
  'Rosa Mendes',
];
const STREETS = ['Mill Lane', 'Harbor Street', 'Church Road', 'Station Square', 'Garden Way', 'High Street'];

function letterhead(): Mark[] {
  return [
    { text: 'Northfield & Sons', x: LEFT, y: 130, size: 44, style: 'bold' },
    { text: 'Paper, ink and binding since 1921', x: LEFT, y: 170, size: 22, style: 'italic' },
    { line: [LEFT, 195, RIGHT, 195] },
    { text: '12 Quay Street, Port Ellery', x: 800, y: 130, size: 20 },
    { text: 'Telephone 0555 318 40', x: 800, y: 160, size: 20 },
    { line: [LEFT, 1_640, RIGHT, 1_640] },
    { text: 'Registered in Port Ellery 40318', x: LEFT, y: 1_670, size: 18, style: 'sans' },
    { text: 'Bank of Ellery 200 318 77', x: 800, y: 1_670, size: 18, style: 'sans' },
  ];
}

/** A letter of one firm. */
export function writeLetter(words: readonly string[], random: Random): Mark[] {
  return [
    ...letterhead(),
    ...linesAt(
      [
        random.pick(NAMES),
        `${random.whole(1, 99)} ${random.pick(STREETS)}`,
        `${random.whole(10_000, 99_999)} Ellery`,
      ],
      290,
    ),
    { text: dateOf(random), x: 920, y: 460, size: 24 },
    { text: `Dear ${random.pick(NAMES)},`, x: LEFT, y: 540, size: 24 },
    ...linesAt(proseLines(words, random.whole(170, 230), random), 600),
    { text: 'Yours sincerely,', x: LEFT, y: 1_500, size: 24 },
    { text: random.pick(NAMES), x: LEFT, y: 1_580, size: 28, style: 'italic' },
  ];
}

/** What an invoice says. */
export interface Invoice {
  readonly number: number;
  readonly date: string;
  readonly customer: string;
  readonly items: ReadonlyArray<{ readonly name: string; readonly count: number; readonly cents: number }>;
}

export function drawInvoice(words: readonly string[], random: Random): Invoice {
  return {
    number: random.whole(100_000, 999_999),
    date: dateOf(random),
    customer: random.pick(NAMES),
    items: Array.from({ length: 12 }, () => ({
      name: `${random.pick(words)} ${random.pick(words)} ${random.pick(words)}`,
      count: random.whole(1, 40),
      cents: random.whole(100, 99_999),
    })),
  };
}

export function writeInvoice({ number, date, customer, items }: Invoice): Mark[] {
  const money = (cents: number) => (cents / 100).toFixed(2);
  const total = items.reduce((sum, { count, cents }) => sum + count * cents, 0);
  return [
    ...letterhead(),
    { text: customer, x: LEFT, y: 290, size: 24 },
    { text: `Invoice ${number}`, x: LEFT, y: 440, size: 34, style: 'bold' },
    { text: `Date ${date}`, x: 850, y: 440, size: 24 },
    ...['Item', 'Count', 'Each', 'Amount'].map(
      (text, i): Mark => ({ text, x: [LEFT, 640, 780, 950][i] as number, y: 530, size: 22, style: 'bold' }),
    ),
    { line: [LEFT, 545, RIGHT, 545] },
    ...items.flatMap(({ name, count, cents }, i): Mark[] =>
      [name, String(count), money(cents), money(count * cents)].map((text, column) => ({
        text,
        x: [LEFT, 640, 780, 950][column] as number,
        y: 590 + 48 * i,
        size: 22,
      })),
    ),
    { line: [LEFT, 1_180, RIGHT, 1_180] },
    { text: 'Total', x: 780, y: 1_225, size: 26, style: 'bold' },
    { text: money(total), x: 950, y: 1_225, size: 26, style: 'bold' },
    { text: 'Payable within thirty days without deduction.', x: LEFT, y: 1_330, size: 22 },
  ];
}

const FIELDS = [
  ...['Family name', 'Given name', 'Date of birth', 'Place of birth', 'Nationality', 'Street', 'Town'],
  ...['Telephone', 'Occupation', 'Employer', 'Income of the year', 'Children', 'Account', 'Remarks'],
];

/** A printed form, filled in. */
export function writeForm(words: readonly string[], random: Random): Mark[] {
  return [
    { text: 'Application for a certificate of residence', x: LEFT, y: 140, size: 34, style: 'bold' },
    {
      text: 'To be filled in completely and in block letters. Form 27 B.',
      x: LEFT,
      y: 190,
      size: 20,
      style: 'sans',
    },
    ...FIELDS.flatMap((field, i): Mark[] => {
      const y = 260 + 95 * i;
      const filled = random.chance(0.4) ? String(random.whole(10, 9_999_999)) : random.pick(words);
      return [
        { line: [LEFT, y, RIGHT, y] },
        { line: [LEFT, y, LEFT, y + 95] },
        { line: [RIGHT, y, RIGHT, y + 95] },
        { text: field, x: LEFT + 12, y: y + 24, size: 17, style: 'sans' },
        { text: filled, x: LEFT + 30, y: y + 74, size: 32, style: 'italic' },
      ];
    }),
    { line: [LEFT, 1_590, RIGHT, 1_590] },
    { text: 'Signature of the applicant', x: LEFT, y: 1_660, size: 18, style: 'sans' },
  ];
}

/** A table of numbers under the same heads. */
export function writeTable(random: Random): Mark[] {
  const columns = ['Year', 'Births', 'Deaths', 'Moved in', 'Moved out', 'Balance'];
  return [
    { text: 'Table 4. Movements of the population', x: LEFT, y: 140, size: 30, style: 'bold' },
    { line: [LEFT, 165, RIGHT, 165] },
    ...columns.map((text, i): Mark => ({ text, x: LEFT + 160 * i, y: 205, size: 22, style: 'bold' })),
    { line: [LEFT, 225, RIGHT, 225] },
    ...Array.from({ length: 34 }, (_, row) =>
      columns.map(
        (_, i): Mark => ({
          text: String(i === 0 ? 1_985 + row : random.whole(1_000, 99_999)),
          x: LEFT + 160 * i,
          y: 270 + 40 * row,
          size: 22,
        }),
      ),
    ).flat(),
  ];
}

/** A page of one book. @param number of the page */
export function writeBookPage(words: readonly string[], number: number, random: Random): Mark[] {
  const lines = proseLines(words, 420, random).slice(0, 36);
  return [
    { text: 'The Terms and Conditions', x: 450, y: 120, size: 22, style: 'italic' },
    ...lines.map((text, i): Mark => ({ text, x: i % 9 === 0 ? LEFT + 40 : LEFT, y: 190 + 39 * i, size: 24 })),
    { text: String(number), x: 610, y: 1_680, size: 22 },
  ];
}
