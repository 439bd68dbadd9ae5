/** Where somebody was on a page of the history. */
interface Place {
  /** Pixels scrolled. */
  readonly top: number;
  /** The picture that had the focus. */
  readonly picture: string | null;
}

const KEPT = 'eidetic-places';
const MOST = 50;

/** A page that does not come to be as long as it was is left where it is after so long, milliseconds. */
const PATIENCE_MS = 5_000;

/** What says that somebody has taken over. */
const TAKING_OVER = ['wheel', 'pointerdown', 'keydown'] as const;

const places = new Map<string, Place>(kept());
let here = entry() ?? begin(0);
let isBack = places.has(here.name);
/** Whether the page is still scrolling back to where somebody was. */
let isOnTheWay = false;
let stop = (): void => {};

// The browser would scroll before there is anything to scroll to.
history.scrollRestoration = 'manual';
goBackTo(places.get(here.name));

/** Whether the place that is shown was come back to: by back, forward or reload. */
export function isReturn(): boolean {
  return isBack;
}

/** Whether something of this page lies behind in the history. */
export function hasBehind(): boolean {
  return here.steps > 0;
}

/** Keeps where somebody is, before the page shows another place. */
export function leave(): void {
  if (isOnTheWay) {
    return; // who goes on before the place has been reached has not left it elsewhere
  }
  const focused = document.activeElement;
  const picture = focused instanceof HTMLElement ? (focused.dataset['picture'] ?? null) : null;
  places.delete(here.name);
  places.set(here.name, { top: scrollY, picture });
  sessionStorage.setItem(KEPT, JSON.stringify([...places].slice(-MOST)));
}

/** Shows the place that the history is at now from where somebody left it, or a new one from its top. */
export function arrive(): void {
  const known = entry();
  isBack = known !== null;
  here = known ?? begin(here.steps + 1);
  goBackTo(places.get(here.name));
}

function goBackTo({ top, picture }: Place = { top: 0, picture: null }): void {
  stop();
  const until = performance.now() + PATIENCE_MS;
  const over = new AbortController();
  isOnTheWay = true;
  stop = () => {
    isOnTheWay = false;
    over.abort();
  };
  for (const name of TAKING_OVER) {
    addEventListener(name, stop, { capture: true, passive: true, signal: over.signal });
  }
  // A list is as long as what has come of it, and comes on when its end is seen: again until it is long enough.
  const step = () => {
    if (over.signal.aborted) {
      return;
    }
    if (Math.abs(scrollY - top) > 1) {
      scrollTo({ top });
    }
    const isThere = Math.abs(scrollY - top) <= 1 && (picture === null || hasFocused(picture));
    if (isThere || performance.now() > until) {
      stop();
    } else {
      requestAnimationFrame(step);
    }
  };
  requestAnimationFrame(step);
}

function hasFocused(picture: string): boolean {
  const tile = document.querySelector<HTMLElement>(`[data-picture="${CSS.escape(picture)}"]`);
  tile?.focus({ preventScroll: true });
  return tile !== null;
}

/** What the history keeps of an entry; null for one that the page has not begun. */
function entry(): { readonly name: string; readonly steps: number } | null {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'name' in state && 'steps' in state
    ? { name: String(state.name), steps: Number(state.steps) }
    : null;
}

function begin(steps: number): { readonly name: string; readonly steps: number } {
  const begun = { name: Math.random().toString(36).slice(2), steps };
  history.replaceState(begun, '');
  return begun;
}

function kept(): Array<[string, Place]> {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? '[]') as Array<[string, Place]>;
  } catch {
    return []; // what another version has kept
  }
}
