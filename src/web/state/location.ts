import { computed, signal } from '@preact/signals';
import { formatRoute, parseRoute, type Route } from '../route.ts';

const hash = signal(location.hash);

/** How many steps lie behind an entry of the history in this page; kept beside it, so that a reload knows it too. */
function stepsBehind(): number | null {
  const state: unknown = history.state;
  return typeof state === 'number' ? state : null;
}

let steps = stepsBehind() ?? 0;
history.replaceState(steps, '');

addEventListener('hashchange', () => {
  steps = stepsBehind() ?? steps + 1; // an entry that is not numbered yet is a new one
  history.replaceState(steps, '');
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
    history.replaceState(steps, '', address);
    hash.value = address;
  }
}

/** Where one came from in this page; whoever came by a link from elsewhere goes to a place of it instead. */
export function goBack(otherwise: Route): void {
  if (steps > 0) {
    history.back();
  } else {
    goTo(otherwise, { isStep: false });
  }
}
