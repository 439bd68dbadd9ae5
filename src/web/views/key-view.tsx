import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { EideticApiError } from '../../client/eidetic-client.ts';
import { Problem } from '../parts/problem.tsx';
import { connection, enter } from '../state/server.ts';
import { texts } from '../texts/texts.ts';

/**
 * Asks for a key, which goes to the server once and is not kept here.
 * @param isAgain over a view that somebody has open, and that stays: the key of before has ended
 */
export function KeyView({ isAgain = false }: { readonly isAgain?: boolean }): JSX.Element {
  return isAgain ? (
    <KeyDialog />
  ) : (
    <main class="center">
      <img src="./icon.svg" alt="" width="52" height="52" />
      <KeyForm title={texts.key.title} hint={texts.key.hint} />
    </main>
  );
}

function KeyDialog(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const state = connection.value;
  const hadKey = state.kind === 'in' && state.hasKey;
  const [title, hint] = hadKey ? [texts.key.again, texts.key.againHint] : [texts.key.title, texts.key.hint];
  return (
    // Nothing goes on without a key, so that Escape does not close it; pressed twice, it cannot be kept from that.
    <dialog
      ref={dialog}
      aria-label={title}
      onCancel={(event) => event.preventDefault()}
      onClose={() => dialog.current?.showModal()}
    >
      <KeyForm title={title} hint={hint} />
    </dialog>
  );
}

function KeyForm({ title, hint }: { readonly title: string; readonly hint: string }): JSX.Element {
  const key = useSignal('');
  const error = useSignal<unknown>(null);
  const isAsking = useSignal(false);
  const words = texts.key;
  const wasWrong = error.value instanceof EideticApiError && error.value.problem.status === 401;
  return (
    <form
      class="key-form"
      onSubmit={async (event) => {
        event.preventDefault();
        error.value = null;
        isAsking.value = true;
        try {
          await enter(key.value.trim());
        } catch (refusal) {
          error.value = refusal;
        } finally {
          isAsking.value = false;
        }
      }}
    >
      <h1>{title}</h1>
      <p class="quiet">{hint}</p>
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
      {error.value !== null && !wasWrong && <Problem error={error.value} />}
      <button type="submit" class="primary" disabled={isAsking.value}>
        {words.enter}
      </button>
    </form>
  );
}
