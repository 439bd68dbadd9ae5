import type { z } from 'zod';
import { EideticError } from '../../domain/errors.ts';

/**
 * What a client sent, as a schema reads it.
 * @param where for the message: `the body`, `the query string`
 * @throws EideticError INVALID_INPUT naming the field and what was expected
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  where: string,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.join('.') ?? '';
    throw new EideticError(
      'INVALID_INPUT',
      `Cannot use ${where}${path === '' ? '' : `, field ${path.slice(0, 100)}`}: ${issue && messageOf(issue, input).slice(0, 300)}.`,
    );
  }
  return parsed.data;
}

/** What a text holds that was to be a number is told, not that it was a text: in a URL everything is. */
function messageOf(issue: z.core.$ZodIssue, input: unknown): string {
  const value = issue.path.reduce<unknown>((inner, key) => Object(inner)[key], input);
  const isNumberMissed = issue.code === 'invalid_type' && NUMBERS.has(issue.expected);
  return isNumberMissed && typeof value === 'string'
    ? `Found "${value.slice(0, 100)}", expected a ${/^\d+\.\d+$/.test(value) ? 'whole number' : 'number'}`
    : issue.message;
}

const NUMBERS: ReadonlySet<string> = new Set(['number', 'int']);
