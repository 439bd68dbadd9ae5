import type { JSX } from 'preact';
import type { RootsAnswer } from '../../client/eidetic-client.ts';
import { indexFolders } from '../state/indexing.ts';
import { connection } from '../state/server.ts';
import { texts } from '../texts/texts.ts';
import { shownText } from './file-name.ts';
import { FileSum } from './library-numbers.tsx';
import { inTime } from './quantity.ts';

type Folder = RootsAnswer['roots'][number];

/** One folder of the library: whether it can be seen, what it holds, and by which rules. */
export function FolderCard({ folder }: { readonly folder: Folder }): JSX.Element {
  const words = texts.library;
  const state = connection.value;
  const isAdmin = state.kind === 'in' && state.scope === 'admin';
  const { look, lastJob } = folder;
  return (
    <li class="card">
      <div class="card-head">
        <h3>
          <code>{shownText(folder.path)}</code>
        </h3>
        <FolderState folder={folder} />
      </div>
      {(look.state === 'away' || (look.state === 'empty' && folder.files > 0)) && (
        <p>{words.awayHint(look.reason)}</p>
      )}
      <FileSum counts={folder} />
      <p class="quiet">{words.rules(rulesInWords(folder.rules))}</p>
      {isAdmin && (
        <div class="card-foot">
          <p class="quiet">{lastJob === null ? words.noLastRun : words.lastRun(inTime(lastJob.endedAt))}</p>
          <IndexAgain folder={folder} />
        </div>
      )}
    </li>
  );
}

function IndexAgain({
  folder: { path, look, openJob, mayIndex },
}: {
  readonly folder: Folder;
}): JSX.Element | null {
  const words = texts.library;
  const isBusy = openJob !== null && ['queued', 'running', 'canceling'].includes(openJob.state);
  if (look.state === 'away') {
    return null; // what is not there cannot be indexed from anywhere
  }
  return mayIndex ? (
    <button type="button" disabled={isBusy} onClick={() => void indexFolders([path])}>
      {words.index}
    </button>
  ) : (
    <p class="quiet">{words.mayNotIndex}</p>
  );
}

function FolderState({ folder: { look, openJob, files } }: { readonly folder: Folder }): JSX.Element {
  const words = texts.library;
  switch (openJob?.state) {
    case 'running':
    case 'canceling':
      return <span class="mark going-on">{words.runsNow}</span>;
    case 'queued':
      return <span class="mark">{words.runWaits}</span>;
    default:
  }
  if (look.state === 'away' || look.state === 'unknown' || (look.state === 'empty' && files > 0)) {
    return <span class="mark warning">{words[look.state]}</span>;
  }
  return openJob === null ? (
    <span class="mark good">{words[look.state]}</span>
  ) : (
    <span class="mark warning">{words.unfinished}</span>
  );
}

function rulesInWords(rules: Folder['rules']): string {
  const words = texts.library;
  const parts = [
    ...(rules?.includeHidden ? [words.hidden] : []),
    ...(rules?.followSymlinks ? [words.links] : []),
    ...(rules && rules.exclude.length > 0 ? [words.without(rules.exclude.map(shownText).join(', '))] : []),
  ];
  return parts.length === 0 ? words.noRules : parts.join('; ');
}
