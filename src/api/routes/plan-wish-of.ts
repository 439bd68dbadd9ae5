import { isAbsolute } from 'node:path';
import type { z } from 'zod';
import type { RuleSettings } from '../../curation/rule-settings.ts';
import { EideticError } from '../../domain/errors.ts';
import type { AskedRules } from '../../engine/choose-rules.ts';
import type { AskedPlan } from '../../engine/library-plans.ts';
import { parseInput } from '../schemas/parse-input.ts';
import { pathSchema } from '../schemas/path-schema.ts';
import type { planRequestSchema } from '../schemas/plan-schema.ts';

type PlanWish = z.output<typeof planRequestSchema>;

/** By which rules files are kept. @throws EideticError INVALID_INPUT for two wishes at once, and folders of no machine */
export function rulesAsked({ keep, rules, protect = [] }: PlanWish): AskedRules {
  if (keep !== undefined && rules !== undefined) {
    throw new EideticError(
      'INVALID_INPUT',
      'Found keep and rules, expected one of them: each says by itself what is kept.',
    );
  }
  requireAbsolute(protect, 'protect');
  if (rules !== undefined) {
    requireAbsolute(foldersIn(rules), 'rules');
  }
  return { keep: rules ?? keep ?? 'best', protect };
}

/** What is done, and where to. @throws EideticError INVALID_INPUT for a move to nowhere, and a place for what does not move */
export function actionAsked({ action, moveTo }: PlanWish): Pick<AskedPlan, 'action' | 'moveTo'> {
  if ((action === 'move') !== (moveTo !== undefined)) {
    throw new EideticError(
      'INVALID_INPUT',
      action === 'move'
        ? 'Found no moveTo, expected the folder that files are moved to.'
        : `Found moveTo with the action ${action}, expected it with move alone.`,
    );
  }
  requireAbsolute(moveTo === undefined ? [] : [moveTo], 'moveTo');
  return { action, moveTo: moveTo ?? null };
}

function foldersIn({ protected: named = [], rules }: RuleSettings): string[] {
  const orders = rules.flatMap((rule) =>
    typeof rule === 'object' && 'folder-order' in rule ? rule['folder-order'] : [],
  );
  return [...named, ...orders];
}

function requireAbsolute(folders: readonly string[], field: string): void {
  for (const folder of folders) {
    if (!isAbsolute(parseInput(pathSchema, folder, `a folder of ${field}`))) {
      throw new EideticError(
        'INVALID_INPUT',
        `Found ${JSON.stringify(folder.slice(0, 200))} for ${field}, expected the absolute path of a folder.`,
      );
    }
  }
}
