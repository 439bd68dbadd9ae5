import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { texts } from '../texts/texts.ts';

/**
 * A picture as its quickest copy, until a larger one has come: they lie upon each other, so that nothing jumps. What was
 * once shown larger stays, until something larger still is there.
 */
export function PictureImages(props: {
  readonly name: string;
  /** Addresses. */
  readonly small: string;
  readonly large: string;
  /** Told of an address that nothing came from. */
  readonly onMissing: (address: string) => void;
}): JSX.Element {
  const { small, large } = props;
  const asked = useRef<readonly string[]>([small]);
  const come = useSignal<readonly string[]>([]);
  const missing = useSignal<readonly string[]>([]);
  if (!asked.current.includes(large)) {
    asked.current = [...asked.current, large];
  }
  const best = asked.current.findLast((address) => come.value.includes(address)) ?? null;
  const isMissing = asked.current.every((address) => missing.value.includes(address));
  if (isMissing) {
    return (
      <p class="not-shown" role="alert">
        {texts.picture.cannotShow}
      </p>
    );
  }
  return (
    <>
      {asked.current.map((address) => (
        <img
          key={address}
          class={`layer ${address === best ? '' : 'to-come'}`}
          src={address}
          alt={address === small ? props.name : ''}
          draggable={false}
          onLoad={() => {
            come.value = [...come.value, address];
          }}
          onError={() => {
            missing.value = [...missing.value, address];
            props.onMissing(address);
          }}
        />
      ))}
    </>
  );
}
