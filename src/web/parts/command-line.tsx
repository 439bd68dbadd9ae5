import type { JSX } from 'preact';
import { texts } from '../texts/texts.ts';
import { useCopying } from './use-copying.ts';

/** A command to be typed elsewhere, with a button that copies it. */
export function CommandLine({ command }: { readonly command: string }): JSX.Element {
  const { said, copy } = useCopying(command);
  return (
    <div class="command">
      <code>{command}</code>
      <button type="button" onClick={copy}>
        {said || texts.firstRun.copy}
      </button>
    </div>
  );
}
