import { z } from 'zod';
import { pictureIdSchema } from './picture-schema.ts';
import { schemaRegistry } from './schema-registry.ts';

/** Most pictures that are looked for at once. */
const MOST = 500;

export const awayQuerySchema = z.strictObject({
  ids: z
    .string()
    .regex(/^[1-9]\d{0,14}(,[1-9]\d{0,14})*$/, { error: 'expected ids of pictures with commas between' })
    .refine((text) => text.split(',').length <= MOST, { error: `expected at most ${MOST} ids` })
    .describe(`ids of pictures with commas between, ${MOST} at most`),
});

export const awayAnswerSchema = z
  .object({
    away: z
      .array(pictureIdSchema)
      .describe(
        'those of which no file can be seen at the moment: on a drive that is not mounted, in a folder that cannot be entered, or moved or deleted since. They stay in the library',
      ),
  })
  .register(schemaRegistry, { id: 'Away', description: 'Pictures whose files are away.' });

export type AwayAnswer = z.infer<typeof awayAnswerSchema>;
