import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { expandHome } from '../config/home-folder.ts';
import { KEPT_BY, type KeptBy } from '../curation/keep-presets.ts';
import { readRules } from '../curation/read-rules.ts';
import type { RuleSetting, RuleSettings } from '../curation/rule-settings.ts';
import type { AskedRules } from '../engine/choose-rules.ts';
import { collected, parsePath } from './parse-option.ts';

/** By which rules files are kept. */
export interface KeepFlags {
  readonly keep: KeptBy;
  readonly rules?: string;
  readonly protect?: readonly string[];
}

export function addKeepOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--keep <preset>',
        'what is kept of a group, see below: folder keeps what lies in the first of the folders of --across or --within',
      )
        .choices(KEPT_BY)
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

/** @throws EideticError INVALID_INPUT, NOT_FOUND for a file of rules that cannot be read */
export async function askedRules({ keep, rules, protect = [] }: KeepFlags): Promise<AskedRules> {
  return { keep: rules === undefined ? keep : await settingsIn(resolve(rules)), protect };
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
