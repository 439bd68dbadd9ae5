import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { DropTarget } from './parts/drop-target.tsx';
import { Header } from './parts/header.tsx';
import { KeyList } from './parts/key-list.tsx';
import { StateBar } from './parts/state-bar.tsx';
import { followRuns } from './state/indexing.ts';
import { route } from './state/location.ts';
import { connection, trouble, watchServer } from './state/server.ts';
import { texts } from './texts/texts.ts';
import { CompareView } from './views/compare-view.tsx';
import { EntranceView } from './views/entrance-view.tsx';
import { EqualView } from './views/equal-view.tsx';
import { FolderView } from './views/folder-view.tsx';
import { HomeView } from './views/home-view.tsx';
import { KeyView } from './views/key-view.tsx';
import { LibraryView } from './views/library-view.tsx';
import { PictureView } from './views/picture-view.tsx';
import { SearchView } from './views/search-view.tsx';

export function App(): JSX.Element {
  useEffect(() => {
    document.documentElement.lang = texts.language;
    return watchServer();
  }, []);
  const state = connection.value;
  const isAdmin = state.kind === 'in' && state.scope === 'admin';
  useEffect(() => void (isAdmin && followRuns()), [isAdmin]);
  switch (state.kind) {
    case 'needs key':
      return <KeyView />;
    case 'in':
      return (
        <DropTarget>
          <Header />
          {/* It can be given the focus, so that who skips the header goes on from here. */}
          <main id="view" tabIndex={-1}>
            <View />
          </main>
          <StateBar status={state.status} />
          {trouble.value?.kind === 'needs key' && <KeyView isAgain />}
          <KeyList />
        </DropTarget>
      );
    default:
      return <EntranceView state={state} />;
  }
}

function View(): JSX.Element {
  const place = route.value;
  switch (place.view) {
    case 'home':
      return <HomeView />;
    case 'search':
      return <SearchView query={place.query} filter={place.filter} />;
    case 'picture':
      return <PictureView id={place.id} within={place.within} />;
    case 'compare':
      return <CompareView key={`${place.a} ${place.b}`} first={place.a} second={place.b} />;
    case 'folder':
      return <FolderView path={place.path} />;
    case 'equal':
      return <EqualView only={place.only ?? null} />;
    case 'library':
      return <LibraryView />;
  }
}
