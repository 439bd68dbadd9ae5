import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { FailureCounts } from '../../client/eidetic-client.ts';
import type { FailureChoice } from '../state/failures.ts';
import { texts } from '../texts/texts.ts';
import { inDigits } from './quantity.ts';
import { reasonInWords } from './reason.ts';

/** Which failures are looked at: of one reason or all, and below one folder or anywhere. */
export function FailureChooser(props: {
  readonly folders: readonly string[];
  readonly choice: FailureChoice;
  readonly onChoice: (choice: FailureChoice) => void;
  readonly all: number;
  readonly byCode: FailureCounts['byCode'];
}): JSX.Element {
  const words = texts.failures;
  const { code, pathPrefix } = props.choice;
  // What is being typed, which nothing that comes meanwhile may take away.
  const typed = useSignal(pathPrefix ?? '');
  useEffect(() => {
    typed.value = pathPrefix ?? '';
  }, [pathPrefix]);
  const below = pathPrefix === undefined ? {} : { pathPrefix };
  const reasons = [
    { name: words.all, count: props.all, choice: below, isChosen: code === undefined },
    ...props.byCode.map((one) => ({
      name: reasonInWords(one.code),
      count: one.failures,
      choice: { ...below, code: one.code as NonNullable<FailureChoice['code']> },
      isChosen: code === one.code,
    })),
  ];
  return (
    <div class="failure-chooser">
      <fieldset class="reasons">
        <legend class="unseen">{words.reason}</legend>
        {reasons.map(({ name, count, choice, isChosen }) => (
          <button key={name} type="button" aria-pressed={isChosen} onClick={() => props.onChoice(choice)}>
            {name} <span class="count">{inDigits(count)}</span>
          </button>
        ))}
      </fieldset>
      <label>
        {words.folder}
        <input
          type="search"
          list="failure-folders"
          spellcheck={false}
          autocapitalize="off"
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
          onChange={(event) => {
            const path = event.currentTarget.value.trim();
            props.onChoice({
              ...(code === undefined ? {} : { code }),
              ...(path === '' ? {} : { pathPrefix: path }),
            });
          }}
        />
      </label>
      <datalist id="failure-folders">
        {props.folders.map((folder) => (
          <option key={folder} value={folder} />
        ))}
      </datalist>
    </div>
  );
}
