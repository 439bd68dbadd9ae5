/** The numbers from 0 to below a count, until a signal stops it. @throws the signal's reason */
export async function* positions(count: number, signal: AbortSignal): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) {
    signal.throwIfAborted();
    yield i;
  }
}
