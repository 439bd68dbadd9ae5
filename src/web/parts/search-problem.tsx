import type { JSX } from 'preact';
import { EideticApiError } from '../../client/eidetic-client.ts';
import type { Query } from '../route.ts';
import { searchDropped } from '../state/dropped.ts';
import { isForgotten } from '../state/search.ts';
import { texts } from '../texts/texts.ts';
import { ChoosePicture } from './choose-picture.tsx';
import { Problem } from './problem.tsx';

interface SearchProblemProps {
  readonly query: Query;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Why a search was not answered, in the words of who searches. */
export function SearchProblem({ query, error, onRetry }: SearchProblemProps): JSX.Element {
  if (isAboutDropped(query) && isForgotten(error)) {
    return (
      <div class="nothing">
        <p role="alert">{texts.results.expired}</p>
        <div class="buttons">
          <ChoosePicture onPicture={(picture) => void searchDropped(picture)} />
        </div>
      </div>
    );
  }
  return <Problem error={error} words={query.kind === 'url' ? wordsOfLink(error) : null} onRetry={onRetry} />;
}

function isAboutDropped(query: Query): boolean {
  const isHash = (example: number | string) => typeof example === 'string';
  return (
    query.kind === 'dropped' ||
    (query.kind === 'examples' && [...query.positive, ...query.negative].some(isHash))
  );
}

function wordsOfLink(error: unknown): string | null {
  const words = texts.give;
  switch (error instanceof EideticApiError ? error.problem.code : null) {
    case 'FORBIDDEN':
      return words.linkForbidden;
    case 'NOT_FOUND':
      return words.linkNotFound;
    case 'INVALID_INPUT':
      return words.linkWrong;
    case 'FORMAT_UNSUPPORTED':
      return words.linkNoPicture;
    default:
      return null;
  }
}
