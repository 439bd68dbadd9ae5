import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { texts } from '../texts/texts.ts';
import { copyText } from './copy-text.ts';

const SAID_MS = 1_500;

/** A command to be typed elsewhere, with a button that copies it. */
export function CommandLine({ command }: { readonly command: string }): JSX.Element {
  const said = useSignal('');
  const words = texts.firstRun;
  return (
    <div class="command">
      <code>{command}</code>
      <button
        type="button"
        onClick={async () => {
          said.value = (await copyText(command)) ? words.copied : words.notCopied;
          setTimeout(() => {
            said.value = '';
          }, SAID_MS);
        }}
      >
        {said.value || words.copy}
      </button>
    </div>
  );
}
