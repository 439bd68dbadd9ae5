import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { DropTarget } from './parts/drop-target.tsx';
import { Header } from './parts/header.tsx';
import { Notice } from './parts/notice.tsx';
import { route } from './state/location.ts';
import { connect, connection } from './state/server.ts';
import { texts } from './texts/texts.ts';
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
    void connect();
  }, []);
  const state = connection.value;
  switch (state.kind) {
    case 'connecting':
      return <main class="center" aria-busy="true" />;
    case 'offline':
      return <Notice text={texts.state.offline} onRetry={() => void connect()} />;
    case 'not ready':
      return (
        <Notice
          text={notReady(state.status.state)}
          detail={state.status.problem}
          onRetry={() => void connect()}
        />
      );
    case 'needs key':
      return <KeyView wasWrong={state.wasWrong} />;
    case 'in':
      return (
        <DropTarget>
          <Header />
          {state.status.problem !== null && (
            <p class="banner" role="status">
              {state.status.problem}
            </p>
          )}
          <main id="view">
            <View />
          </main>
        </DropTarget>
      );
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
    case 'folder':
      return <FolderView path={place.path} />;
    case 'equal':
      return <EqualView only={place.only ?? null} />;
    case 'library':
      return <LibraryView />;
  }
}

function notReady(state: 'starting' | 'ready' | 'stopping' | 'lost'): string {
  const words = texts.state;
  return state === 'stopping' ? words.stopping : state === 'lost' ? words.lost : words.starting;
}
