import { z } from 'zod';
import type { ErrorCode } from '../../domain/errors.ts';
import { HTTP_STATUSES } from '../errors/http-statuses.ts';
import { fromDigits } from './from-digits.ts';
import { pathSchema } from './path-schema.ts';
import { schemaRegistry } from './schema-registry.ts';

const filterShape = {
  code: z
    .enum(Object.keys(HTTP_STATUSES) as [ErrorCode, ...ErrorCode[]])
    .optional()
    .describe('only failures with this code'),
  retry: z
    .enum(['changed', 'next-run'])
    .optional()
    .describe('only those that are tried again when their file has changed, or in the next run'),
  pathPrefix: pathSchema.optional().describe('a folder or file: only what failed at or below it'),
};

const pageShape = {
  limit: fromDigits(z.int().min(1).max(1_000))
    .default(100)
    .describe('most failures in a page; names that are not UTF-8 and look the same stay together'),
  cursor: z.string().max(8_000).optional().describe('nextCursor of the page before'),
};

export const failuresQuerySchema = z.strictObject({ ...filterShape, ...pageShape });

export const failureCountsQuerySchema = z.strictObject({ pathPrefix: filterShape.pathPrefix });

export const jobFailuresQuerySchema = z.strictObject(pageShape);

const failureSchema = z
  .object({
    path: z
      .string()
      .describe('absolute; in a name that is not UTF-8, \\xNN stands for each byte that is not'),
    sizeBytes: z.int().describe('0 of what nobody could look at'),
    modifiedMs: z.number().describe('milliseconds since 1970; 0 of what nobody could look at'),
    code: z.string().describe('what went wrong, for programs: IMAGE_UNREADABLE, NOT_FOUND …'),
    message: z.string().describe('what was found, what was expected, what to do'),
    failedAt: z.string().describe('ISO 8601'),
    retry: z
      .enum(['changed', 'next-run'])
      .describe(
        'when it is tried again: when the file, or limits, rules or decoders have changed; or also in the next run',
      ),
  })
  .register(schemaRegistry, { id: 'Failure', description: 'Why a file could not be indexed.' });

export const failurePageSchema = z
  .object({
    failures: z.array(failureSchema),
    nextCursor: z.string().nullable().describe('for the next page; null on the last'),
  })
  .register(schemaRegistry, { id: 'FailurePage', description: 'Failures, ascending by path.' });

export const failureCountsSchema = z
  .object({
    failures: z.int().min(0),
    byCode: z
      .array(
        z.object({
          code: z.string().describe('as in Failure'),
          failures: z.int().min(1),
          inNextRun: z
            .int()
            .min(0)
            .describe('how many of them the next run tries again whether or not their file has changed'),
        }),
      )
      .describe('the most frequent first'),
  })
  .register(schemaRegistry, { id: 'FailureCounts', description: 'How many files failed, by reason.' });

export const retryRequestSchema = z.strictObject(filterShape).register(schemaRegistry, {
  id: 'RetryRequest',
  description: 'Which failures: all parts that are given must hold; {} for all.',
});

export const retryAnswerSchema = z
  .object({
    marked: z.int().min(0).describe('failures that the next run tries again'),
    outside: z
      .int()
      .min(0)
      .describe('failures that were left as they are, since they lie outside of what this server may index'),
  })
  .register(schemaRegistry, { id: 'RetryAnswer', description: 'What became of the failures.' });

export type FailuresQuery = z.input<typeof failuresQuerySchema>;
export type FailureCountsQuery = z.input<typeof failureCountsQuerySchema>;
export type FailureCounts = z.infer<typeof failureCountsSchema>;
export type JobFailuresQuery = z.input<typeof jobFailuresQuerySchema>;
export type FailureAnswer = z.infer<typeof failureSchema>;
export type FailurePage = z.infer<typeof failurePageSchema>;
export type RetryRequest = z.input<typeof retryRequestSchema>;
export type RetryAnswer = z.infer<typeof retryAnswerSchema>;
