import { dirname } from 'node:path';
import { isAtOrBelow } from '../domain/is-below.ts';

/**
 * Finds what belongs to a path: what the longest root at or above it has. Quick for paths of one folder in a row,
 * however deep it lies.
 * @param values by the paths of roots
 * @param otherwise of a path that no root has
 */
export function byLongestRoot<Value>(
  values: ReadonlyMap<string, Value>,
  otherwise: Value,
): (path: string) => Value {
  const longestFirst = [...values].sort(([a], [b]) => b.length - a.length);
  const find = (path: string) => longestFirst.find(([root]) => isAtOrBelow(path, root))?.[1] ?? otherwise;
  let last: { readonly folder: string; readonly value: Value } | null = null;
  return (path) => {
    const own = values.get(path);
    if (own !== undefined) {
      return own;
    }
    const folder = dirname(path);
    if (last?.folder !== folder) {
      last = { folder, value: find(folder) };
    }
    return last.value;
  };
}
