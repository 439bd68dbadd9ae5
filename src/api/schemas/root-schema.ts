import { z } from 'zod';
import { schemaRegistry } from './schema-registry.ts';

const count = z.int().min(0);

export const rootsAnswerSchema = z
  .object({
    pictures: count.describe('of the whole library, each once'),
    roots: z.array(
      z.object({
        path: z
          .string()
          .describe('absolute for who may administer, else its name, or its path below the folder around it'),
        rules: z
          .object({
            exclude: z.array(z.string()).describe('globs over the path below the folder, or the name alone'),
            includeHidden: z.boolean().describe('whether names that begin with a dot are indexed'),
            followSymlinks: z.boolean(),
          })
          .nullable()
          .describe('by which it is indexed; null when it is from before folders had rules'),
        files: count.describe(
          'files that hold a picture, without those of folders inside that are listed too',
        ),
        pictures: count.describe('pictures that these files hold'),
        failures: count.describe('files that could not be indexed'),
        unsupported: count.describe('pictures in formats that are not read; they are no failures'),
        others: count.describe('files that are no pictures'),
        failedSince: count.describe(
          'files that hold a picture and were not read since: they are counted among files, and among the three above',
        ),
        lastJob: z
          .object({ id: z.int().min(1), endedAt: z.string().describe('ISO 8601') })
          .nullable()
          .describe(
            'the last job of this server that looked at the whole folder and is done; null when there is none, or it is long ago. What the command line or a watcher indexed is not told',
          ),
        openJob: z
          .object({
            id: z.int().min(1),
            state: z.enum(['queued', 'running', 'canceling', 'failed', 'canceled']),
          })
          .nullable()
          .describe('the latest job over the whole folder, when it has not come to its end; else null'),
        look: z
          .object({
            state: z
              .enum(['there', 'empty', 'away', 'unknown'])
              .describe(
                'empty: nothing lies in it, as where a drive is not mounted; away: it cannot be seen, and its files stay in the library; unknown: its disk did not answer in time',
              ),
            reason: z.string().nullable().describe('why it is away; else null'),
          })
          .describe('whether the folder can be seen now; its files were not looked at'),
        mayIndex: z.boolean().describe('whether the caller may make a job of it'),
      }),
    ),
  })
  .register(schemaRegistry, { id: 'Roots', description: 'The folders of the library, ascending by path.' });

export type RootsAnswer = z.infer<typeof rootsAnswerSchema>;
