import type { RootRules } from '../domain/roots.ts';

/** ` (without *.xmp; with hidden files)`, or nothing for a folder under the usual rules. */
export function describeRules(rules: RootRules | null): string {
  if (rules === null) {
    return '';
  }
  const { exclude, includeHidden, followSymlinks } = rules;
  const parts = [
    ...(exclude.length > 0 ? [`without ${exclude.join(', ')}`] : []),
    ...(includeHidden ? ['with hidden files'] : []),
    ...(followSymlinks ? ['following symbolic links'] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}
