import { useEffect, useMemo } from 'preact/hooks';
import type { Picture } from '../../client/eidetic-client.ts';
import { type Loaded, Loader } from './loaded.ts';
import { client } from './server.ts';

/**
 * A picture of the library, as far as it has come.
 * @param known what a list has told of it, shown until the answer is there; null for nothing
 */
export function usePicture(id: number, known: Picture | null = null): Loaded<Picture> {
  const loader = useMemo(() => new Loader<Picture>(), [id]);
  useEffect(() => {
    void loader.load((signal) => client.picture(id, signal));
    return () => loader.stop();
  }, [loader]);
  const state = loader.state.value;
  return state.kind === 'loading' && known !== null ? { kind: 'there', value: known } : state;
}
