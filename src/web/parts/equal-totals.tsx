import type { JSX } from 'preact';
import type { EqualFilesPage } from '../../client/eidetic-client.ts';
import { texts } from '../texts/texts.ts';
import { readableBytes } from './readable-bytes.ts';

type EqualSummary = Omit<EqualFilesPage, 'groups' | 'nextCursor'>;

/** What a report does not show, or does not know, in words. */
export function unknownIn(summary: EqualSummary): string[] {
  const words = texts.equal;
  const { goneGroups, oneFileNames, unknownPixels, undescribedFiles, decidedGroups } = summary;
  return [
    oneFileNames > 0 ? words.oneFile(oneFileNames) : null,
    decidedGroups > 0 ? words.decided(decidedGroups) : null,
    goneGroups > 0 ? words.gone(goneGroups) : null,
    unknownPixels.unreachable > 0 ? words.unreachable(unknownPixels.unreachable) : null,
    unknownPixels.unfinished > 0 ? words.unfinished(unknownPixels.unfinished) : null,
    unknownPixels.incomparable > 0 ? words.incomparable(unknownPixels.incomparable) : null,
    undescribedFiles > 0 ? words.undescribed(undescribedFiles) : null,
  ].filter((note) => note !== null);
}

/** What a report of equal files comes to, and what it does not know. */
export function EqualTotals({ summary }: { readonly summary: EqualSummary }): JSX.Element {
  const words = texts.equal;
  const { counts, fileCount, freeableBytes } = summary;
  const groups = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const notes = unknownIn(summary);
  return (
    <div class="totals">
      {groups > 0 && (
        <p class="total">
          {words.total(groups, fileCount)}{' '}
          <strong>
            {freeableBytes > 0
              ? words.freeable(readableBytes(freeableBytes, texts.language))
              : words.freesNothing}
          </strong>
        </p>
      )}
      {notes.length > 0 && (
        <details class="not-known" open={groups === 0}>
          <summary>{words.notKnown}</summary>
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
