import type { JSX } from 'preact';
import type { JobAnswer } from '../../client/eidetic-client.ts';
import { stopRun } from '../state/indexing.ts';
import { texts } from '../texts/texts.ts';

/** How far an index run is that has not ended, and a way to end it. */
export function RunProgress({ run }: { readonly run: JobAnswer }): JSX.Element {
  const words = texts.runs;
  const { progress } = run;
  const total = progress?.phase === 'embed' ? progress.total : null;
  return (
    <div class="run-progress">
      {run.state !== 'queued' && (
        <progress
          aria-label={words.running}
          max={total ?? undefined}
          value={total === null ? undefined : (progress?.done ?? 0)}
        />
      )}
      <div class="run-line">
        <p role="status">{progressInWords(run)}</p>
        {run.state !== 'canceling' && (
          <button type="button" title={words.stopHint} onClick={() => void stopRun(run.id)}>
            {words.stop}
          </button>
        )}
      </div>
      {run.state === 'canceling' && <p class="quiet">{words.stopHint}</p>}
    </div>
  );
}

function progressInWords({ state, progress }: JobAnswer): string {
  const words = texts.runs;
  if (state !== 'running') {
    return words[state];
  }
  switch (progress?.phase) {
    case undefined:
      return words.begins;
    case 'wait':
      return words.waits;
    case 'scan':
      return words.scan(progress.done);
    case 'save':
      return words.save;
    case 'embed': {
      const failed = progress.failed === 0 ? [] : [words.embedFailed(progress.failed)];
      return [words.embed(progress.done, progress.total ?? progress.done), ...failed].join(' · ');
    }
  }
}
