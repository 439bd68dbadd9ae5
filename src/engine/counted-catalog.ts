import type { Catalog } from '../domain/catalog.ts';
import type { CatalogCounts } from '../domain/picture-catalog.ts';
import type { RootCounts } from '../domain/roots.ts';

/** What a catalog holds, as last counted: counting reads whole tables, and a page asks often. */
export interface CountedCatalog {
  counts(): Promise<CatalogCounts>;
  countsByRoot(): Promise<RootCounts[]>;
}

/** What is no commit (a mark at a failure) may change a count too: so long it may be missed. */
const FRESH_MS = 60_000;

/** Counts again when something was committed since the last time. */
export function countedCatalog({
  descriptors,
  files,
  pictures,
}: Pick<Catalog, 'descriptors' | 'files' | 'pictures'>): CountedCatalog {
  const position = () => descriptors.position();
  return {
    counts: whenMoved(position, () => pictures.counts()),
    countsByRoot: whenMoved(position, () => files.countsByRoot()),
  };
}

function whenMoved<Value>(
  position: () => Promise<string>,
  count: () => Promise<Value>,
): () => Promise<Value> {
  let kept: { readonly at: string; readonly since: number; readonly value: Promise<Value> } | null = null;
  return async () => {
    const at = await position(); // before the counting, which may then know more than it says, and never less
    if (kept?.at !== at || performance.now() - kept.since > FRESH_MS) {
      const counting = { at, since: performance.now(), value: count() };
      kept = counting;
      counting.value.catch(() => {
        kept = kept === counting ? null : kept;
      });
    }
    return kept.value;
  };
}
