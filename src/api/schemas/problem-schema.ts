import { z } from 'zod';
import { schemaRegistry } from './schema-registry.ts';

/** RFC 9457, and a code for programs. */
export const problemSchema = z
  .object({
    type: z.literal('about:blank'),
    title: z.string().describe('what the status means'),
    status: z.int().min(400).max(599),
    code: z.string().describe('what went wrong, for programs: INVALID_INPUT, NOT_FOUND, OVERLOADED …'),
    detail: z.string().describe('what was found, what was expected, what to do'),
    requestId: z.string().describe('also in the X-Request-Id header and in the log'),
  })
  .register(schemaRegistry, { id: 'Problem', description: 'Why a request was refused (RFC 9457).' });

export type Problem = z.infer<typeof problemSchema>;
