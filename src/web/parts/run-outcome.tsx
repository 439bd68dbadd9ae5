import type { JSX } from 'preact';
import type { JobAnswer } from '../../client/eidetic-client.ts';
import { texts } from '../texts/texts.ts';
import { outcomeCounts } from './outcome-counts.ts';
import { inDigits } from './quantity.ts';

/** What an index run did: what there was none of is not told. */
export function RunOutcome({ run: { outcome, error } }: { readonly run: JobAnswer }): JSX.Element | null {
  const words = texts.runs;
  if (error !== null) {
    return <p lang="en">{error.message}</p>;
  }
  if (outcome === null) {
    return null;
  }
  const counts = outcomeCounts(outcome);
  return (
    <p>
      {words.found(outcome.found)}
      {counts.length > 0 &&
        `: ${counts.map(([what, count]) => `${inDigits(count)} ${words.outcome[what]}`).join(', ')}`}
      .
    </p>
  );
}
