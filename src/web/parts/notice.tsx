import type { JSX } from 'preact';
import { texts } from '../texts/texts.ts';

/** What stands in place of a view that cannot be shown. */
export function Notice(props: {
  readonly text: string;
  readonly detail?: string | null;
  readonly onRetry?: () => void;
}): JSX.Element {
  return (
    <div class="center notice" role="status">
      <h1>{props.text}</h1>
      {props.detail && <p>{props.detail}</p>}
      {props.onRetry && (
        <button type="button" class="primary" onClick={props.onRetry}>
          {texts.state.retry}
        </button>
      )}
    </div>
  );
}
