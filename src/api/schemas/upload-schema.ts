import { z } from 'zod';
import { pictureSchema } from './picture-schema.ts';
import { problemSchema } from './problem-schema.ts';
import { schemaRegistry } from './schema-registry.ts';

export const uploadAnswerSchema = z
  .object({
    uploads: z.array(
      z.object({
        name: z.string().nullable().describe('the file name that was sent'),
        added: z
          .boolean()
          .describe(
            'whether this upload brought its bytes: false when the library had them already, as an upload or in a folder (a copy is kept all the same), or it was refused. Of equal uploads at once one alone is added',
          ),
        picture: pictureSchema.nullable(),
        error: problemSchema.nullable().describe('why this one was refused; the others are kept'),
      }),
    ),
  })
  .register(schemaRegistry, { id: 'Uploads', description: 'What became of each upload, in their order.' });

export type UploadAnswer = z.infer<typeof uploadAnswerSchema>;
