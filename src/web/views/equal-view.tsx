import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { DuplicatesPage } from '../../client/eidetic-client.ts';
import { fileName, shownText } from '../parts/file-name.ts';
import { Problem } from '../parts/problem.tsx';
import { thumbnailOf } from '../parts/thumbnail.ts';
import { EqualFiles } from '../state/equal-files.ts';
import { goTo } from '../state/location.ts';
import { useTitle } from '../state/use-title.ts';
import { texts } from '../texts/texts.ts';

type Group = DuplicatesPage['groups'][number];

/** Files that hold the same picture. Nothing is done to them. */
export function EqualView(): JSX.Element {
  const equal = useMemo(() => new EqualFiles(), []);
  useEffect(() => {
    void equal.more();
    return () => equal.stop();
  }, [equal]);
  const words = texts.equal;
  useTitle(words.title);
  return (
    <section class="equal">
      <h1>{words.title}</h1>
      <p class="quiet">{words.hint}</p>
      {equal.isLoading.value && equal.groups.value.length === 0 && <p aria-busy="true">{words.looking}</p>}
      {equal.error.value !== null && <Problem error={equal.error.value} onRetry={() => void equal.more()} />}
      {equal.unknown.value > 0 && <p role="note">{words.unknown(equal.unknown.value)}</p>}
      {equal.isWhole.value && equal.groups.value.length === 0 && <p class="nothing">{words.none}</p>}
      <ul class="groups">
        {equal.groups.value.map((group) => (
          <EqualGroup key={group.pictures[0]?.id} group={group} />
        ))}
      </ul>
      {!equal.isWhole.value && equal.groups.value.length > 0 && (
        <button type="button" disabled={equal.isLoading.value} onClick={() => void equal.more()}>
          {texts.home.more}
        </button>
      )}
    </section>
  );
}

function EqualGroup({ group }: { readonly group: Group }): JSX.Element {
  return (
    <li class="group">
      <h2>{texts.equal[group.relation]}</h2>
      {group.pictures.map((picture) => (
        <div class="member" key={picture.id}>
          <button
            type="button"
            class="member-picture"
            onClick={() => goTo({ view: 'picture', id: picture.id, within: null })}
          >
            <img
              src={thumbnailOf(picture, 160)}
              alt={fileName(picture)}
              height="120"
              loading="lazy"
              decoding="async"
            />
          </button>
          <ul class="files">
            {picture.files.map((path) => (
              <li key={path}>
                <code>{shownText(path)}</code>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </li>
  );
}
