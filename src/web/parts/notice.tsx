import type { JSX } from 'preact';
import { texts } from '../texts/texts.ts';

/** What stands in place of the page while nothing can be shown. */
export function Notice(props: {
  readonly text: string;
  readonly detail?: string;
  /** What the server says, in its own language. */
  readonly server?: string | null;
  readonly onRetry?: () => void;
  /** Whether something goes on meanwhile. */
  readonly isWorking?: boolean;
  /** Whether it is shown only when there is nothing else for a while. */
  readonly isLate?: boolean;
}): JSX.Element {
  const { isWorking = false, isLate = false } = props;
  return (
    <main class={isLate ? 'center late' : 'center'} aria-busy={isWorking || isLate}>
      <img src="./icon.svg" alt="" width="52" height="52" />
      <div role="status">
        <h1>{props.text}</h1>
        {props.detail && <p class="quiet">{props.detail}</p>}
        {props.server && (
          <p class="quiet" lang="en">
            {props.server}
          </p>
        )}
      </div>
      {isWorking && <progress aria-label={props.text} />}
      {props.onRetry && (
        <button type="button" class="primary" onClick={props.onRetry}>
          {texts.state.retry}
        </button>
      )}
    </main>
  );
}
