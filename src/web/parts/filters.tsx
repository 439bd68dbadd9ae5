import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Filter } from '../route.ts';
import { counts, refreshCounts } from '../state/counts.ts';
import { texts } from '../texts/texts.ts';

const FORMATS = ['jpeg', 'png', 'webp', 'gif', 'avif', 'heic', 'tiff', 'svg', 'bmp', 'ico'];

/** What hits have to have beside looking alike. */
export function Filters(props: {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
}): JSX.Element {
  const { filter } = props;
  const words = texts.filters;
  useEffect(() => void refreshCounts(), []);
  const change = (part: { readonly [Name in keyof Filter]?: Filter[Name] | undefined }) =>
    props.onChange(withoutUndefined({ ...filter, ...part }));
  const used = Object.keys(filter).length;
  const folders = counts.value?.roots ?? [];
  return (
    <details class="filters" open={used > 0}>
      <summary>
        {words.title}
        {used > 0 && <span class="badge">{used}</span>}
      </summary>
      <div class="filter-fields">
        <label>
          {words.folder}
          <input
            list="folders"
            value={filter.folder ?? ''}
            onChange={(event) => change({ folder: event.currentTarget.value || undefined })}
          />
          <datalist id="folders">
            {folders.map(({ path }) => (
              <option key={path} value={path} />
            ))}
          </datalist>
        </label>
        <fieldset>
          <legend>{words.format}</legend>
          {FORMATS.map((format) => (
            <label key={format} class="choice">
              <input
                type="checkbox"
                checked={filter.formats?.includes(format) ?? false}
                onChange={(event) =>
                  change({ formats: toggled(filter.formats, format, event.currentTarget.checked) })
                }
              />
              {format}
            </label>
          ))}
        </fieldset>
        <label>
          {words.after}
          <input
            type="date"
            value={filter.takenAfter ?? ''}
            onChange={(event) => change({ takenAfter: event.currentTarget.value || undefined })}
          />
        </label>
        <label>
          {words.before}
          <input
            type="date"
            value={filter.takenBefore ?? ''}
            onChange={(event) => change({ takenBefore: event.currentTarget.value || undefined })}
          />
        </label>
        <label>
          {words.width}
          <input
            type="number"
            min="1"
            step="1"
            value={filter.minWidth ?? ''}
            onChange={(event) => change({ minWidth: event.currentTarget.valueAsNumber || undefined })}
          />
        </label>
        {used > 0 && (
          <button type="button" onClick={() => props.onChange({})}>
            {words.none}
          </button>
        )}
      </div>
    </details>
  );
}

function toggled(formats: readonly string[] = [], format: string, isOn: boolean): string[] | undefined {
  const next = isOn ? [...formats, format] : formats.filter((other) => other !== format);
  return next.length === 0 ? undefined : next;
}

function withoutUndefined(filter: object): Filter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as Filter;
}
