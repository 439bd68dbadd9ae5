import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../texts/texts.ts';
import { isTyping } from './is-typing.ts';

/** Whether the list of keys is open. */
export const isKeyListOpen = signal(false);

/** The keys that the page knows; "?" opens the list. */
export function KeyList(): JSX.Element | null {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event)) {
        isKeyListOpen.value = true;
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return isKeyListOpen.value ? <OpenList /> : null;
}

function OpenList(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const words = texts.keyboard;
  return (
    <dialog
      ref={dialog}
      aria-label={words.title}
      onClose={() => {
        isKeyListOpen.value = false;
      }}
      // A picture behind it would take Escape and arrows for its own.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2>{words.title}</h2>
      <dl class="keys">
        {words.keys.map(([key = '', does]) => (
          <div key={`${key} ${does}`}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => dialog.current?.close()}>
        {texts.actions.close}
      </button>
    </dialog>
  );
}
