import { type ReadonlySignal, signal } from '@preact/signals';

/** Whether fingers are what this device is held with: nothing hovers, and targets must be larger. */
export const isTouch: ReadonlySignal<boolean> = matching('(hover: none)');

function matching(query: string): ReadonlySignal<boolean> {
  const list = matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener('change', () => {
    matches.value = list.matches;
  });
  return matches;
}
