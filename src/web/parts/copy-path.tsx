import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { texts } from '../texts/texts.ts';

const SAID_MS = 1_500;

/** Copies a path as it is, with whatever a person cannot see in it. */
export function CopyPath({ path }: { readonly path: string }): JSX.Element | null {
  const isCopied = useSignal(false);
  if (!('clipboard' in navigator)) {
    return null; // a page over plain http from another machine may not
  }
  return (
    <button
      type="button"
      onClick={async () => {
        await navigator.clipboard.writeText(path);
        isCopied.value = true;
        setTimeout(() => {
          isCopied.value = false;
        }, SAID_MS);
      }}
    >
      {isCopied.value ? texts.actions.copied : texts.actions.copyPath}
    </button>
  );
}
