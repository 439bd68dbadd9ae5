import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { JobAnswer } from '../../client/eidetic-client.ts';
import { arrivals, hasEnded, indexing } from '../state/indexing.ts';
import { Runs } from '../state/runs.ts';
import { texts } from '../texts/texts.ts';
import { shownText } from './file-name.ts';
import { Problem } from './problem.tsx';
import { inTime } from './quantity.ts';
import { RunOutcome } from './run-outcome.tsx';
import { RunProgress } from './run-progress.tsx';

/** The index runs that this server was asked for. @property onFailures told the folder of a run whose failures are wanted; null when it had several */
export function RunList(props: { readonly onFailures: (folder: string | null) => void }): JSX.Element {
  const list = useMemo(() => new Runs(), []);
  const now = indexing.value;
  useEffect(() => void list.latest(), [list, now?.id, now?.state, arrivals.value]);
  useEffect(() => () => list.stop(), [list]);
  const words = texts.runs;
  const runs = list.runs.value.map((run) => (run.id === now?.id ? now : run));
  return (
    <section>
      <h2>{words.title}</h2>
      <p class="quiet">{words.hint}</p>
      {list.error.value !== null && <Problem error={list.error.value} onRetry={() => void list.latest()} />}
      {runs.length === 0 && list.isWhole.value && <p>{words.none}</p>}
      <ul class="cards">
        {runs.map((run) => (
          <RunCard key={run.id} run={run} onFailures={props.onFailures} />
        ))}
      </ul>
      {runs.length > 0 && !list.isWhole.value && (
        <button type="button" onClick={() => void list.more()}>
          {words.older}
        </button>
      )}
    </section>
  );
}

function RunCard(props: {
  readonly run: JobAnswer;
  readonly onFailures: (folder: string | null) => void;
}): JSX.Element {
  const words = texts.runs;
  const { run } = props;
  const [folder = null, ...others] = run.roots;
  const failed = (run.outcome?.failed ?? 0) + (run.outcome?.stillFailed ?? 0);
  const mood = run.state === 'done' ? 'good' : run.state === 'failed' ? 'warning' : '';
  return (
    <li class="card">
      <div class="card-head">
        <h3>
          {run.roots.map((root) => (
            <code key={root}>{shownText(root)}</code>
          ))}
        </h3>
        <span class={`mark ${mood}`}>{words[run.state]}</span>
      </div>
      {hasEnded(run) ? <RunOutcome run={run} /> : <RunProgress run={run} />}
      <div class="card-foot">
        <time class="quiet" dateTime={run.createdAt}>
          {inTime(run.endedAt ?? run.startedAt ?? run.createdAt)}
        </time>
        {failed > 0 && (
          <button type="button" onClick={() => props.onFailures(others.length === 0 ? folder : null)}>
            {words.showFailures}
          </button>
        )}
      </div>
    </li>
  );
}
