import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Filter, Query, Region } from '../route.ts';
import { dropped } from '../state/dropped.ts';
import { goTo } from '../state/location.ts';
import { client } from '../state/server.ts';
import { usePicture } from '../state/use-picture.ts';
import { texts } from '../texts/texts.ts';
import { fileName } from './file-name.ts';
import { RegionPicker } from './region-picker.tsx';
import { thumbnailOf } from './thumbnail.ts';

/** What is being looked for, and on request a part of it. */
export function QueryPanel({
  query,
  filter,
}: {
  readonly query: Query;
  readonly filter: Filter;
}): JSX.Element {
  switch (query.kind) {
    case 'examples':
      return <Examples positive={query.positive} negative={query.negative} filter={filter} />;
    case 'picture':
      return <OfLibrary id={query.id} region={query.region} filter={filter} />;
    case 'dropped': {
      const name = dropped.value?.hash === query.hash ? dropped.value.name : texts.results.yourPicture;
      return (
        <Panel
          address={client.addressOf(`/v1/queries/${query.hash}/thumbnail?size=512`)}
          name={name}
          region={query.region}
          onRegion={(region) => goTo({ view: 'search', query: { ...query, region }, filter })}
        />
      );
    }
    case 'url':
      return (
        <Panel
          address={null}
          name={query.url}
          region={query.region}
          onRegion={(region) => goTo({ view: 'search', query: { ...query, region }, filter })}
        />
      );
  }
}

function OfLibrary(props: {
  readonly id: number;
  readonly region: Region | null;
  readonly filter: Filter;
}): JSX.Element {
  const { id, region, filter } = props;
  const state = usePicture(id);
  const picture = state.kind === 'there' ? state.value : null;
  return (
    <Panel
      address={picture && thumbnailOf(picture, 512)}
      name={picture === null ? '' : fileName(picture)}
      region={region}
      onRegion={(next) => goTo({ view: 'search', query: { kind: 'picture', id, region: next }, filter })}
      onOpen={() => goTo({ view: 'picture', id, within: null })}
    />
  );
}

interface PanelProps {
  /** Of the picture; null when this page cannot show it. */
  readonly address: string | null;
  readonly name: string;
  readonly region: Region | null;
  readonly onRegion: (region: Region | null) => void;
  readonly onOpen?: () => void;
}

function Panel({ address, name, region, onRegion, onOpen }: PanelProps): JSX.Element {
  const isPicking = useSignal(false);
  const words = texts.actions;
  return (
    <section class="query" aria-label={texts.results.title}>
      {address === null ? (
        <div class="query-picture query-blank" />
      ) : (
        <RegionPicker
          address={address}
          name={name}
          region={region}
          isPicking={isPicking.value}
          onRegion={(next) => {
            isPicking.value = false;
            onRegion(next);
          }}
        />
      )}
      <div class="query-words">
        <p class="name">{name}</p>
        <div class="buttons">
          {address !== null && (
            <button
              type="button"
              aria-pressed={isPicking.value}
              onClick={() => {
                isPicking.value = !isPicking.value;
              }}
            >
              {words.searchPart}
            </button>
          )}
          {region !== null && (
            <button type="button" onClick={() => onRegion(null)}>
              {words.wholePicture}
            </button>
          )}
          {onOpen !== undefined && (
            <button type="button" onClick={onOpen}>
              {words.open}
            </button>
          )}
        </div>
      </div>
    </section>
  );
}

function Examples(props: {
  readonly positive: readonly number[];
  readonly negative: readonly number[];
  readonly filter: Filter;
}): JSX.Element {
  const { positive, negative, filter } = props;
  const without = (id: number) => {
    const query = {
      kind: 'examples' as const,
      positive: positive.filter((other) => other !== id),
      negative: negative.filter((other) => other !== id),
    };
    goTo(query.positive.length === 0 ? { view: 'home' } : { view: 'search', query, filter });
  };
  return (
    <section class="query examples" aria-label={texts.results.title}>
      <ExampleRow title={texts.actions.moreLikeThis} ids={positive} onRemove={without} />
      {negative.length > 0 && (
        <ExampleRow title={texts.actions.lessLikeThis} ids={negative} onRemove={without} />
      )}
    </section>
  );
}

function ExampleRow(props: {
  readonly title: string;
  readonly ids: readonly number[];
  readonly onRemove: (id: number) => void;
}): JSX.Element {
  return (
    <div class="example-row">
      <h2>{props.title}</h2>
      {props.ids.map((id) => (
        <Example key={id} id={id} onRemove={() => props.onRemove(id)} />
      ))}
    </div>
  );
}

function Example({ id, onRemove }: { readonly id: number; readonly onRemove: () => void }): JSX.Element {
  const state = usePicture(id);
  return (
    <span class="example">
      {state.kind === 'there' && (
        <img src={thumbnailOf(state.value, 96)} alt={fileName(state.value)} height="72" />
      )}
      <button type="button" aria-label={texts.actions.clear} onClick={onRemove}>
        ×
      </button>
    </span>
  );
}
