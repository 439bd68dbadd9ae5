import { BY_FOLDER, KEEP_PRESETS, type KeptBy } from '../curation/keep-presets.ts';
import type { RuleSettings } from '../curation/rule-settings.ts';
import { EideticError } from '../domain/errors.ts';
import type { ReportQuestion } from '../duplicates/report-question.ts';
import type { Library } from './library.ts';
import { type ResolvedRules, realPlaces, resolveRules } from './resolve-rules.ts';

/** By which rules files are kept, as somebody asks for it. */
export interface AskedRules {
  /** A name, or rules of one's own. */
  readonly keep: KeptBy | RuleSettings;
  /** Folders in which nothing is dropped, beside those of the rules. */
  readonly protect: readonly string[];
}

/**
 * Finds the rules, with the folders of the library in them.
 * @param asked with absolute folders
 * @throws EideticError INVALID_INPUT when no folders have an order; NOT_FOUND for a folder that the library does not have
 */
export function chooseRules(
  library: Pick<Library, 'catalog'>,
  { keep, protect }: AskedRules,
  question: ReportQuestion,
): Promise<ResolvedRules> {
  const { rules, protected: folders = [] } = typeof keep === 'object' ? keep : presetOf(keep, question);
  const named = [...protect, ...folders];
  return resolveRules(
    library,
    { rules, ...(named.length > 0 ? { protected: named } : {}) },
    question.reference,
  );
}

function presetOf(keep: KeptBy, { across, within }: ReportQuestion): RuleSettings {
  if (keep !== BY_FOLDER) {
    return { rules: [...KEEP_PRESETS[keep]] };
  }
  if (across.length + within.length < 2) {
    throw new EideticError(
      'INVALID_INPUT',
      'Found "folder" for what is kept without folders in an order; name two or more to look across or within, the best first, or write rules with "folder-order".',
    );
  }
  const folders = [...across, ...within].flatMap(realPlaces);
  return { rules: [{ 'folder-order': folders }, ...KEEP_PRESETS.best] };
}
