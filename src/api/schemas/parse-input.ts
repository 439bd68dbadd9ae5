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
      `Cannot use ${where}${path === '' ? '' : `, field ${path.slice(0, 100)}`}: ${issue?.message.slice(0, 300)}.`,
    );
  }
  return parsed.data;
}
