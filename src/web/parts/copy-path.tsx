import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { texts } from '../texts/texts.ts';
import { copyText } from './copy-text.ts';
import { shownText } from './file-name.ts';

const SAID_MS = 2_000;

/** Copies a path as it is, with whatever a person cannot see in it. */
export function CopyPath({ path }: { readonly path: string }): JSX.Element {
  const said = useSignal('');
  const words = texts.actions;
  return (
    <>
      <button
        type="button"
        class="copy"
        aria-label={`${words.copyPath}: ${shownText(path)}`}
        onClick={async () => {
          said.value = (await copyText(path)) ? words.copied : words.notCopied;
          setTimeout(() => {
            said.value = '';
          }, SAID_MS);
        }}
      >
        {said.value || words.copyPath}
      </button>
      <span class="unseen" role="status">
        {said.value}
      </span>
    </>
  );
}
