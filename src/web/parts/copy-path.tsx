import type { JSX } from 'preact';
import { texts } from '../texts/texts.ts';
import { shownText } from './file-name.ts';
import { useCopying } from './use-copying.ts';

/** Copies a path as it is, with whatever a person cannot see in it. */
export function CopyPath({ path }: { readonly path: string }): JSX.Element {
  const { said, copy } = useCopying(path);
  const words = texts.actions;
  return (
    <>
      <button type="button" class="copy" aria-label={`${words.copyPath}: ${shownText(path)}`} onClick={copy}>
        {said || words.copyPath}
      </button>
      <span class="unseen" role="status">
        {said}
      </span>
    </>
  );
}
