import type { JSX } from 'preact';
import type { JobAnswer } from '../../client/eidetic-client.ts';
import { texts } from '../texts/texts.ts';
import { inDigits } from './quantity.ts';

const COUNTED = [
  'indexed',
  'unchanged',
  'moved',
  'failed',
  'stillFailed',
  'unsupported',
  'others',
  'removed',
  'awayFiles',
] as const;

/** What an index run did: what there was none of is not told. */
export function RunOutcome({ run: { outcome, error } }: { readonly run: JobAnswer }): JSX.Element | null {
  const words = texts.runs;
  if (error !== null) {
    return <p lang="en">{error.message}</p>;
  }
  if (outcome === null) {
    return null;
  }
  const counted = COUNTED.filter((name) => outcome[name] > 0);
  return (
    <p>
      {words.found(outcome.found)}
      {counted.length > 0 &&
        `: ${counted.map((name) => `${inDigits(outcome[name])} ${words.outcome[name]}`).join(', ')}`}
      .
    </p>
  );
}
