import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Filter, Query, Region } from '../route.ts';
import { dropped } from '../state/dropped.ts';
import { fetched } from '../state/fetched.ts';
import { goTo } from '../state/location.ts';
import { usePicture } from '../state/use-picture.ts';
import { useTitle } from '../state/use-title.ts';
import { texts } from '../texts/texts.ts';
import { ExamplesPanel } from './examples-panel.tsx';
import { fileName, shownText } from './file-name.ts';
import { keptThumbnail } from './kept-thumbnail.ts';
import { RegionPicker } from './region-picker.tsx';
import { thumbnailOf } from './thumbnail.ts';

interface QueryPanelProps {
  readonly query: Query;
  readonly filter: Filter;
}

/** What is being looked for, and on request a part of it. */
export function QueryPanel({ query, filter }: QueryPanelProps): JSX.Element {
  if (query.kind === 'examples') {
    return <ExamplesPanel positive={query.positive} negative={query.negative} filter={filter} />;
  }
  const onRegion = (region: Region | null) => goTo({ view: 'search', query: { ...query, region }, filter });
  const panel = { region: query.region, onRegion };
  switch (query.kind) {
    case 'picture':
      return <OfLibrary key={query.id} id={query.id} {...panel} />;
    case 'dropped': {
      const known = dropped.value.get(query.hash);
      const name = known === undefined ? texts.results.yourPicture : shownText(known.name);
      return (
        <Panel
          key={query.hash}
          address={keptThumbnail(query.hash)}
          name={name}
          ratio={ratioOf(known)}
          {...panel}
        />
      );
    }
    case 'url': {
      const kept = fetched.value.get(query.url);
      const address = kept === undefined ? null : keptThumbnail(kept.contentHash);
      return (
        <Panel
          key={query.url}
          address={address}
          name={shownText(query.url)}
          ratio={ratioOf(kept)}
          {...panel}
        />
      );
    }
  }
}

type Chosen = Pick<PanelProps, 'region' | 'onRegion'>;

function OfLibrary({ id, ...chosen }: { readonly id: number } & Chosen): JSX.Element {
  const state = usePicture(id);
  const picture = state.kind === 'there' ? state.value : null;
  return (
    <Panel
      address={picture && thumbnailOf(picture, 512)}
      name={picture === null ? '' : fileName(picture)}
      ratio={ratioOf(picture)}
      onOpen={() => goTo({ view: 'picture', id, within: null })}
      {...chosen}
    />
  );
}

interface PanelProps {
  /** Of the picture; null when this page cannot show it (yet). */
  readonly address: string | null;
  readonly name: string;
  /** Width over height; null as long as nobody knows. */
  readonly ratio: number | null;
  readonly region: Region | null;
  readonly onRegion: (region: Region | null) => void;
  readonly onOpen?: () => void;
}

function Panel({ address, name, ratio, region, onRegion, onOpen }: PanelProps): JSX.Element {
  const isPicking = useSignal(false);
  const isLost = useSignal(false);
  const pick = useRef<HTMLButtonElement>(null);
  useTitle(name);
  const words = texts.actions;
  const close = () => {
    isPicking.value = false;
    pick.current?.focus({ preventScroll: true });
  };
  return (
    <section class={`query ${isPicking.value ? 'query-large' : ''}`} aria-label={texts.results.title}>
      <div class="query-room">
        {address === null || isLost.value ? (
          <div class="query-picture query-blank" />
        ) : (
          <RegionPicker
            address={address}
            name={name}
            ratio={ratio}
            region={region}
            isPicking={isPicking.value}
            onRegion={(next) => {
              close();
              onRegion(next);
            }}
            onCancel={close}
            onLost={() => {
              isPicking.value = false;
              isLost.value = true;
            }}
          />
        )}
      </div>
      <div class="query-words">
        <p class="quiet">{region === null ? texts.results.title : texts.search.partOf}</p>
        <h1 class="name" title={name}>
          {name}
        </h1>
        <div class="buttons">
          {address !== null && !isLost.value && (
            <button
              ref={pick}
              type="button"
              aria-pressed={isPicking.value}
              onClick={() => {
                isPicking.value = !isPicking.value;
              }}
            >
              {isPicking.value ? texts.search.cancel : words.searchPart}
            </button>
          )}
          {region !== null && (
            <button
              type="button"
              onClick={() => {
                close();
                onRegion(null);
              }}
            >
              {words.wholePicture}
            </button>
          )}
          {onOpen !== undefined && (
            <button type="button" onClick={onOpen}>
              {words.open}
            </button>
          )}
        </div>
        {isPicking.value && (
          <p class="quiet" role="status">
            <span class="for-mouse">{texts.search.regionHint}</span>
            <span class="for-touch">{texts.search.regionHintTouch}</span>
          </p>
        )}
      </div>
    </section>
  );
}

function ratioOf(
  size: { readonly width: number; readonly height: number } | null | undefined,
): number | null {
  return size ? size.width / Math.max(1, size.height) : null;
}
