import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { expandHome } from '../config/home-folder.ts';
import { KEEP_PRESETS, type KeepPreset } from '../curation/keep-presets.ts';
import { readRules } from '../curation/read-rules.ts';
import type { RuleSetting, RuleSettings } from '../curation/rule-settings.ts';
import { EideticError } from '../domain/errors.ts';
import type { ReportQuestion } from '../duplicates/report-question.ts';
import type { Library } from '../engine/library.ts';
import { type ResolvedRules, realPlaces, resolveRules } from '../engine/resolve-rules.ts';
import { collected, parsePath } from './parse-option.ts';

/** By which rules files are kept. */
export interface KeepFlags {
  readonly keep: KeepPreset | typeof BY_FOLDER;
  readonly rules?: string;
  readonly protect?: readonly string[];
}

/** The order in which folders are asked about decides first. */
const BY_FOLDER = 'folder';

export function addKeepOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--keep <preset>',
        'what is kept of a group, see below: folder keeps what lies in the first of the folders of --across or --within',
      )
        .choices([...Object.keys(KEEP_PRESETS), BY_FOLDER])
        .default('best'),
    )
    .addOption(
      new Option('--rules <file>', 'keep by rules of your own, YAML or JSON')
        .argParser(parsePath)
        .conflicts('keep'),
    )
    .addOption(
      new Option('--protect <folders...>', 'drop nothing in these folders, whatever the rules say').argParser(
        collected(parsePath),
      ),
    );
}

/** @throws EideticError INVALID_INPUT, NOT_FOUND for rules that cannot be followed */
export async function rulesOf(
  library: Library,
  { keep, rules, protect = [] }: KeepFlags,
  question: ReportQuestion,
): Promise<ResolvedRules> {
  const settings = rules === undefined ? presetOf(keep, question) : await settingsIn(resolve(rules));
  const protectedFolders = [...protect, ...(settings.protected ?? [])];
  return resolveRules(
    library,
    { rules: settings.rules, ...(protectedFolders.length > 0 ? { protected: protectedFolders } : {}) },
    question.reference,
  );
}

function presetOf(keep: KeepFlags['keep'], { across, within }: ReportQuestion): RuleSettings {
  if (keep !== BY_FOLDER) {
    return { rules: [...KEEP_PRESETS[keep]] };
  }
  const folders = [...across, ...within].flatMap(realPlaces);
  if (across.length + within.length < 2) {
    throw new EideticError(
      'INVALID_INPUT',
      'Found --keep folder without folders in an order; name two or more with --across or --within, the best first, or write a rules file with "folder-order".',
    );
  }
  return { rules: [{ 'folder-order': folders }, ...KEEP_PRESETS.best] };
}

/** Folders in a rules file are meant from the folder that it lies in. */
async function settingsIn(file: string): Promise<RuleSettings> {
  const { protected: folders, rules } = await readRules(file);
  const inFull = (folder: string) => resolve(dirname(file), expandHome(folder, `a folder in ${file}`));
  const settings = rules.map(
    (rule): RuleSetting =>
      typeof rule === 'object' && 'folder-order' in rule
        ? { 'folder-order': rule['folder-order'].map(inFull) }
        : rule,
  );
  return { rules: settings, ...(folders === undefined ? {} : { protected: folders.map(inFull) }) };
}
