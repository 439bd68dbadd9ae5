import type { JSX } from 'preact';
import { shownText } from './file-name.ts';

/** A whole path, never cut: it breaks where it must, and its name stands out from the folders. */
export function ShownPath({ path }: { readonly path: string }): JSX.Element {
  const shown = shownText(path);
  const name = shown.lastIndexOf('/') + 1;
  return (
    <code class="path" dir="ltr">
      <span class="path-folders">{shown.slice(0, name)}</span>
      {shown.slice(name)}
    </code>
  );
}
