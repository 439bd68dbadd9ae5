import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { enter } from '../state/server.ts';
import { texts } from '../texts/texts.ts';

/** Asks for a key, which goes to the server once and is not kept here. */
export function KeyView({ wasWrong }: { readonly wasWrong: boolean }): JSX.Element {
  const key = useSignal('');
  const words = texts.key;
  return (
    <main class="center">
      <form
        class="key-form"
        onSubmit={(event) => {
          event.preventDefault();
          void enter(key.value.trim());
        }}
      >
        <h1>{words.title}</h1>
        <label>
          {words.label}
          <input
            type="password"
            autocomplete="current-password"
            required
            value={key.value}
            aria-invalid={wasWrong}
            onInput={(event) => {
              key.value = event.currentTarget.value;
            }}
          />
        </label>
        {wasWrong && <p role="alert">{words.wrong}</p>}
        <button type="submit" class="primary">
          {words.enter}
        </button>
      </form>
    </main>
  );
}
