import type { JSX } from 'preact';
import type { LibraryAnswer } from '../../client/eidetic-client.ts';
import { texts } from '../texts/texts.ts';
import { type FileCounts, filesTogether } from './file-counts.ts';
import { inDigits } from './quantity.ts';
import { readableBytes } from './readable-bytes.ts';

/** What a library holds as a whole. */
export function LibraryNumbers(props: {
  readonly library: LibraryAnswer;
  /** Whether its one folder has all of it, and its numbers say the same. */
  readonly isOneFolder: boolean;
}): JSX.Element {
  const words = texts.library;
  const { library, isOneFolder } = props;
  const { pictures, files, bytes, failedSince } = library;
  return (
    <section aria-label={words.lookedAt}>
      <p class="lead">
        {files === 0
          ? texts.firstRun.title
          : words.pictures(pictures, files, readableBytes(bytes, texts.language))}
      </p>
      {files > pictures && <p class="quiet">{words.copies(files - pictures)}</p>}
      {!isOneFolder && filesTogether(library) > 0 && <FileSum counts={library} />}
      {failedSince > 0 && <p class="quiet">{words.failedSinceHint}</p>}
    </section>
  );
}

/** Numbers of files, and what they come to; what there are none of is left out. */
export function FileSum({ counts }: { readonly counts: FileCounts }): JSX.Element {
  const words = texts.library;
  const { files, failures, unsupported, others, failedSince } = counts;
  const rows: ReadonlyArray<readonly [name: string, count: number, sign: string]> = [
    [words.files, files, ''],
    [words.failures, failures, '+'],
    [words.unsupported, unsupported, '+'],
    [words.others, others, '+'],
    [words.failedSince, failedSince, '−'],
    [words.sum, filesTogether(counts), '='],
  ];
  const shown = rows.filter(([, count, sign]) => count > 0 || sign === '');
  return (
    <dl class="sum">
      {shown.map(([name, count, sign]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class={sign === '=' ? 'total' : undefined}>
            {sign !== '' && <span aria-hidden="true">{sign}</span>} {inDigits(count)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
