import { z } from 'zod';
import { parseDecimal, parseWholeNumber } from '../../domain/plain-number.ts';

/** A whole number that a URL, a form or a command line holds as text: plain digits, see parseWholeNumber. */
export function fromDigits<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value: z.input<Schema>) => read(value, parseWholeNumber), schema);
}

/** The same for a number with a point, see parseDecimal. */
export function fromDecimal<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value: z.input<Schema>) => read(value, parseDecimal), schema);
}

/** What is no such number stays as it is, for the schema to refuse. */
function read(value: unknown, parse: (text: string) => number | null): unknown {
  return typeof value === 'string' ? (parse(value) ?? value) : value;
}
