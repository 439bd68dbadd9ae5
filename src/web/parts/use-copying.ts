import { useSignal } from '@preact/signals';
import { texts } from '../texts/texts.ts';
import { copyText } from './copy-text.ts';

const SAID_MS = 2_000;

/** Puts a text into the clipboard when asked to. @returns what is to be said of that for a moment; else nothing */
export function useCopying(text: string): { readonly said: string; readonly copy: () => Promise<void> } {
  const said = useSignal('');
  const words = texts.actions;
  return {
    said: said.value,
    async copy() {
      said.value = (await copyText(text)) ? words.copied : words.notCopied;
      setTimeout(() => {
        said.value = '';
      }, SAID_MS);
    },
  };
}
