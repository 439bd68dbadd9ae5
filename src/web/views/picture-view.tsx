import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { EideticApiError, type Picture } from '../../client/eidetic-client.ts';
import { FactList } from '../parts/fact-list.tsx';
import { fileName } from '../parts/file-name.ts';
import { LooksLike } from '../parts/looks-like.tsx';
import { factsOf } from '../parts/picture-facts.ts';
import { PictureFileList } from '../parts/picture-file-list.tsx';
import { PictureStage } from '../parts/picture-stage.tsx';
import { Problem } from '../parts/problem.tsx';
import { formatRoute, parseRoute } from '../route.ts';
import { askedPicture } from '../state/asked-picture.ts';
import { goBack, goTo } from '../state/location.ts';
import { PictureFiles } from '../state/picture-files.ts';
import { client } from '../state/server.ts';
import { useAround } from '../state/use-around.ts';
import { useListKeys } from '../state/use-list-keys.ts';
import { usePicture } from '../state/use-picture.ts';
import { useSettled } from '../state/use-settled.ts';
import { useTitle } from '../state/use-title.ts';
import { texts } from '../texts/texts.ts';

interface PictureViewProps {
  readonly id: number;
  /** Address of the list that it was opened from: arrow keys go through it, and back leads there. */
  readonly within: string | null;
}

/** One picture, large, with its files, and what looks like it. */
export function PictureView({ id, within }: PictureViewProps): JSX.Element {
  const around = useAround(within, id);
  const state = usePicture(id, around?.picture ?? null);
  useTitle(state.kind === 'there' ? fileName(state.value) : '');
  const settled = useSettled(id);
  const files = useMemo(() => new PictureFiles(id), [id]);
  useEffect(() => {
    void files.more();
    return () => files.stop();
  }, [files]);
  const onClose = () => goBack(within === null ? { view: 'home' } : parseRoute(within));
  const onStep = (to: Picture) => goTo({ view: 'picture', id: to.id, within }, { isStep: false });
  useListKeys({
    onClose,
    onStep: (by) => {
      const to = by > 0 ? around?.next : around?.previous;
      if (to) {
        onStep(to);
      }
    },
  });

  if (state.kind === 'failed') {
    return <NotThere error={state.error} onClose={onClose} />;
  }
  if (state.kind === 'loading') {
    return (
      <div class="picture" aria-busy="true">
        <div class="stage" />
      </div>
    );
  }
  const picture = state.value;
  const list = within === null ? null : parseRoute(within);
  const asked = list?.view === 'search' ? askedPicture(list.query) : null;
  return (
    <article class="picture">
      <PictureStage picture={picture} around={around} onStep={onStep} onClose={onClose} />
      <div class="beside">
        <h1>{fileName(picture)}</h1>
        <div class="buttons">
          <a
            class="button primary"
            href={formatRoute({ view: 'search', query: { kind: 'picture', id, region: null }, filter: {} })}
          >
            {texts.actions.searchFromHere}
          </a>
          {asked !== null && asked !== id && (
            <a class="button" href={formatRoute({ view: 'compare', a: asked, b: id })}>
              {texts.actions.compareWithAsked}
            </a>
          )}
          <Download picture={picture} files={files} />
        </div>
        <FactList kind="facts" label={texts.picture.facts} facts={factsOf(picture, texts)} />
        <PictureFileList files={files} known={picture.files} count={picture.fileCount} />
      </div>
      <LooksLike key={settled} id={settled} />
    </article>
  );
}

/** The picture's own bytes, as long as there is a file that holds them. */
function Download({
  picture,
  files,
}: {
  readonly picture: Picture;
  readonly files: PictureFiles;
}): JSX.Element {
  const looked = files.files.value;
  if (files.isWhole.value && looked.every(({ state }) => state !== 'there')) {
    return <p class="away">{texts.picture.noOriginal}</p>;
  }
  return (
    <a class="button" href={client.addressOf(`/v1/pictures/${picture.id}/file`)} download={fileName(picture)}>
      {texts.actions.download}
    </a>
  );
}

function NotThere({
  error,
  onClose,
}: {
  readonly error: unknown;
  readonly onClose: () => void;
}): JSX.Element {
  if (!(error instanceof EideticApiError && error.problem.code === 'NOT_FOUND')) {
    return <Problem error={error} onClose={onClose} />;
  }
  return (
    <div class="nothing" role="alert">
      <h1>{texts.picture.notThere}</h1>
      <p>{texts.picture.notThereHint}</p>
      <button type="button" onClick={onClose}>
        {texts.actions.back}
      </button>
    </div>
  );
}
