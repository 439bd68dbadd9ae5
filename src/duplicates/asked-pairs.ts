import type { PictureId } from '../domain/picture.ts';
import { joinSpreads, NO_SPREAD, type Spread } from './asked-files.ts';
import type { PairSearch } from './pair-search.ts';

/** Which pictures answer the question of a search, as its classes are when it is asked. */
export interface AskedPairs {
  /** Whether two related representatives do, with all that equal them. */
  isAnswer(a: PictureId, b: PictureId): boolean;
  /** Whether those do that equal a representative. */
  isAnswerAlone(representative: PictureId): boolean;
}

/** To be made anew when classes were joined. */
export function askedPairs({ asked, classes, pictures }: PairSearch): AskedPairs {
  const spreads = new Map<PictureId, Spread>();

  function spreadOf(representative: PictureId): Spread {
    const known = spreads.get(representative);
    if (known !== undefined) {
      return known;
    }
    let spread = NO_SPREAD;
    for (const id of classes.membersOf(representative)) {
      for (const { path } of pictures.get(id)?.files ?? []) {
        spread = joinSpreads(spread, asked.spreadOf(path));
      }
    }
    spreads.set(representative, spread);
    return spread;
  }

  return {
    isAnswer: (a, b) => asked.takesAnyPair || asked.isAnswer(joinSpreads(spreadOf(a), spreadOf(b))),
    isAnswerAlone: (representative) => asked.takesAnyPair || asked.isAnswer(spreadOf(representative)),
  };
}
