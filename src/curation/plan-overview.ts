import { z } from 'zod';
import { LEFT_REASONS } from './left-file.ts';
import { PLAN_ACTIONS } from './plan.ts';

const count = z.int().min(0);

/** What a person wants to know of a plan before it is carried out. */
export const PLAN_OVERVIEW = z.object({
  madeAt: z.string().describe('ISO 8601'),
  action: z.enum(PLAN_ACTIONS).describe('what is done to every file that is dropped'),
  moveTo: z.string().nullable().describe('where a move goes; null for other actions'),
  rules: z.array(z.string()).describe('in words, the first that tells two files apart deciding'),
  protected: z.array(z.string()).describe('folders that nothing is dropped in'),
  groups: count.describe('groups of which something is dropped'),
  files: count.describe('files that are dropped'),
  companions: count.describe('of these, files from beside pictures that go with them'),
  freesBytes: count.describe('none by further names of a file that stays'),
  ties: count.describe('groups in which only the paths told a dropped file from the one that stays'),
  warned: z
    .object({ files: count, first: z.object({ path: z.string(), warning: z.string() }) })
    .nullable()
    .describe('dropped files that have something which the kept one lacks; null for none'),
  left: z
    .array(
      z.object({
        why: z.enum(LEFT_REASONS),
        files: count,
        first: z.object({
          path: z.string(),
          companion: z.string().nullable().describe('for whose sake it is left'),
        }),
      }),
    )
    .describe('files of groups that nothing is done to, although another one is kept, by reason'),
  pairsLeft: count.describe('pairs left alone: they may be copies, or are other shots of one scene'),
  managed: z
    .array(z.object({ root: z.string(), program: z.string(), sign: z.string() }))
    .describe('programs that seem to keep a catalog of what lies there, and should do the moving themselves'),
  missing: z
    .object({
      goneGroups: count.describe('groups with fewer than two files that are there as they were indexed'),
      gonePairs: count.describe('pairs of no group likewise'),
      oneFileNames: count.describe('pictures all paths of which are names of one file'),
      decidedGroups: count.describe('groups that somebody decided to keep'),
      decidedPairs: count,
      unknownPixels: z.object({ unreachable: count, unfinished: count, incomparable: count }),
      unknownCopies: count.describe('pairs that could not be laid over each other'),
      undescribedFiles: count,
    })
    .describe('what was away, or could not be looked at, so that files may be missing from the plan'),
});
export type PlanOverview = z.infer<typeof PLAN_OVERVIEW>;
