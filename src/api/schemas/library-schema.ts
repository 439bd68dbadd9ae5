import { z } from 'zod';
import { schemaRegistry } from './schema-registry.ts';

const count = z.int().min(0);

export const libraryAnswerSchema = z
  .object({
    pictures: count.describe('each once, however many files hold it'),
    files: count.describe('files that hold a picture, uploads and files named one by one among them'),
    bytes: count.describe('of these files'),
    failures: count.describe('files that could not be indexed'),
    unsupported: count.describe('pictures in formats that are not read; they are no failures'),
    others: count.describe('files that are no pictures'),
    failedSince: count.describe(
      'files that hold a picture and were not read since: they are counted among files, and among the three above',
    ),
    isReadOnly: z.boolean().describe('whether it lies where nothing can be written'),
    models: z
      .array(
        z.object({
          key: z.string().describe("hash of the model's weights and input recipe, as in /v1/spaces"),
          id: z.string(),
          title: z.string(),
          inputWidth: count.describe('pixels of what a picture is shrunk to before the model sees it'),
          inputHeight: count,
          isInUse: z
            .boolean()
            .describe('whether searches use it; another belongs to a reindex that goes on, or went before'),
          pictures: count.describe('that it has described'),
        }),
      )
      .describe('every model that has described pictures of the library'),
    path: z.string().nullable().describe('absolute; null for who may not administer'),
    freeBytes: count
      .nullable()
      .describe('left where it lies; null for who may not administer, and when the system does not say'),
    mayIndex: z
      .array(z.string())
      .describe(
        'folders that jobs may be given, or folders inside them, those that are there; none for who may not administer, and when nothing can be indexed',
      ),
  })
  .register(schemaRegistry, { id: 'Library', description: 'What the library holds, and where it lies.' });

export type LibraryAnswer = z.infer<typeof libraryAnswerSchema>;
