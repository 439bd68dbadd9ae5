import { z } from 'zod';

/** Rules that need nothing but their name. */
const PLAIN_RULES = [
  'uncropped',
  'original',
  'largest',
  'best-format',
  'most-metadata',
  'most-bytes',
  'oldest',
  'newest',
  'shortest-path',
] as const;

const FOLDERS = z.array(z.string().min(1)).min(1);
const PATTERNS = z.array(z.string().min(1)).min(1);

const NAME_PATTERNS = z
  .strictObject({
    prefer: PATTERNS.optional().describe('Names that are kept rather than others.'),
    avoid: PATTERNS.optional().describe('Names that others are kept rather than.'),
  })
  .refine(({ prefer, avoid }) => prefer !== undefined || avoid !== undefined)
  .describe(
    'Patterns over the name alone: * stands for any letters, ? for one, all else for itself, large or small.',
  );

/** What a rule can be, for messages. */
export const RULES_EXPECTED = `one of ${PLAIN_RULES.join(', ')}, or "folder-order" with a list of folders, or "name" with "prefer" and "avoid"`;

/** One rule, as somebody writes it down. */
const RULE_SETTING = z.union(
  [
    z.enum(PLAIN_RULES),
    z.strictObject({ 'folder-order': FOLDERS.describe('Folders; what lies in an earlier one is kept.') }),
    z.strictObject({ name: NAME_PATTERNS }),
  ],
  { error: ({ input }) => `found ${JSON.stringify(input)}, expected ${RULES_EXPECTED}` },
);

/** What a rules file holds, and what a request that names rules does. */
export const RULE_SETTINGS = z.strictObject({
  protected: FOLDERS.optional().describe('Folders in which nothing is dropped, whatever the rules say.'),
  rules: z.array(RULE_SETTING).min(1).describe('The first that tells two files apart decides.'),
});

export type RuleSetting = z.infer<typeof RULE_SETTING>;
export type RuleSettings = z.infer<typeof RULE_SETTINGS>;

/** JSON Schema of a rules file. */
export function rulesSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(RULE_SETTINGS);
  return { $schema, title: 'Keep rules of Eidetic', ...schema };
}
