import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { Picture } from '../../client/eidetic-client.ts';
import { PictureGrid } from '../grid/picture-grid.tsx';
import { CopyPath } from '../parts/copy-path.tsx';
import { fileName, folderOf, shownText } from '../parts/file-name.ts';
import { factsOf } from '../parts/picture-facts.ts';
import { Problem } from '../parts/problem.tsx';
import { thumbnailOf } from '../parts/thumbnail.ts';
import { ZoomPicture } from '../parts/zoom-picture.tsx';
import { parseRoute } from '../route.ts';
import type { FoundPicture } from '../state/hits.ts';
import { knownHits } from '../state/known-searches.ts';
import { goTo } from '../state/location.ts';
import { client } from '../state/server.ts';
import { usePicture } from '../state/use-picture.ts';
import { useTitle } from '../state/use-title.ts';
import { texts } from '../texts/texts.ts';

interface PictureViewProps {
  readonly id: number;
  /** Address of the search that it was a hit of. */
  readonly within: string | null;
  readonly onClose: () => void;
}

/** One picture, large, with its files, and what looks like it. */
export function PictureView({ id, within, onClose }: PictureViewProps): JSX.Element {
  const state = usePicture(id);
  useTitle(state.kind === 'there' ? fileName(state.value) : '');
  const similar = useMemo(() => knownHits({ kind: 'picture', id, region: null }, {}), [id]);
  useEffect(() => {
    scrollTo({ top: 0 });
  }, [id]);
  const neighbors = useNeighborsIn(within, id);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isElsewhere =
        event.target instanceof Element && event.target.closest('input, select, .grid') !== null;
      const to =
        event.key === 'ArrowRight' ? neighbors.next : event.key === 'ArrowLeft' ? neighbors.previous : null;
      if (event.key === 'Escape') {
        onClose();
      } else if (to !== null && !isElsewhere) {
        goTo({ view: 'picture', id: to, within }, { isStep: false });
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [neighbors.next, neighbors.previous, within]);

  if (state.kind === 'failed') {
    return <Problem error={state.error} onClose={onClose} />;
  }
  if (state.kind === 'loading') {
    return <div class="stage" aria-busy="true" />;
  }
  const picture = state.value;
  const words = texts.actions;
  const step = (to: number | null, label: string, sign: string) =>
    to !== null && (
      <button
        type="button"
        class="step"
        aria-label={label}
        onClick={() => goTo({ view: 'picture', id: to, within }, { isStep: false })}
      >
        {sign}
      </button>
    );
  return (
    <article class="picture">
      <div class="stage">
        <ZoomPicture
          small={thumbnailOf(picture, 512)}
          large={client.addressOf(picture.thumbnail)}
          original={isShownByBrowsers(picture) ? client.addressOf(`/v1/pictures/${picture.id}/file`) : null}
          width={picture.width}
          height={picture.height}
          name={fileName(picture)}
        />
        <div class="steps">
          {step(neighbors.previous, words.previous, '‹')}
          {step(neighbors.next, words.next, '›')}
        </div>
        <button type="button" class="close" aria-label={words.close} onClick={onClose}>
          ×
        </button>
      </div>
      <div class="beside">
        <h1>{fileName(picture)}</h1>
        <div class="buttons">
          <button
            type="button"
            class="primary"
            onClick={() => goTo({ view: 'search', query: { kind: 'picture', id, region: null }, filter: {} })}
          >
            {words.searchFromHere}
          </button>
          <a
            class="button"
            href={client.addressOf(`/v1/pictures/${picture.id}/file`)}
            download={fileName(picture)}
          >
            {words.download}
          </a>
        </div>
        <Facts picture={picture} />
        <Files picture={picture} />
      </div>
      <section class="below">
        <h2>{texts.picture.similar}</h2>
        <PictureGrid<FoundPicture>
          pictures={similar.found.value}
          label={texts.picture.similar}
          captionOf={({ similarity }) => (
            <span class="similarity">{(Math.floor(similarity * 100) / 100).toFixed(2)}</span>
          )}
          onOpen={(hit) => goTo({ view: 'picture', id: hit.id, within: null })}
        />
      </section>
    </article>
  );
}

/** The hits beside it, in the search that it came from. */
function useNeighborsIn(
  within: string | null,
  id: number,
): { readonly previous: number | null; readonly next: number | null } {
  const hits = useMemo(() => {
    const place = within === null ? null : parseRoute(within);
    return place?.view === 'search' ? knownHits(place.query, place.filter) : null;
  }, [within]);
  const found = hits?.found.value ?? [];
  const at = found.findIndex((hit) => hit.id === id);
  return {
    previous: at > 0 ? (found[at - 1]?.id ?? null) : null,
    next: at >= 0 ? (found[at + 1]?.id ?? null) : null,
  };
}

function Facts({ picture }: { readonly picture: Picture }): JSX.Element {
  return (
    <dl class="facts" aria-label={texts.picture.facts}>
      {factsOf(picture, texts).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Files({ picture }: { readonly picture: Picture }): JSX.Element {
  return (
    <section>
      <h2>{texts.picture.files(picture.fileCount)}</h2>
      <ul class="files">
        {picture.files.map((path) => (
          <li key={path}>
            <code>{shownText(path)}</code>
            <span class="buttons">
              <CopyPath path={path} />
              <button
                type="button"
                onClick={() =>
                  goTo({
                    view: 'search',
                    query: { kind: 'picture', id: picture.id, region: null },
                    filter: { folder: folderOf(path) },
                  })
                }
              >
                {texts.picture.otherFiles}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Others are shown by their largest thumbnail. */
function isShownByBrowsers({ format }: Picture): boolean {
  return ['jpeg', 'png', 'webp', 'gif', 'avif', 'bmp'].includes(format);
}
