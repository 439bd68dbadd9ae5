import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

/** Until a thumbnail that has not come is asked for again: the server may be busy, restarting, or asked too often. */
const RETRY_MS = [2_000, 10_000, 30_000];

/** What to listen to at an image, so that it comes when it can, and a browser's sign for a broken one is not shown. */
export function useRetry(): Pick<JSX.HTMLAttributes<HTMLImageElement>, 'onError' | 'onLoad'> {
  const tries = useRef(0);
  return {
    onError({ currentTarget: image }) {
      image.classList.add('missing');
      const wait = RETRY_MS[tries.current++];
      if (wait !== undefined) {
        setTimeout(() => {
          if (image.isConnected) {
            image.setAttribute('src', image.src);
          }
        }, wait);
      }
    },
    onLoad({ currentTarget: image }) {
      image.classList.remove('missing');
    },
  };
}
