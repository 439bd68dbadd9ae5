import { HIGHEST_SCORE } from '../copies/judge-pair.ts';
import type { CopyChoice } from '../duplicates/copy-judge.ts';
import { count } from './print.ts';

/** Says where the line between copies and what may be some was drawn, and what that is expected to get wrong. */
export function choiceLine({ leastScore, called, expectedWrong, mostWrong }: CopyChoice): string {
  if (called === 0) {
    return leastScore > HIGHEST_SCORE
      ? 'No pair was certain enough to be called a copy.'
      : `No pair had a score of ${leastScore.toFixed(1)} or above, from which on it is called a copy.`;
  }
  const score = `${count(called, 'pair')} with a score of ${leastScore.toFixed(1)} or above called copies`;
  return `${score}; expected to be wrong: ${expectedWords(expectedWrong)} (in nine of ten collections no more than ${mostWrong}).`;
}

function expectedWords(pairs: number): string {
  return pairs < 0.05 ? 'next to none' : pairs.toFixed(pairs < 10 ? 1 : 0);
}
