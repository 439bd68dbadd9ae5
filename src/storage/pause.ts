const NOBODY_WAKES = new Int32Array(new SharedArrayBuffer(4));

/** Holds this thread. Only where calls are synchronous, and for milliseconds. */
export function pause(elapsedMs: number): void {
  Atomics.wait(NOBODY_WAKES, 0, 0, elapsedMs);
}
