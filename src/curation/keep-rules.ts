import { originalRule, uncroppedRule } from './evidence-rules.ts';
import type { KeepRule } from './keep-rule.ts';
import type { KnownPairs } from './pair-facts.ts';
import { folderOrderRule, nameRule } from './path-rules.ts';
import {
  BEST_FORMAT,
  FIRST_BY_PATH,
  LARGEST,
  MOST_BYTES,
  MOST_METADATA,
  NEWEST,
  OLDEST,
  SHORTEST_PATH,
} from './rank-rules.ts';
import type { RuleSetting } from './rule-settings.ts';

/** What decides when nothing else does: always the same file, whatever the order in which they come. */
const TIE_RULES: readonly KeepRule[] = [SHORTEST_PATH, FIRST_BY_PATH];

/** @returns the rules that were asked for, then those that end every tie */
export function keepRules(settings: readonly RuleSetting[], pairs: KnownPairs): KeepRule[] {
  const asked = settings.flatMap((setting) => rulesOf(setting, pairs));
  const ties = TIE_RULES.filter((rule) => !asked.includes(rule));
  return [...asked, ...ties.map((rule) => ({ ...rule, isTieBreak: true as const }))];
}

function rulesOf(setting: RuleSetting, pairs: KnownPairs): KeepRule | readonly KeepRule[] {
  if (typeof setting === 'object') {
    return 'name' in setting ? nameRule(setting.name) : folderOrderRule(setting['folder-order']);
  }
  switch (setting) {
    case 'uncropped':
      return uncroppedRule(pairs);
    case 'original':
      return originalRule(pairs);
    case 'largest':
      return LARGEST;
    case 'best-format':
      return BEST_FORMAT;
    case 'most-metadata':
      return MOST_METADATA;
    case 'most-bytes':
      return MOST_BYTES;
    case 'oldest':
      return OLDEST;
    case 'newest':
      return NEWEST;
    case 'shortest-path':
      return SHORTEST_PATH;
  }
}
