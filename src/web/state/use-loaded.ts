import { useEffect, useMemo } from 'preact/hooks';
import { type Loaded, Loader } from './loaded.ts';

/**
 * What a view asks of the server, as far as it has come.
 * @param causes when one of them has changed it is asked again, and what is there stays until the answer has come
 */
export function useLoaded<Value>(
  ask: (signal: AbortSignal) => Promise<Value>,
  causes: readonly unknown[] = [],
): Loaded<Value> {
  const loader = useMemo(() => new Loader<Value>(), []);
  useEffect(() => void loader.load(ask, true), causes);
  useEffect(() => () => loader.stop(), []);
  return loader.state.value;
}
