import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { searchLink } from '../state/given.ts';
import { texts } from '../texts/texts.ts';
import { linkOf } from './link-of.ts';

/** Takes the link of a picture somewhere else; only where the server fetches them. */
export function LinkField(): JSX.Element {
  const link = useSignal('');
  const isWrong = useSignal(false);
  const words = texts.give;
  return (
    <form
      class="link-field"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const url = linkOf(link.value);
        isWrong.value = url === null;
        if (url !== null) {
          searchLink(url);
        }
      }}
    >
      <label>
        <span>{words.link}</span>
        <input
          type="url"
          inputMode="url"
          placeholder="https://"
          value={link.value}
          aria-invalid={isWrong.value}
          aria-describedby={isWrong.value ? 'link-wrong' : undefined}
          onInput={(event) => {
            link.value = event.currentTarget.value;
            isWrong.value = false;
          }}
        />
      </label>
      <button type="submit">{words.linkSearch}</button>
      {isWrong.value && (
        <p id="link-wrong" role="alert">
          {words.linkWrong}
        </p>
      )}
    </form>
  );
}
