import type { Place } from './zoom.ts';

/** What fingers and the mouse do to a picture; places and ways in CSS pixels. */
export interface GestureTargets {
  /** Whether it is larger than its area, so that one finger moves it instead of turning the page. */
  isZoomed(): boolean;
  onMove(dx: number, dy: number): void;
  onPinch(factor: number, place: Place): void;
  onDoubleTap(place: Place): void;
  /** One finger draws a picture aside, `dx` from where it began; null when it is let go without a step. */
  onDraw(dx: number | null): void;
  /** @param by 1 to the next picture, -1 to the previous one */
  onSwipe(by: 1 | -1): void;
}

/** Two taps are one gesture when they are so near in time and place. */
const DOUBLE_MS = 350;
const DOUBLE_WAY = 30;

/** A finger that goes less far has tapped. */
const TAP_WAY = 10;

/** A picture that was drawn so far aside gives way to the next. */
const SWIPE_WAY = 60;

interface Finger {
  readonly from: Place;
  at: Place;
}

/**
 * Follows pointers over an element and tells what they mean: two pinch, one moves what is zoomed, else, if it is a finger,
 * draws the picture aside. A gesture that has begun as one with two fingers never ends as a swipe.
 * @returns stops following
 */
export function followPointers(element: HTMLElement, targets: GestureTargets): () => void {
  const fingers = new Map<number, Finger>();
  let mayStep = false;
  let lastTap: { readonly at: Place; readonly timeMs: number } | null = null;

  const placeOf = ({ clientX, clientY }: PointerEvent): Place => {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) {
      return;
    }
    const at = placeOf(event);
    element.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { from: at, at });
    mayStep = fingers.size === 1 && event.pointerType !== 'mouse' && !targets.isZoomed();
    if (fingers.size === 2) {
      targets.onDraw(null);
    }
  };
  const onMove = (event: PointerEvent) => {
    const finger = fingers.get(event.pointerId);
    if (finger === undefined) {
      return;
    }
    const [before, at] = [finger.at, placeOf(event)];
    const other = [...fingers.values()].find((candidate) => candidate !== finger);
    finger.at = at;
    if (other !== undefined) {
      const middle = { x: (at.x + other.at.x) / 2, y: (at.y + other.at.y) / 2 };
      targets.onPinch(wayBetween(at, other.at) / Math.max(1, wayBetween(before, other.at)), middle);
    } else if (targets.isZoomed()) {
      targets.onMove(at.x - before.x, at.y - before.y);
    } else if (mayStep) {
      targets.onDraw(at.x - finger.from.x);
    }
  };
  const tap = (at: Place, timeMs: number) => {
    const isSecond =
      lastTap !== null && timeMs - lastTap.timeMs < DOUBLE_MS && wayBetween(lastTap.at, at) < DOUBLE_WAY;
    lastTap = isSecond ? null : { at, timeMs };
    if (isSecond) {
      targets.onDoubleTap(at);
    }
  };
  const swipe = (dx: number, dy: number) => {
    if (Math.abs(dx) > SWIPE_WAY && Math.abs(dx) > Math.abs(dy) * 1.5) {
      targets.onSwipe(dx < 0 ? 1 : -1);
    }
  };
  const onUp = (event: PointerEvent) => {
    const finger = fingers.get(event.pointerId);
    fingers.delete(event.pointerId);
    if (finger === undefined || fingers.size > 0) {
      return;
    }
    const at = placeOf(event);
    if (wayBetween(finger.from, at) < TAP_WAY) {
      tap(at, event.timeStamp);
    } else if (mayStep) {
      swipe(at.x - finger.from.x, at.y - finger.from.y);
    }
    targets.onDraw(null);
    mayStep = false;
  };
  /** The browser has taken the finger, to scroll the page. */
  const onCancel = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    mayStep = false;
    targets.onDraw(null);
  };
  const listeners = { pointerdown: onDown, pointermove: onMove, pointerup: onUp, pointercancel: onCancel };
  for (const [type, listener] of Object.entries(listeners)) {
    element.addEventListener(type, listener as EventListener);
  }
  return () => {
    for (const [type, listener] of Object.entries(listeners)) {
      element.removeEventListener(type, listener as EventListener);
    }
  };
}

function wayBetween(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
