import { z } from 'zod';
import { DECISION_KINDS } from '../../domain/decision.ts';
import { fromDigits } from './from-digits.ts';
import { schemaRegistry } from './schema-registry.ts';

/** Of a copy every two of its pictures are a pair in reports. */
const MOST_PICTURES = 1_000;

export const decisionRequestSchema = z
  .strictObject({
    kind: z
      .enum(DECISION_KINDS)
      .describe(
        'copy: one was made from the other, or both from one; not-copy: different photographs; keep-both: each of them stays; undecided takes back what was said of exactly this set',
      ),
    pictures: z
      .array(z.int().min(1))
      .min(1)
      .max(MOST_PICTURES)
      .describe('ids, each once; one is enough for keep-both (all its files stay) and undecided'),
    note: z.string().max(1_000).optional().describe('why, for who reads it later'),
  })
  .register(schemaRegistry, {
    id: 'DecisionRequest',
    description: 'What somebody says of a set of pictures.',
  });
export type DecisionRequest = z.infer<typeof decisionRequestSchema>;

export const decisionsQuerySchema = z.strictObject({
  limit: fromDigits(z.int().min(1).max(100)).default(50).describe('most decisions in a page'),
  cursor: z.string().max(100).optional().describe('nextCursor of the page before'),
});
export type DecisionsQuery = z.input<typeof decisionsQuerySchema>;

export const decisionSchema = z
  .object({
    id: z.int(),
    kind: z.enum(DECISION_KINDS),
    decidedBy: z.string().describe('the id of the key by which it came, or a name'),
    decidedAt: z.string().describe('ISO 8601'),
    note: z.string().nullable(),
    stands: z.boolean().describe('whether no later one was about the same set'),
    pictures: z.array(
      z.object({
        id: z.int().nullable().describe('null when the library has none of these bytes or image data'),
        contentHash: z.string(),
        imageDataHash: z.string().nullable(),
      }),
    ),
  })
  .register(schemaRegistry, { id: 'Decision', description: 'What a person said of a set of pictures.' });
export type DecisionAnswer = z.infer<typeof decisionSchema>;

export const decisionsPageSchema = z
  .object({
    decisions: z.array(decisionSchema),
    nextCursor: z.string().nullable().describe('for the next page; null on the last'),
  })
  .register(schemaRegistry, {
    id: 'DecisionsPage',
    description: 'Decisions in the order in which they were recorded.',
  });
export type DecisionsPage = z.infer<typeof decisionsPageSchema>;
