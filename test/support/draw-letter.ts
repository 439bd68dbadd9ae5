import sharp, { type Sharp } from 'sharp';
import { createRandom } from '../../src/sample/seeded-random.ts';

/** Pixels of a page, and of one of its letters and lines. */
const PAGE = { width: 1_240, height: 1_754 };
const LETTER = { width: 9, height: 15 };
const [MARGIN, PITCH, LINE] = [120, 13, 34];
const LINES = Math.floor((PAGE.height - 2 * MARGIN) / LINE);

/**
 * A page of text, black on white, in letters that no font has. @param seeds of its paragraphs: equal ones hold the same words
 */
export function drawLetter(seeds: readonly string[]): Sharp {
  const letters = alphabet();
  const pixels = Buffer.alloc(PAGE.width * PAGE.height, 255);
  const perParagraph = Math.ceil(LINES / seeds.length);
  for (const [paragraph, seed] of seeds.entries()) {
    const random = createRandom(seed);
    for (let line = 0; line < perParagraph - 1; line++) {
      const top = MARGIN + (paragraph * perParagraph + line) * LINE;
      const end = PAGE.width - MARGIN - random.whole(0, 200);
      for (let left = MARGIN; left + LETTER.width < end; left += PITCH) {
        if (!random.chance(0.17)) {
          stamp(pixels, random.pick(letters), left, top);
        }
      }
    }
  }
  return sharp(pixels, { raw: { ...PAGE, channels: 1 } });
}

/** Of strokes two pixels wide. */
function alphabet(): boolean[][] {
  const random = createRandom('alphabet');
  return Array.from({ length: 26 }, () => {
    const ink = Array.from({ length: LETTER.width * LETTER.height }, () => false);
    for (let stroke = 0; stroke < 3; stroke++) {
      const isUpright = random.chance(0.5);
      const at = random.whole(0, (isUpright ? LETTER.width : LETTER.height) - 2);
      for (const [i] of ink.entries()) {
        const place = isUpright ? i % LETTER.width : Math.floor(i / LETTER.width);
        ink[i] = ink[i] === true || place === at || place === at + 1;
      }
    }
    return ink;
  });
}

function stamp(pixels: Buffer, ink: readonly boolean[], left: number, top: number): void {
  for (const [i, isInk] of ink.entries()) {
    if (isInk) {
      pixels[(top + Math.floor(i / LETTER.width)) * PAGE.width + left + (i % LETTER.width)] = 0;
    }
  }
}
