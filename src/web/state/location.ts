import { computed, signal } from '@preact/signals';
import { formatRoute, parseRoute, type Route } from '../route.ts';

const hash = signal(location.hash);

addEventListener('hashchange', () => {
  hash.value = location.hash;
});

/** Where the page is: its address, so that back, forward, reload and a shared link lead to the same. */
export const route = computed(() => parseRoute(hash.value));

/** @param isStep whether "back" leads here again; a filter that is being typed takes the place of the one before */
export function goTo(next: Route, { isStep = true } = {}): void {
  const address = formatRoute(next);
  if (isStep) {
    location.hash = address;
  } else {
    history.replaceState(null, '', address);
    hash.value = address;
  }
}
