import { z } from 'zod';
import { pictureSchema } from './picture-schema.ts';
import { problemSchema } from './problem-schema.ts';
import { schemaRegistry } from './schema-registry.ts';

export const uploadAnswerSchema = z
  .object({
    uploads: z.array(
      z.object({
        name: z.string().nullable().describe('the file name that was sent'),
        added: z.boolean().describe('false when the library kept this upload already, or it was refused'),
        picture: pictureSchema.nullable(),
        error: problemSchema.nullable().describe('why this one was refused; the others are kept'),
      }),
    ),
  })
  .register(schemaRegistry, { id: 'Uploads', description: 'What became of each upload, in their order.' });

export type UploadAnswer = z.infer<typeof uploadAnswerSchema>;
