import type { JSX } from 'preact';
import type { LibraryAnswer, SpacesAnswer } from '../../client/eidetic-client.ts';
import { texts } from '../texts/texts.ts';
import { FactList } from './fact-list.tsx';
import type { Fact } from './picture-facts.ts';
import { inDigits } from './quantity.ts';

/** By what pictures are compared, and whether all are described; numbers for who wants them. */
export function ModelFacts(props: {
  readonly library: LibraryAnswer;
  readonly spaces: SpacesAnswer['spaces'];
}): JSX.Element {
  const words = texts.model;
  const { pictures, models } = props.library;
  const names: Readonly<Record<string, string>> = { similar: words.similar, copy: words.copy };
  return (
    <section>
      <h2>{words.title}</h2>
      <p>{words.hint}</p>
      <dl class="about">
        {props.spaces.map((space) => (
          <div key={space.space}>
            <dt>{names[space.space] ?? space.space}</dt>
            <dd>
              {words.described(space.vectors, pictures)}
              {space.vectors < pictures && (
                <progress
                  aria-label={names[space.space] ?? space.space}
                  max={pictures}
                  value={space.vectors}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {models
        .filter(({ isInUse, pictures: described }) => !isInUse && described > 0)
        .map((model) => (
          <p key={model.key}>{words.comes(model.title, model.pictures, pictures)}</p>
        ))}
      <details>
        <summary>{words.details}</summary>
        {props.spaces.map((space) => (
          <SpaceFacts key={space.space} space={space} models={models} />
        ))}
      </details>
    </section>
  );
}

function SpaceFacts(props: {
  readonly space: SpacesAnswer['spaces'][number];
  readonly models: LibraryAnswer['models'];
}): JSX.Element {
  const words = texts.model;
  const { space, models } = props;
  const model = models.find(({ key }) => key === space.modelKey);
  const { bounds } = space;
  const inHundredths = (value: number) =>
    value.toLocaleString(texts.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const facts: readonly Fact[] = [
    [words.name, model === undefined ? space.model : `${model.title} (${model.id})`],
    ...(model === undefined
      ? []
      : [[words.input, words.pixels(model.inputWidth, model.inputHeight)] as const]),
    [words.numbers, inDigits(space.dimensions)],
    [words.vectors, inDigits(space.vectors)],
    ...(bounds === null
      ? []
      : [
          [words.bounds, words.boundsOf(inHundredths(bounds.likely), inHundredths(bounds.unlikely))] as const,
        ]),
    [words.revision, inDigits(space.revision)],
    [words.key, space.modelKey],
  ];
  return (
    <>
      <h3>
        <code>{space.space}</code>
      </h3>
      <FactList kind="about" facts={facts} />
    </>
  );
}
