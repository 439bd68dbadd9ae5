import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Picture } from '../../client/eidetic-client.ts';
import { PictureGrid } from '../grid/picture-grid.tsx';
import { ChoosePicture } from '../parts/choose-picture.tsx';
import { fileName } from '../parts/file-name.ts';
import { IndexingProgress } from '../parts/indexing-progress.tsx';
import { Problem } from '../parts/problem.tsx';
import { refreshCounts } from '../state/counts.ts';
import { searchDropped } from '../state/dropped.ts';
import { arrivals } from '../state/indexing.ts';
import { goTo } from '../state/location.ts';
import { NewestPictures } from '../state/newest.ts';
import { texts } from '../texts/texts.ts';
import { EmptyLibrary } from './empty-library.tsx';

/** What is here, and where to drop a picture. */
export function HomeView(): JSX.Element {
  const newest = useMemo(() => new NewestPictures(), []);
  useEffect(() => {
    void newest.more();
    void refreshCounts();
    return () => newest.stop();
  }, [newest]);
  const { pictures, isEmpty, error } = newest;
  const seen = useRef(arrivals.value);
  useEffect(() => {
    if (seen.current !== arrivals.value) {
      seen.current = arrivals.value;
      void newest.again();
    }
  }, [newest, arrivals.value]);
  if (isEmpty.value) {
    return (
      <>
        <EmptyLibrary />
        <IndexingProgress />
      </>
    );
  }
  const words = texts.home;
  return (
    <>
      <section class="drop-here">
        <h1>{words.dropTitle}</h1>
        <p>{words.dropHint}</p>
        <ChoosePicture onPicture={(picture) => void searchDropped(picture)} />
      </section>
      <IndexingProgress />
      <h2>{words.newest}</h2>
      {error.value !== null && <Problem error={error.value} onRetry={() => void newest.more()} />}
      <PictureGrid<Picture>
        pictures={pictures.value}
        label={words.newest}
        captionOf={(picture) => fileName(picture)}
        onOpen={({ id }) =>
          goTo({ view: 'search', query: { kind: 'picture', id, region: null }, filter: {} })
        }
        onEnd={() => void newest.more()}
      />
    </>
  );
}
