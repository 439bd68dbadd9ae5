import type { JSX } from 'preact';
import type { JobAnswer } from '../../client/eidetic-client.ts';
import { texts } from '../texts/texts.ts';
import { inDigits } from './quantity.ts';

/** What each file is that was found. */
const FOUND = ['indexed', 'unchanged', 'moved', 'failed', 'stillFailed', 'unsupported', 'others'] as const;
const COUNTED = [...FOUND, 'removed', 'awayFiles'] as const;

/** What an index run did: what there was none of is not told. */
export function RunOutcome({ run: { outcome, error } }: { readonly run: JobAnswer }): JSX.Element | null {
  const words = texts.runs;
  if (error !== null) {
    return <p lang="en">{error.message}</p>;
  }
  if (outcome === null) {
    return null;
  }
  // A run that was stopped has found more than it came to.
  const left = outcome.found - FOUND.reduce((sum, name) => sum + outcome[name], 0);
  const counted = [
    ...COUNTED.filter((name) => outcome[name] > 0).map(
      (name) => [outcome[name], words.outcome[name]] as const,
    ),
    ...(left > 0 ? [[left, words.left] as const] : []),
  ];
  return (
    <p>
      {words.found(outcome.found)}
      {counted.length > 0 && `: ${counted.map(([count, what]) => `${inDigits(count)} ${what}`).join(', ')}`}.
    </p>
  );
}
