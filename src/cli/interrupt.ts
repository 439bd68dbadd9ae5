/**
 * A signal that Ctrl-C and SIGTERM abort, so that what is finished can be kept. A second Ctrl-C ends the process
 * at once, which loses nothing that was committed.
 * @param onFirst told when the first one comes
 */
export function abortOnInterrupt(onFirst: () => void): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      // As the system ends a process that has no handler: leaving in order, threads in the middle of a forward pass
      // would be torn down, which aborts.
      process.removeAllListeners(name);
      process.kill(process.pid, name);
      return;
    }
    controller.abort();
    onFirst();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    dispose() {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
