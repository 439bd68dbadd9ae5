import { useEffect, useRef } from 'preact/hooks';
import { isTyping } from '../parts/is-typing.ts';

interface ListKeys {
  /** Where there is no list, arrow keys are left alone. @param by 1 to the next, -1 to the previous one */
  readonly onStep?: (by: 1 | -1) => void;
  readonly onClose: () => void;
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowLeft: -1 };

/** Arrow keys step and Escape closes, wherever the focus is but in a field, and in a grid, whose arrows are its own. */
export function useListKeys(keys: ListKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key, shiftKey, defaultPrevented } = event;
      if (isTyping(event) || shiftKey || defaultPrevented) {
        return;
      }
      const isInGrid = target instanceof Element && target.closest('.grid') !== null;
      const step = isInGrid ? undefined : STEPS[key];
      if (step !== undefined && latest.current.onStep !== undefined) {
        event.preventDefault();
        latest.current.onStep(step);
      } else if (key === 'Escape') {
        latest.current.onClose();
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
