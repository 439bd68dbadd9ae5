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
        lastJob: z
          .object({ id: z.int().min(1), endedAt: z.string().describe('ISO 8601') })
          .nullable()
          .describe(
            'the last job of this server that looked at the whole folder and is done; null when there is none, or it is long ago. What the command line or a watcher indexed is not told',
          ),
      }),
    ),
  })
  .register(schemaRegistry, { id: 'Roots', description: 'The folders of the library, ascending by path.' });

export type RootsAnswer = z.infer<typeof rootsAnswerSchema>;
