import type { Place } from './zoom.ts';

/** Milliseconds after which the page has come to rest: until then a wheel that scrolls it goes on scrolling. */
const REST_MS = 400;

/** How fast a wheel zooms, by the pixel that it would scroll; a notch has some 100, a pinched touchpad a few. */
const PER_PIXEL = 0.002;
const PER_PINCHED_PIXEL = 0.01;

/** Pixels of one line, where a wheel counts in lines. */
const LINE = 16;

/**
 * Zooms by the wheel, in at any time, and out until the picture is whole: from there on it scrolls the page, so that
 * nobody is caught over a large picture. A touchpad's pinch comes as a wheel with the control key.
 * @returns stops following
 */
export function followWheel(
  element: HTMLElement,
  { isZoomed, onZoom }: { isZoomed(): boolean; onZoom(factor: number, place: Place): void },
): () => void {
  let scrolledAt = Number.NEGATIVE_INFINITY;
  const onScroll = () => {
    scrolledAt = performance.now();
  };
  const onWheel = (event: WheelEvent) => {
    const isScrolling = event.timeStamp - scrolledAt < REST_MS;
    const isOut = event.deltaY > 0;
    if (!event.ctrlKey && !isZoomed() && (isOut || isScrolling || scrollY > 0)) {
      return;
    }
    event.preventDefault();
    const { left, top } = element.getBoundingClientRect();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE : event.deltaY;
    const factor = Math.exp(-pixels * (event.ctrlKey ? PER_PINCHED_PIXEL : PER_PIXEL));
    onZoom(Math.min(2, Math.max(0.5, factor)), { x: event.clientX - left, y: event.clientY - top });
  };
  addEventListener('scroll', onScroll, { passive: true });
  // As an attribute it would be passive, and the page would scroll.
  element.addEventListener('wheel', onWheel, { passive: false });
  return () => {
    removeEventListener('scroll', onScroll);
    element.removeEventListener('wheel', onWheel);
  };
}
