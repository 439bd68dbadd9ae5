import { dirname } from 'node:path';

/**
 * Finds what belongs to a path: what the longest root at or above it has.
 * @param values by the paths of roots
 * @param otherwise of a path that no root has
 */
export function byLongestRoot<Value>(
  values: ReadonlyMap<string, Value>,
  otherwise: Value,
): (path: string) => Value {
  return (path) => {
    for (let folder = path; ; folder = dirname(folder)) {
      const value = values.get(folder);
      if (value !== undefined) {
        return value;
      }
      if (folder === dirname(folder)) {
        return otherwise;
      }
    }
  };
}
