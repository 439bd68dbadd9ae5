import { computed, signal } from '@preact/signals';
import { formatRoute, parseRoute, type Route } from '../route.ts';
import { arrive, hasBehind, leave } from './places.ts';

const hash = signal(location.hash);

/** Back, forward, and links. Where the address stays the same, what was looked at there may still be another place. */
addEventListener('popstate', () => {
  leave();
  arrive();
  hash.value = location.hash;
});
addEventListener('pagehide', leave);

/** Where the page is: its address, so that back, forward, reload and a shared link lead to the same. */
export const route = computed(() => parseRoute(hash.value));

/** @param isStep whether "back" leads here again; a filter that is being typed takes the place of the one before */
export function goTo(next: Route, { isStep = true } = {}): void {
  const address = formatRoute(next);
  if (isStep) {
    if (address !== location.hash) {
      leave();
      history.pushState(null, '', address);
      arrive();
    }
  } else {
    history.replaceState(history.state, '', address);
  }
  hash.value = address;
}

/** Where one came from in this page; whoever came by a link from elsewhere goes to a place of it instead. */
export function goBack(otherwise: Route): void {
  if (hasBehind()) {
    history.back();
  } else {
    goTo(otherwise, { isStep: false });
  }
}
