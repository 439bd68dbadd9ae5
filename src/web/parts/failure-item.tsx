import type { JSX } from 'preact';
import type { FailurePage } from '../../client/eidetic-client.ts';
import { texts } from '../texts/texts.ts';
import { CopyPath } from './copy-path.tsx';
import { shownText } from './file-name.ts';
import { inTime } from './quantity.ts';
import { reasonInWords } from './reason.ts';
import { RetryFailures } from './retry-failures.tsx';

/** One file that could not be read, and why. */
export function FailureItem({ failure }: { readonly failure: FailurePage['failures'][number] }): JSX.Element {
  const words = texts.failures;
  const { path, code, message, failedAt, retry } = failure;
  return (
    <li>
      <div>
        <code>{shownText(path)}</code>
        <p>
          <strong>{reasonInWords(code)}.</strong> <span lang="en">{message}</span>
        </p>
        <p class="quiet">
          {words.failedAt(inTime(failedAt))} {retry === 'next-run' ? words.inNextRun : words.whenChanged}
        </p>
      </div>
      <div class="buttons">
        <CopyPath path={path} />
        {retry === 'changed' && <RetryFailures choice={{ pathPrefix: path }} count={1} isOne />}
      </div>
    </li>
  );
}
