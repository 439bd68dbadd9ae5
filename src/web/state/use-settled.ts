import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Who turns pages with a key held down does not look at them. */
const SETTLED_MS = 150;

/** A value once it has stayed the same for a moment; the first one at once. */
export function useSettled<Value>(value: Value): Value {
  const settled = useSignal(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      settled.value = value;
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled.value;
}
