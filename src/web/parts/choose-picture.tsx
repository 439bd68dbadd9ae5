import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { texts } from '../texts/texts.ts';

/** Asks for a picture of this device; on a phone, its camera too. */
export function ChoosePicture(props: {
  readonly onPicture: (picture: File) => void;
  readonly isSmall?: boolean;
}): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class={props.isSmall ? 'small' : 'primary'}
        onClick={() => input.current?.click()}
      >
        {props.isSmall ? texts.home.chooseShort : texts.home.choose}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        class="unseen"
        tabIndex={-1}
        aria-label={texts.home.choose}
        onChange={(event) => {
          const [picture] = event.currentTarget.files ?? [];
          if (picture !== undefined) {
            props.onPicture(picture);
            event.currentTarget.value = ''; // so that the same one can be chosen again
          }
        }}
      />
    </>
  );
}
