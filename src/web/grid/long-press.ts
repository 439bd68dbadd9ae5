import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

/** As long as phones take a press for a long one, milliseconds. */
const LONG_MS = 500;

/** A finger that moves farther scrolls, pixels. */
const STILL = 10;

type Handlers = Pick<
  JSX.HTMLAttributes<HTMLElement>,
  'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel' | 'onContextMenu' | 'onTouchEnd'
>;

/**
 * What to listen to for a finger that stays. Scrolling goes on as ever, for the browser takes that finger away; the
 * browser's own menu does not open beside ours, and the end of the press is no click.
 */
export function useLongPress(onLongPress: (() => void) | undefined): Handlers {
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const press = useRef({ x: 0, y: 0, isTouch: false, wasLong: false });
  if (onLongPress === undefined || navigator.maxTouchPoints === 0) {
    return {};
  }
  const stop = () => clearTimeout(timer.current);
  return {
    onPointerDown({ pointerType, clientX, clientY }) {
      stop();
      const isTouch = pointerType === 'touch';
      press.current = { x: clientX, y: clientY, isTouch, wasLong: false };
      if (isTouch) {
        timer.current = setTimeout(() => {
          press.current.wasLong = true;
          onLongPress();
        }, LONG_MS);
      }
    },
    onPointerMove({ clientX, clientY }) {
      const { x, y } = press.current;
      if (Math.hypot(clientX - x, clientY - y) > STILL) {
        stop();
      }
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu(event) {
      if (press.current.isTouch) {
        event.preventDefault();
      }
    },
    onTouchEnd(event) {
      if (press.current.wasLong) {
        event.preventDefault();
      }
    },
  };
}
