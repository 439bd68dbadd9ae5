import { z } from 'zod';
import { parseDecimal, parseWholeNumber } from '../../domain/plain-number.ts';

/** A whole number that a URL, a form or a command line holds as text: plain digits, see parseWholeNumber. */
export function fromDigits<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? (parseWholeNumber(value) ?? value) : value),
    schema,
  );
}

/** The same for a number with a point, see parseDecimal. */
export function fromDecimal<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? (parseDecimal(value) ?? value) : value),
    schema,
  );
}
