import type { JSX } from 'preact';
import type { EqualFilesPage } from '../../client/eidetic-client.ts';
import { formatRoute } from '../route.ts';
import type { EqualRelation } from '../state/equal-files.ts';
import { texts } from '../texts/texts.ts';

/** Which groups are shown: all, or those of one relation. With one relation there is nothing to choose. */
export function EqualKinds({
  counts,
  only,
}: {
  readonly counts: EqualFilesPage['counts'];
  readonly only: EqualRelation | null;
}): JSX.Element | null {
  const kinds = (Object.entries(counts) as Array<[EqualRelation, number]>).filter(
    ([kind, count]) => count > 0 || kind === only,
  );
  if (kinds.length < 2 && only === null) {
    return null;
  }
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);
  const link = (kind: EqualRelation | null, name: string, count: number) => (
    <a
      key={kind}
      href={formatRoute({ view: 'equal', ...(kind === null ? {} : { only: kind }) })}
      aria-current={kind === only ? 'page' : undefined}
    >
      {name} <span class="count">{count.toLocaleString(texts.language)}</span>
    </a>
  );
  return (
    <nav class="kinds" aria-label={texts.equal.kinds}>
      {link(null, texts.equal.all, total)}
      {kinds.map(([kind, count]) => link(kind, texts.equal.short[kind], count))}
    </nav>
  );
}
