import type { JSX } from 'preact';
import { EideticApiError } from '../../client/eidetic-client.ts';
import { texts } from '../texts/texts.ts';

/** Why something did not work: in plain words, and as the server has said it. */
export function Problem(props: {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly onClose?: () => void;
}): JSX.Element {
  const { error } = props;
  const problem = error instanceof EideticApiError ? error.problem : null;
  return (
    <div class="problem" role="alert">
      <strong>{plainWords(problem?.code)}</strong>
      {problem !== null && <p>{problem.detail}</p>}
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
    default:
      return words.title;
  }
}
