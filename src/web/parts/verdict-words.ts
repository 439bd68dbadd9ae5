import type { CompareAnswer } from '../../client/eidetic-client.ts';
import type { Texts } from '../texts/en.ts';

/** What two pictures are to each other, in the language of the page. */
export interface VerdictWords {
  readonly title: string;
  readonly meaning: string;
  /** What the server says beyond that, in its own language. */
  readonly sentences: readonly string[];
}

/** Relations of which the server's first sentence says what the meaning says. */
const IS_MEANT: ReadonlySet<CompareAnswer['relation']> = new Set([
  ...(['identical', 'same-image-data', 'same-pixels'] as const),
  ...(['alike', 'different', 'plain'] as const),
]);

/** Says it in plain words. */
export function verdictWords(
  { relation, words }: Pick<CompareAnswer, 'relation' | 'words'>,
  { compare, equal }: Pick<Texts, 'compare' | 'equal'>,
): VerdictWords {
  const sentences = IS_MEANT.has(relation) ? words.slice(1) : words;
  switch (relation) {
    case 'identical':
    case 'same-image-data':
    case 'same-pixels':
      return { title: equal[relation], meaning: equal.meaning[relation], sentences };
    default: {
      const verdict = relation ?? 'unknown';
      return { title: compare.verdicts[verdict], meaning: compare.meanings[verdict], sentences };
    }
  }
}
