import type { JSX } from 'preact';
import type { Status } from '../../client/eidetic-client.ts';
import { connect, isOutdated, type Trouble, trouble } from '../state/server.ts';
import { answersAwaited } from '../state/waiting.ts';
import { texts } from '../texts/texts.ts';

/** Below the view, which stays as it is: what keeps it from going on, or what a person should know. */
export function StateBar({ status }: { readonly status: Status }): JSX.Element {
  const words = texts.state;
  const met = trouble.value;
  return (
    <div class="state-bar" role="status">
      {met !== null && met.kind !== 'needs key' && <TroubleLine met={met} />}
      {met === null && isOutdated.value && (
        <p>
          <span>{words.outdated}</span>
          <button type="button" onClick={() => location.reload()}>
            {words.reload}
          </button>
        </p>
      )}
      {met === null && status.problem !== null && (
        <details>
          <summary>{words.attention}</summary>
          <div lang="en">{status.problem}</div>
        </details>
      )}
      {met === null && answersAwaited.value > 0 && <p class="slow">{words.slow}</p>}
    </div>
  );
}

function TroubleLine({
  met,
}: {
  readonly met: Exclude<Trouble, { readonly kind: 'needs key' }>;
}): JSX.Element {
  const { text, hint } = wordsFor(met);
  return (
    <p>
      <span>
        <strong>{text}</strong> {hint}
      </span>
      {met.kind !== 'busy' && (
        <button type="button" onClick={() => void connect()}>
          {texts.state.retry}
        </button>
      )}
    </p>
  );
}

function wordsFor(met: Trouble): { readonly text: string; readonly hint: string | null } {
  const words = texts.state;
  if (met.kind !== 'not ready') {
    return met.kind === 'busy'
      ? { text: words.busy, hint: words.busyHint }
      : { text: words.offline, hint: words.offlineHint };
  }
  switch (met.status.state) {
    case 'lost':
      return { text: words.lost, hint: met.status.problem };
    case 'stopping':
      return { text: words.stopping, hint: words.stoppingHint };
    default:
      return { text: words.starting, hint: words.startingHint };
  }
}
