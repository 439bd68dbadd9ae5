import type { RuleSetting, RuleSettings } from '../curation/rule-settings.ts';
import type { Place } from '../duplicates/report-question.ts';
import { findNamedPlace } from './find-named-place.ts';
import type { Library } from './library.ts';
import { realPlace } from './real-place.ts';

/** Rules whose folders are those of a library. */
export interface ResolvedRules {
  readonly rules: readonly RuleSetting[];
  /** Absolute, without symbolic links. */
  readonly protectedFolders: readonly string[];
}

/**
 * Finds the folders that rules name. A folder that the library does not have is refused: mistyped, it would protect nothing.
 * @param reference folders of the question that nothing is dropped in
 * @throws EideticError NOT_FOUND
 */
export async function resolveRules(
  library: Pick<Library, 'catalog'>,
  { protected: named = [], rules }: RuleSettings,
  reference: readonly Place[],
): Promise<ResolvedRules> {
  const find = async (folder: string) => realPlaces(await findNamedPlace(library, folder));
  const resolved: RuleSetting[] = [];
  for (const rule of rules) {
    resolved.push(
      typeof rule === 'object' && 'folder-order' in rule
        ? { 'folder-order': await inTurn(rule['folder-order'], find) }
        : rule,
    );
  }
  const folders = [...reference.flatMap(realPlaces), ...(await inTurn(named, find))];
  return { rules: resolved, protectedFolders: [...new Set(folders)] };
}

/** Where files of a place lie when no symbolic link stands in their paths. */
export function realPlaces({ paths }: Place): string[] {
  return [...new Set(paths.map(realPlace))];
}

async function inTurn(
  names: readonly string[],
  find: (name: string) => Promise<string[]>,
): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    found.push(...(await find(name)));
  }
  return found;
}
