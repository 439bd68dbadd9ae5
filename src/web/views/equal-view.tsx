import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { DuplicatesPage } from '../../client/eidetic-client.ts';
import { fileName, shownText } from '../parts/file-name.ts';
import { Problem } from '../parts/problem.tsx';
import { thumbnailOf } from '../parts/thumbnail.ts';
import { goTo } from '../state/location.ts';
import { client, noteRefusal } from '../state/server.ts';
import { texts } from '../texts/texts.ts';

type Group = DuplicatesPage['groups'][number];

/** Groups of equal files, as far as somebody has looked. */
class EqualFiles {
  readonly groups = signal<readonly Group[]>([]);
  readonly unknown = signal(0);
  readonly isWhole = signal(false);
  readonly isLoading = signal(false);
  readonly error = signal<unknown>(null);
  #cursor: string | null = null;
  readonly #stopping = new AbortController();

  async more(): Promise<void> {
    if (this.isLoading.value || this.isWhole.value) {
      return;
    }
    this.isLoading.value = true;
    try {
      const query = this.#cursor === null ? {} : { cursor: this.#cursor };
      const page = await client.duplicates(query, this.#stopping.signal);
      const { unreachable, unfinished, incomparable } = page.unknownPixels;
      this.groups.value = [...this.groups.value, ...page.groups];
      this.unknown.value = unreachable + unfinished + incomparable;
      this.#cursor = page.nextCursor;
      this.isWhole.value = page.nextCursor === null;
      this.error.value = null;
    } catch (error) {
      if (!this.#stopping.signal.aborted) {
        noteRefusal(error);
        this.error.value = error;
      }
    } finally {
      this.isLoading.value = false;
    }
  }

  stop(): void {
    this.#stopping.abort();
  }
}

/** Files that hold the same picture. Nothing is done to them. */
export function EqualView(): JSX.Element {
  const equal = useMemo(() => new EqualFiles(), []);
  useEffect(() => {
    void equal.more();
    return () => equal.stop();
  }, [equal]);
  const words = texts.equal;
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
