import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Picture } from '../../client/eidetic-client.ts';
import { PictureGrid } from '../grid/picture-grid.tsx';
import { ChoosePicture } from '../parts/choose-picture.tsx';
import { fileName } from '../parts/file-name.ts';
import { MenuButton } from '../parts/hit-actions.tsx';
import { PictureMarks } from '../parts/hit-caption.tsx';
import { IndexingProgress } from '../parts/indexing-progress.tsx';
import { LinkField } from '../parts/link-field.tsx';
import { PictureMenu } from '../parts/picture-menu.tsx';
import { Problem } from '../parts/problem.tsx';
import { formatRoute } from '../route.ts';
import { counts, refreshCounts } from '../state/counts.ts';
import { searchDropped } from '../state/dropped.ts';
import { fetchesUrls } from '../state/given.ts';
import { arrivals } from '../state/indexing.ts';
import { goTo } from '../state/location.ts';
import { newest } from '../state/newest.ts';
import { isReturn } from '../state/places.ts';
import { useTitle } from '../state/use-title.ts';
import { texts } from '../texts/texts.ts';
import { EmptyLibrary } from './empty-library.tsx';
import { actionsOf } from './picture-actions.ts';

/** Who has scrolled farther looks at pictures, and these must not move, pixels. */
const AT_TOP = 200;

/** What is here, and where to drop a picture. */
export function HomeView(): JSX.Element {
  useTitle('');
  const lookForNewer = () => void newest.again(scrollY > AT_TOP);
  useEffect(() => {
    void refreshCounts();
    void newest.again(isReturn());
    const onSeen = () => {
      if (document.visibilityState === 'visible') {
        lookForNewer();
        void refreshCounts();
      }
    };
    document.addEventListener('visibilitychange', onSeen);
    return () => document.removeEventListener('visibilitychange', onSeen);
  }, []);
  const seen = useRef(arrivals.value);
  useEffect(() => {
    if (seen.current !== arrivals.value) {
      seen.current = arrivals.value;
      lookForNewer();
    }
  }, [arrivals.value]);
  if (newest.isEmpty.value) {
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
        <h1>
          <span class="for-mouse">{words.dropTitle}</span>
          <span class="for-touch">{texts.give.touchTitle}</span>
        </h1>
        <p class="for-mouse">{words.dropHint}</p>
        <div class="buttons">
          <ChoosePicture onPicture={(picture) => void searchDropped(picture)} />
        </div>
        {fetchesUrls() && <LinkField />}
      </section>
      <IndexingProgress />
      <Newest />
    </>
  );
}

function Newest(): JSX.Element {
  const menuOf = useSignal<Picture | null>(null);
  const { pictures, error, waiting } = newest;
  const openMenu = (picture: Picture) => {
    menuOf.value = picture;
  };
  const words = texts.home;
  const menu = menuOf.value;
  const roots = counts.value?.roots.length ?? 0;
  return (
    <section>
      <div class="newest-head">
        <h2>{words.newest}</h2>
        {roots > 0 && <a href={formatRoute({ view: 'library' })}>{texts.give.folders(roots)}</a>}
      </div>
      {waiting.value !== null && (
        <button type="button" class="newer" onClick={() => showNewer()}>
          {texts.give.newer(newest.fresh)}
        </button>
      )}
      <PictureGrid<Picture>
        pictures={pictures.value}
        label={words.newest}
        captionOf={(picture) => <span class="tile-name">{fileName(picture)}</span>}
        marksOf={(picture) => <PictureMarks picture={picture} />}
        onOpen={({ id }) =>
          goTo({ view: 'search', query: { kind: 'picture', id, region: null }, filter: {} })
        }
        onMenu={openMenu}
        actionsOf={(picture, isReachable) => (
          <MenuButton isReachable={isReachable} onMenu={() => openMenu(picture)} />
        )}
        {...(newest.isWhole.value ? {} : { onEnd: () => void newest.more() })}
      />
      {error.value !== null && <Problem error={error.value} onRetry={() => void newest.more()} />}
      {menu !== null && (
        <PictureMenu
          picture={menu}
          actions={[
            {
              name: texts.actions.open,
              onChoose: () => goTo({ view: 'picture', id: menu.id, within: null }),
            },
            ...actionsOf(menu),
          ]}
          onClose={() => {
            menuOf.value = null;
          }}
        />
      )}
    </section>
  );
}

function showNewer(): void {
  newest.showWaiting();
  scrollTo({ top: 0 });
}
