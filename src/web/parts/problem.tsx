import type { JSX } from 'preact';
import { EideticApiError } from '../../client/eidetic-client.ts';
import { trouble } from '../state/server.ts';
import { texts } from '../texts/texts.ts';

/**
 * Why something did not work: in plain words, and as the server has said it.
 * @property onClose for what a person has asked for, and is not asked again by itself
 */
export function Problem(props: {
  readonly error: unknown;
  /** What to say of it where more is known than its code tells; null for nothing else. */
  readonly words?: string | null;
  readonly onRetry?: () => void;
  readonly onClose?: () => void;
}): JSX.Element {
  const { error } = props;
  const problem = error instanceof EideticApiError ? error.problem : null;
  const met = trouble.value;
  if (props.onClose === undefined && met !== null && met.kind !== 'needs key') {
    return <p class="quiet">{texts.problem.waits}</p>; // it is asked again by itself, and the bar below tells why
  }
  return (
    <div class="problem" role="alert">
      <strong>{props.words ?? plainWords(problem?.code)}</strong>
      {problem !== null && <p lang="en">{problem.detail}</p>}
      {problem !== null && problem.status >= 500 && (
        <p class="quiet">{texts.problem.request(problem.requestId)}</p>
      )}
      <div class="buttons">
        {props.onRetry && (
          <button type="button" onClick={props.onRetry}>
            {texts.state.retry}
          </button>
        )}
        {props.onClose && (
          <button type="button" onClick={props.onClose}>
            {texts.actions.close}
          </button>
        )}
      </div>
    </div>
  );
}

function plainWords(code: string | undefined): string {
  const words = texts.problem;
  switch (code) {
    case undefined:
      return texts.state.offline;
    case 'IMAGE_TOO_LARGE':
      return words.tooLarge;
    case 'IMAGE_UNREADABLE':
      return words.unreadable;
    case 'FORMAT_UNSUPPORTED':
      return words.notPicture;
    case 'OVERLOADED':
    case 'RATE_LIMITED':
      return words.busy;
    case 'FORBIDDEN':
      return words.mayNot;
    case 'READ_ONLY':
      return words.readOnly;
    case 'STORAGE_FULL':
      return words.full;
    default:
      return words.title;
  }
}
