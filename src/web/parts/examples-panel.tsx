import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Example, Filter } from '../route.ts';
import { dropped } from '../state/dropped.ts';
import { goTo } from '../state/location.ts';
import { usePicture } from '../state/use-picture.ts';
import { useTitle } from '../state/use-title.ts';
import { texts } from '../texts/texts.ts';
import { type Examples, withoutExample } from './examples.ts';
import { fileName, shownText } from './file-name.ts';
import { keptThumbnail } from './kept-thumbnail.ts';
import { thumbnailOf } from './thumbnail.ts';

/** The pictures that more or less shall be like; each can be taken out again. */
export function ExamplesPanel({ filter, ...examples }: Examples & { readonly filter: Filter }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(texts.actions.moreLikeThis);
  const { positive, negative } = examples;
  const onRemove = (example: Example) => {
    const left = withoutExample(examples, example);
    // What was clicked is gone, and the focus with it.
    heading.current?.focus({ preventScroll: true });
    goTo(left.positive.length === 0 ? { view: 'home' } : { view: 'search', query: queryOf(left), filter });
  };
  return (
    <section class="query examples" aria-label={texts.results.title}>
      <h1 ref={heading} class="unseen" tabIndex={-1}>
        {texts.actions.moreLikeThis}
      </h1>
      <ExampleRow title={texts.actions.moreLikeThis} examples={positive} onRemove={onRemove} />
      {negative.length > 0 && (
        <ExampleRow title={texts.actions.lessLikeThis} examples={negative} onRemove={onRemove} />
      )}
    </section>
  );
}

/** One picture that is left is what is searched for; so its parts can be again. */
function queryOf(examples: Examples) {
  const [only, ...others] = examples.positive;
  if (only === undefined || others.length > 0 || examples.negative.length > 0) {
    return { kind: 'examples', ...examples } as const;
  }
  return typeof only === 'number'
    ? ({ kind: 'picture', id: only, region: null } as const)
    : ({ kind: 'dropped', hash: only, region: null } as const);
}

function ExampleRow(props: {
  readonly title: string;
  readonly examples: readonly Example[];
  readonly onRemove: (example: Example) => void;
}): JSX.Element {
  return (
    <div class="example-row">
      <h2>{props.title}</h2>
      <div class="example-pictures">
        {props.examples.map((example) =>
          typeof example === 'number' ? (
            <OfLibrary key={example} id={example} onRemove={() => props.onRemove(example)} />
          ) : (
            <Shown
              key={example}
              address={keptThumbnail(example, 256)}
              name={shownText(dropped.value.get(example)?.name ?? texts.results.yourPicture)}
              onRemove={() => props.onRemove(example)}
            />
          ),
        )}
      </div>
    </div>
  );
}

function OfLibrary({ id, onRemove }: { readonly id: number; readonly onRemove: () => void }): JSX.Element {
  const state = usePicture(id);
  const picture = state.kind === 'there' ? state.value : null;
  return (
    <Shown
      address={picture && thumbnailOf(picture, 96)}
      name={picture === null ? '' : fileName(picture)}
      onRemove={onRemove}
    />
  );
}

function Shown(props: {
  readonly address: string | null;
  readonly name: string;
  readonly onRemove: () => void;
}): JSX.Element {
  return (
    <span class="example" title={props.name}>
      {props.address !== null && <img src={props.address} alt={props.name} width="80" height="80" />}
      <button type="button" aria-label={texts.search.takeOut(props.name)} onClick={props.onRemove}>
        ×
      </button>
    </span>
  );
}
