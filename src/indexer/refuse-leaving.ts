import { EideticError } from '../domain/errors.ts';
import type { RootRules } from '../domain/roots.ts';
import type { PlannedRoot } from './plan-roots.ts';

/** Known files of a root that its changed rules pass over. */
export interface LeavingFiles {
  readonly root: PlannedRoot;
  readonly count: number;
  /** The first few. */
  readonly names: readonly string[];
}

/** Names that a refusal gives of each root. */
export const LEAVING_NAMES = 3;

/** The refusal to let files leave the library because of changed rules that nobody accepted. */
export function refuseLeaving(leaving: readonly LeavingFiles[]): EideticError {
  const roots = leaving.map(({ root, count, names }) => {
    const more = count > names.length ? ` and ${count - names.length} more` : '';
    const files = count === 1 ? '1 file' : `${count} files`;
    return `${files} of ${root.path}, because ${describeChange(root)}: ${names.join(', ')}${more}`;
  });
  return new EideticError(
    'INVALID_INPUT',
    `By its rules from now on the library would lose ${roots.join('; and ')}. Nothing was changed: give rules that let them stay, or --accept-rules to let them leave.`,
    { details: { leaving: leaving.reduce((sum, { count }) => sum + count, 0) } },
  );
}

function describeChange({ path, id, outerRoot, formerRules, rules }: PlannedRoot): string {
  if (id === null) {
    const before = outerRoot === null ? 'that were named one by one' : `of ${outerRoot.path}`;
    return `it takes over files ${before}, and its rules are: ${describeRules(rules)}`;
  }
  if (formerRules === null) {
    return `nobody knows the rules under which ${path} was indexed before, and from now on they are: ${describeRules(rules)}`;
  }
  return differences(formerRules, rules).join(', ');
}

function describeRules({ exclude, includeHidden, followSymlinks }: RootRules): string {
  return [
    exclude.length === 0 ? 'nothing is excluded' : `${quote(exclude)} excluded`,
    includeHidden ? 'hidden names are scanned' : 'hidden names are passed over',
    followSymlinks ? 'symbolic links are followed' : 'symbolic links are passed over',
  ].join(', ');
}

function differences(before: RootRules, after: RootRules): string[] {
  const added = after.exclude.filter((glob) => !before.exclude.includes(glob));
  const left = before.exclude.filter((glob) => !after.exclude.includes(glob));
  return [
    ...(added.length > 0 ? [`${quote(added)} excluded now`] : []),
    ...(left.length > 0 ? [`${quote(left)} no longer excluded`] : []),
    ...(before.includeHidden === after.includeHidden
      ? []
      : [`hidden names are ${after.includeHidden ? 'scanned' : 'passed over'} now`]),
    ...(before.followSymlinks === after.followSymlinks
      ? []
      : [`symbolic links are ${after.followSymlinks ? 'followed' : 'passed over'} now`]),
  ];
}

function quote(globs: readonly string[]): string {
  return `${globs.map((glob) => `"${glob}"`).join(', ')} ${globs.length === 1 ? 'is' : 'are'}`;
}
