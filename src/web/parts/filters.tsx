import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { type Filter, FORMATS, isWidth, WIDEST } from '../route.ts';
import { counts, refreshCounts } from '../state/counts.ts';
import { knownFolders } from '../state/known-folders.ts';
import { texts } from '../texts/texts.ts';
import { filterInWords } from './filter-in-words.ts';
import { foldersAround } from './folders-around.ts';

interface FiltersProps {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
}

/** Parts of a filter that are set, or taken out by undefined. */
type Change = { readonly [Name in keyof Filter]?: Filter[Name] | undefined };

/** What hits have to have beside looking alike. */
export function Filters({ filter, onChange }: FiltersProps): JSX.Element {
  const words = texts.filters;
  const parts = filterInWords(filter, texts);
  const isOpen = useSignal(parts.length > 0);
  useEffect(() => void refreshCounts(), []);
  const change = (part: Change) => onChange(withoutUndefined({ ...filter, ...part }));
  return (
    <details
      class="filters"
      open={isOpen.value}
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>
        {words.title}
        {parts.length > 0 && <span class="badge">{parts.length}</span>}
        {parts.length > 0 && <span class="filter-words">{parts.join(' · ')}</span>}
      </summary>
      <div class="filter-fields">
        <FolderField folder={filter.folder} onChange={(folder) => change({ folder })} />
        <DayField
          label={words.after}
          day={filter.takenAfter}
          onChange={(takenAfter) => change({ takenAfter })}
        />
        <DayField
          label={words.before}
          day={filter.takenBefore}
          onChange={(takenBefore) => change({ takenBefore })}
        />
        <WidthField width={filter.minWidth} onChange={(minWidth) => change({ minWidth })} />
        <FormatField formats={filter.formats} onChange={(formats) => change({ formats })} />
        {isUpsideDown(filter) && (
          <p class="field-problem" role="alert">
            {texts.search.datesSwapped}{' '}
            <button
              type="button"
              onClick={() => change({ takenAfter: filter.takenBefore, takenBefore: filter.takenAfter })}
            >
              {texts.search.swapDates}
            </button>
          </p>
        )}
        {parts.length > 0 && (
          <button type="button" class="no-filters" onClick={() => onChange({})}>
            {words.none}
          </button>
        )}
      </div>
    </details>
  );
}

interface FieldProps<Value> {
  readonly onChange: (value: Value | undefined) => void;
}

function FolderField({
  folder,
  onChange,
}: FieldProps<string> & { readonly folder: string | undefined }): JSX.Element {
  const roots = counts.value?.roots.map(({ path }) => path) ?? [];
  return (
    <label class="folder-field">
      {texts.filters.folder}
      <input
        list="folders"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={folder ?? ''}
        onChange={(event) => onChange(event.currentTarget.value.trim() || undefined)}
      />
      <datalist id="folders">
        {foldersAround(roots, knownFolders.value).map((path) => (
          <option key={path} value={path} />
        ))}
      </datalist>
    </label>
  );
}

function DayField(
  props: FieldProps<string> & { readonly label: string; readonly day: string | undefined },
): JSX.Element {
  return (
    <label>
      {props.label}
      <input
        type="date"
        value={props.day ?? ''}
        onChange={(event) => props.onChange(event.currentTarget.value || undefined)}
      />
    </label>
  );
}

function WidthField({
  width,
  onChange,
}: FieldProps<number> & { readonly width: number | undefined }): JSX.Element {
  const isWrong = useSignal(false);
  return (
    <label>
      {texts.filters.width}
      <input
        type="number"
        inputMode="numeric"
        min="1"
        max={WIDEST}
        step="1"
        value={width ?? ''}
        aria-invalid={isWrong.value}
        aria-describedby={isWrong.value ? 'width-wrong' : undefined}
        onChange={({ currentTarget: { validity, value, valueAsNumber } }) => {
          const isEmpty = value === '' && !validity.badInput;
          isWrong.value = !isEmpty && !isWidth(valueAsNumber);
          if (!isWrong.value) {
            onChange(isEmpty ? undefined : valueAsNumber);
          }
        }}
      />
      {isWrong.value && (
        <span id="width-wrong" class="field-problem" role="alert">
          {texts.search.widthWrong(WIDEST)}
        </span>
      )}
    </label>
  );
}

function FormatField({
  formats = [],
  onChange,
}: FieldProps<NonNullable<Filter['formats']>> & { readonly formats: Filter['formats'] }): JSX.Element {
  return (
    <fieldset>
      <legend>{texts.filters.format}</legend>
      {FORMATS.map((format) => (
        <label key={format} class="choice">
          <input
            type="checkbox"
            checked={formats.includes(format)}
            onChange={({ currentTarget: { checked } }) => {
              const next = FORMATS.filter((other) => (other === format ? checked : formats.includes(other)));
              onChange(next.length === 0 ? undefined : next);
            }}
          />
          {format}
        </label>
      ))}
    </fieldset>
  );
}

/** Whether the first day comes after the last: then nothing can pass. */
function isUpsideDown({ takenAfter, takenBefore }: Filter): boolean {
  return takenAfter !== undefined && takenBefore !== undefined && takenAfter > takenBefore;
}

function withoutUndefined(filter: Change): Filter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as Filter;
}
