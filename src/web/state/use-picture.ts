import { useEffect, useMemo } from 'preact/hooks';
import type { Picture } from '../../client/eidetic-client.ts';
import { type Loaded, Loader } from './loaded.ts';
import { client } from './server.ts';

/** A picture of the library, as far as it has come. */
export function usePicture(id: number): Loaded<Picture> {
  const loader = useMemo(() => new Loader<Picture>(), []);
  useEffect(() => {
    void loader.load((signal) => client.picture(id, signal));
    return () => loader.stop();
  }, [id]);
  return loader.state.value;
}
