import type { JSX } from 'preact';
import { formatRoute, type Route } from '../route.ts';
import { counts } from '../state/counts.ts';
import { searchDropped } from '../state/dropped.ts';
import { hasEnded, indexing } from '../state/indexing.ts';
import { route } from '../state/location.ts';
import { texts } from '../texts/texts.ts';
import { ChoosePicture } from './choose-picture.tsx';
import { ThemeChoice } from './theme-choice.tsx';

const PLACES: ReadonlyArray<readonly [Route, string]> = [
  [{ view: 'home' }, texts.nav.search],
  [{ view: 'equal' }, texts.nav.equal],
  [{ view: 'library' }, texts.nav.library],
];

/** Places that searching leads to, which have no link of their own. */
const SEARCHING: ReadonlySet<Route['view']> = new Set(['search', 'picture', 'compare', 'folder']);

export function Header(): JSX.Element {
  const { view } = route.value;
  const isIndexing = indexing.value !== null && !hasEnded(indexing.value);
  return (
    <header class="header">
      <a
        class="skip"
        href={formatRoute(route.value)}
        onClick={(event) => {
          event.preventDefault(); // the address tells where the page is, and that stays
          document.getElementById('view')?.focus();
        }}
      >
        {texts.state.skip}
      </a>
      <a class="wordmark" href="#/">
        <img src="./icon.svg" alt="" width="26" height="26" />
        <span>{texts.appName}</span>
      </a>
      <nav aria-label={texts.appName}>
        {PLACES.map(([place, name]) => (
          <a
            key={place.view}
            href={formatRoute(place)}
            aria-current={isAt(place.view, view) ? 'page' : undefined}
          >
            {name}
          </a>
        ))}
      </nav>
      <span class="state" role="status">
        {counts.value !== null && texts.state.pictures(counts.value.pictures)}
        {isIndexing && <span class="going-on">{texts.runs.indexing}</span>}
      </span>
      <ThemeChoice />
      {view !== 'home' && <ChoosePicture onPicture={(picture) => void searchDropped(picture)} isSmall />}
    </header>
  );
}

function isAt(place: Route['view'], view: Route['view']): boolean {
  return place === view || (place === 'home' && SEARCHING.has(view));
}
