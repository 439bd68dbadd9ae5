import type { JSX } from 'preact';
import type { CompareAnswer } from '../../client/eidetic-client.ts';
import { texts } from '../texts/texts.ts';
import { verdictWords } from './verdict-words.ts';

/** What two pictures are to each other, in sentences. @property answer null as long as nobody knows */
export function Verdict({ answer }: { readonly answer: CompareAnswer | null }): JSX.Element {
  if (answer === null) {
    return (
      <div class="verdict" role="status">
        <h1>{texts.compare.looking}</h1>
      </div>
    );
  }
  const { title, meaning, sentences } = verdictWords(answer, texts);
  return (
    <div class="verdict" role="status">
      <h1>{title}</h1>
      <p class="quiet">{meaning}</p>
      {sentences.map((sentence) => (
        <p key={sentence} lang="en">
          {sentence}
        </p>
      ))}
    </div>
  );
}
