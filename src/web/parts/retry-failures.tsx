import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { RetryAnswer } from '../../client/eidetic-client.ts';
import { counts } from '../state/counts.ts';
import type { FailureChoice } from '../state/failures.ts';
import { indexFolders } from '../state/indexing.ts';
import { client, noteRefusal } from '../state/server.ts';
import { texts } from '../texts/texts.ts';
import { Problem } from './problem.tsx';

/**
 * Has failures read again in the next index run, and begins that run when asked to.
 * @param count how many failures the choice is of
 * @param isOne whether they are one, in a list of others
 */
export function RetryFailures(props: {
  readonly choice: FailureChoice;
  readonly count: number;
  readonly isOne?: boolean;
  /** Told when they are marked. */
  readonly onMarked?: () => void;
}): JSX.Element {
  const words = texts.failures;
  const answer = useSignal<RetryAnswer | null>(null);
  const error = useSignal<unknown>(null);
  const hasBegun = useSignal(false);
  const mark = async () => {
    error.value = null;
    try {
      answer.value = await client.retryFailures(props.choice);
      props.onMarked?.();
    } catch (refusal) {
      noteRefusal(refusal);
      error.value = refusal;
    }
  };
  const folders = (counts.value?.roots ?? []).filter(({ mayIndex }) => mayIndex).map(({ path }) => path);
  if (answer.value !== null) {
    const { marked, outside } = answer.value;
    return (
      <div class="retry" role="status">
        <p>{words.marked(marked)}</p>
        {outside > 0 && <p>{words.outside(outside)}</p>}
        {marked > 0 &&
          folders.length > 0 &&
          (hasBegun.value ? (
            <p>{words.begun}</p>
          ) : (
            <button
              type="button"
              onClick={async () => {
                hasBegun.value = await indexFolders(folders);
              }}
            >
              {words.runNow}
            </button>
          ))}
      </div>
    );
  }
  return (
    <div class="retry">
      <button type="button" onClick={() => void mark()}>
        {props.isOne ? words.retryOne : words.retry(props.count)}
      </button>
      {!props.isOne && <p class="quiet">{words.retryHint}</p>}
      {error.value !== null && (
        <Problem
          error={error.value}
          onClose={() => {
            error.value = null;
          }}
        />
      )}
    </div>
  );
}
