import type { JSX } from 'preact';
import type { LibraryAnswer } from '../../client/eidetic-client.ts';
import { connection, leave } from '../state/server.ts';
import { texts } from '../texts/texts.ts';
import { shownText } from './file-name.ts';
import { isKeyListOpen } from './key-list.tsx';
import { readableBytes } from './readable-bytes.ts';

/** Below it a library that is still growing soon meets the end of its disk. */
const SCARCE_BYTES = 2_000_000_000;

/** How the server is, where the library lies, and what this browser may do. */
export function ServerFacts({ library }: { readonly library: LibraryAnswer }): JSX.Element | null {
  const words = texts.server;
  const state = connection.value;
  if (state.kind !== 'in') {
    return null;
  }
  const { path, freeBytes, isReadOnly } = library;
  const isScarce = freeBytes !== null && freeBytes < SCARCE_BYTES;
  const isWell = state.status.problem === null && !isScarce && !isReadOnly;
  return (
    <section>
      <h2>{words.title}</h2>
      {isWell && <p>{words.well}</p>}
      {state.status.problem !== null && (
        <p class="warning" lang="en">
          {state.status.problem}
        </p>
      )}
      {isScarce && <p class="warning">{words.scarce}</p>}
      {isReadOnly && <p>{words.readOnly}</p>}
      <dl class="about">
        <div>
          <dt>{words.version}</dt>
          <dd>Eidetic {state.status.version}</dd>
        </div>
        {path !== null && (
          <div>
            <dt>{words.place}</dt>
            <dd>
              <code>{shownText(path)}</code>
            </dd>
          </div>
        )}
        {freeBytes !== null && (
          <div>
            <dt>{words.free}</dt>
            <dd>{readableBytes(freeBytes, texts.language)}</dd>
          </div>
        )}
        <div>
          <dt>{words.access}</dt>
          <dd>{words.scopes[state.scope]}</dd>
        </div>
      </dl>
      <p>{state.hasKey ? words.keysNeeded : words.keysNotNeeded}</p>
      <div class="buttons">
        {state.hasKey && (
          <button type="button" onClick={() => void leave()}>
            {texts.key.leave}
          </button>
        )}
        <button
          type="button"
          onClick={() => {
            isKeyListOpen.value = true;
          }}
        >
          {words.keyboard}
        </button>
        <a class="button" href="docs">
          {words.docs}
        </a>
      </div>
    </section>
  );
}
