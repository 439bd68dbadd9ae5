import { HIGHEST_SCORE } from '../copies/judge-pair.ts';
import type { CopyChoice } from '../duplicates/copy-judge.ts';
import { count } from './print.ts';

/** Says where the line between copies and what may be some was drawn, and what that is expected to get wrong. */
export function choiceLine({
  leastScore,
  leastHeldBack,
  called,
  expectedWrong,
  mostWrong,
}: CopyChoice): string {
  if (called === 0) {
    return leastScore > HIGHEST_SCORE
      ? 'No pair was certain enough to be called a copy.'
      : `No pair had a score of ${leastScore.toFixed(1)} or above, from which on it is called a copy.`;
  }
  const expected = `expected to be wrong: ${expectedWords(expectedWrong)} (in nine of ten collections no more than ${mostWrong})`;
  const pairs = count(called, 'pair');
  if (leastHeldBack === null) {
    return `${pairs} with a score of ${leastScore.toFixed(1)} or above called copies; ${expected}.`;
  }
  const held = `${leastHeldBack.toFixed(1)} or above where something else stands in one of the two, as a caption or a sticker, or parts are off their places`;
  const others = leastScore > HIGHEST_SCORE ? '' : `${leastScore.toFixed(1)} or above, or of `;
  return `${pairs} called copies, with a score of ${others}${held}; ${expected}.`;
}

function expectedWords(pairs: number): string {
  return pairs < 0.05 ? 'next to none' : pairs.toFixed(pairs < 10 ? 1 : 0);
}
