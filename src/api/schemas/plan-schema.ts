import { z } from 'zod';
import { COPY_PRESETS, type CopyPreset } from '../../copies/choose-copies.ts';
import { KEPT_BY } from '../../curation/keep-presets.ts';
import { PLAN_ACTIONS } from '../../curation/plan.ts';
import { PLAN_OVERVIEW } from '../../curation/plan-overview.ts';
import { RULE_SETTINGS } from '../../curation/rule-settings.ts';
import { fromDigits } from './from-digits.ts';
import { pathSchema } from './path-schema.ts';
import { schemaRegistry } from './schema-registry.ts';

const folders = (what: string) => z.array(pathSchema).min(1).max(20).optional().describe(what);

const presets = Object.keys(COPY_PRESETS) as [CopyPreset, ...CopyPreset[]];

export const planRequestSchema = z
  .strictObject({
    action: z
      .enum(PLAN_ACTIONS)
      .default('trash')
      .describe(
        'trash, move (to moveTo), hardlink or reflink (of the same bytes on one disk alone), or delete, which cannot be undone',
      ),
    moveTo: pathSchema
      .optional()
      .describe('an absolute folder of the machine on which the plan is carried out'),
    keep: z
      .enum(KEPT_BY)
      .optional()
      .describe(
        'what is kept of a group; best when nothing is named. folder: what lies in the first of the folders of across or within',
      ),
    rules: RULE_SETTINGS.optional().describe(
      'rules of your own in place of keep, as in a rules file; folders absolute',
    ),
    protect: folders('absolute folders in which nothing is dropped, whatever the rules say'),
    copies: z.boolean().default(false).describe('whether copies are dropped, or only what is equal'),
    preset: z.enum(presets).optional().describe('how certain copies shall be; asks for copies'),
    precision: z
      .number()
      .min(0.5)
      .max(1)
      .optional()
      .describe('likewise, by the share of pairs that are some'),
    maxFalsePairs: z.int().min(0).optional().describe('likewise, by the number of pairs that are none'),
    across: folders('as for /v1/duplicates'),
    within: folders('as for /v1/duplicates'),
    reference: folders('as for /v1/duplicates: nothing is dropped in these'),
  })
  .register(schemaRegistry, {
    id: 'PlanRequest',
    description: 'Which files of groups of duplicates are to be kept, and what is to be done to the others.',
  });
export type PlanRequest = z.input<typeof planRequestSchema>;

export const planParamsSchema = z.strictObject({ id: z.uuid() });

export const plansQuerySchema = z.strictObject({
  limit: fromDigits(z.int().min(1).max(100)).default(20).describe('most plans in a page'),
  cursor: z.string().max(100).optional().describe('nextCursor of the page before'),
});
export type PlansQuery = z.input<typeof plansQuerySchema>;

export const planSchema = z
  .object({
    id: z.uuid(),
    askedAt: z.string().describe('ISO 8601'),
    state: z
      .enum(['making', 'made', 'failed'])
      .describe(
        'making: ask again; what fails, or is not made when the server stops, is gone with the server',
      ),
    overview: PLAN_OVERVIEW.nullable().describe('what it comes to; null until it is made'),
    error: z.object({ code: z.string(), message: z.string() }).nullable().describe('why it failed'),
    isBegun: z.boolean().describe('whether "eidetic apply" has begun to carry it out'),
  })
  .register(schemaRegistry, {
    id: 'Plan',
    description: 'A plan that the server has made, or is making; nothing is moved by it.',
  });
export type PlanAnswer = z.infer<typeof planSchema>;

export const plansPageSchema = z
  .object({
    plans: z.array(planSchema),
    nextCursor: z.string().nullable().describe('for the next page; null on the last'),
  })
  .register(schemaRegistry, { id: 'PlansPage', description: 'Plans, the latest first.' });
export type PlansPage = z.infer<typeof plansPageSchema>;
