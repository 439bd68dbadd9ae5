import { z } from 'zod';
import { DECISION_KINDS, leastPictures, type NewDecision } from '../domain/decision.ts';

/** A line that says another is not read. */
const SCHEMA = 'eidetic-decision-1';

const HASH = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');

const LINE = z
  .strictObject({
    schema: z.literal(SCHEMA),
    kind: z.enum(DECISION_KINDS),
    pictures: z.array(z.strictObject({ contentHash: HASH, imageDataHash: HASH.nullable() })),
    decidedBy: z.string().min(1),
    decidedAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString()),
    note: z.string().nullable(),
  })
  .refine(
    ({ kind, pictures }) => pictures.length >= leastPictures(kind),
    'expected one picture or more, and of copy and not-copy two or more',
  )
  .refine(
    ({ pictures }) => new Set(pictures.map(({ contentHash }) => contentHash)).size === pictures.length,
    'expected each picture once',
  )
  .transform(({ schema: _, ...decision }): NewDecision => decision);

/** A decision as one line of JSON, without its end. The id is left out: it means nothing in another library. */
export function toDecisionLine({ kind, pictures, decidedBy, decidedAt, note }: NewDecision): string {
  return JSON.stringify({ schema: SCHEMA, kind, pictures, decidedBy, decidedAt, note });
}

/** @returns the decision, or what is wrong with the line */
export function parseDecisionLine(line: string): NewDecision | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { problem: 'it is no JSON; was the file cut short?' };
  }
  const parsed = LINE.safeParse(json);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  return { problem: `${issue?.path.join('.') || 'it'}: ${issue?.message}` };
}
