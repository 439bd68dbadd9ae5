import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { texts } from '../texts/texts.ts';

/** Asks for a picture of this device, and with fingers for one of its camera. */
export function ChoosePicture(props: {
  readonly onPicture: (picture: File) => void;
  readonly isSmall?: boolean;
}): JSX.Element {
  const words = texts.home;
  return (
    <>
      <AskForFile
        name={words.choose}
        shown={props.isSmall ? words.chooseShort : words.choose}
        class={props.isSmall ? 'small' : 'primary'}
        onPicture={props.onPicture}
      />
      {!props.isSmall && (
        <AskForFile
          name={texts.give.camera}
          shown={texts.give.camera}
          class="for-touch"
          isCamera
          onPicture={props.onPicture}
        />
      )}
    </>
  );
}

function AskForFile(props: {
  readonly name: string;
  readonly shown: string;
  readonly class: string;
  readonly isCamera?: boolean;
  readonly onPicture: (picture: File) => void;
}): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={props.class} onClick={() => input.current?.click()}>
        {props.shown}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        {...(props.isCamera ? { capture: 'environment' as const } : {})}
        class="unseen"
        tabIndex={-1}
        aria-hidden="true"
        aria-label={props.name}
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
