import { z } from 'zod';
import { fromDigits } from '../schemas/from-digits.ts';
import { schemaRegistry } from '../schemas/schema-registry.ts';
import type { JobView } from './job-view.ts';

/** What `POST /v1/jobs` takes. */
export const newJobSchema = z
  .strictObject({
    roots: z
      .array(z.string().min(1).max(4_096))
      .min(1)
      .max(100)
      .describe('absolute paths of folders, inside those that the server may index'),
  })
  .register(schemaRegistry, { id: 'NewJob', description: 'Folders to index.' });

export const jobListQuerySchema = z.strictObject({
  limit: fromDigits(z.int().min(1).max(100)).default(20),
  cursor: fromDigits(z.int().min(1)).optional().describe('nextCursor of the page before'),
});

export const jobParamsSchema = z.strictObject({ id: fromDigits(z.int().min(1)) });

const count = z.int().min(0);

export const jobSchema = z
  .object({
    id: z.int().min(1),
    roots: z.array(z.string()),
    state: z.enum(['queued', 'running', 'canceling', 'done', 'failed', 'canceled']),
    attempts: count.describe('how often it was begun; more than once when the server was killed meanwhile'),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    progress: z
      .object({
        phase: z
          .enum(['wait', 'scan', 'embed', 'save'])
          .describe('wait: until another program, such as a run on the command line, has written'),
        done: count.describe('files'),
        total: count.nullable(),
        failed: count,
      })
      .nullable()
      .describe('null when it does not run'),
    outcome: z
      .object({
        found: count.describe(
          'unchanged + indexed + moved + failed + stillFailed + unsupported + others, unless it was stopped early',
        ),
        unchanged: count,
        indexed: count,
        embedded: count.describe('pictures that went through the model'),
        failed: count,
        stillFailed: count.describe('files that failed before and have not changed'),
        unsupported: count.describe('pictures in formats that are not read; no failures'),
        others: count.describe('files that are no pictures'),
        rotten: count.describe('of those that failed: changed on disk without having been written'),
        moved: count.describe('files that lie at another path than before; they are not among `indexed`'),
        removed: count.describe('files that are gone from disk'),
        awayFiles: count.describe(
          'files that could not be seen (a drive not mounted); they stay in the library',
        ),
        elapsedMs: z.number().min(0),
      })
      .nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .register(schemaRegistry, { id: 'Job', description: 'An index run on the server.' });

export const jobPageSchema = z
  .object({
    jobs: z.array(jobSchema),
    nextCursor: z.string().nullable().describe('for the next page; null on the last'),
  })
  .register(schemaRegistry, { id: 'JobPage', description: 'Jobs, the latest first.' });

export type JobListQuery = z.input<typeof jobListQuerySchema>;
export type JobAnswer = z.infer<typeof jobSchema>;
export type JobPage = z.infer<typeof jobPageSchema>;

/** A job as answers show it. */
export function jobToJson(job: JobView): JobAnswer {
  return { ...job, roots: [...job.roots] };
}
