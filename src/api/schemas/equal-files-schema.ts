import { z } from 'zod';
import { MOST_MEMBERS_SHOWN, MOST_PICTURES_IN_PAGE, unknownPixelsSchema } from './duplicates-schema.ts';
import { fromDigits } from './from-digits.ts';
import { fileStateSchema, pictureSchema } from './picture-schema.ts';
import { questionShape } from './question-schema.ts';
import { schemaRegistry } from './schema-registry.ts';

/** How pictures of a group of equal files relate, the most certain first. */
const relationSchema = z.enum(['identical', 'same-image-data', 'same-pixels']);

export const equalFilesQuerySchema = z.strictObject({
  ...questionShape,
  relation: relationSchema.optional().describe('only groups of this one'),
  limit: fromDigits(z.int().min(1).max(200))
    .default(20)
    .describe(`most groups in a page; fewer when they list ${MOST_PICTURES_IN_PAGE} pictures`),
  cursor: z
    .string()
    .max(200)
    .optional()
    .describe('nextCursor of the page before, of the same relation and folders'),
});

const memberSchema = z.object({
  ...pictureSchema.shape,
  looks: z
    .array(
      z.object({
        state: fileStateSchema,
        isFurtherName: z
          .boolean()
          .describe('whether it is one file with a path listed before it (a hard link), and takes no space'),
        isKept: z.boolean().describe('whether it is there and lies in a reference'),
      }),
    )
    .describe('of each of its files, in their order: those that are there come first'),
});

export const equalFilesPageSchema = z
  .object({
    generation: z.string().describe('as in DuplicatesPage'),
    lookedAt: z.string().describe('when the files were looked at, ISO 8601; a look holds for a minute'),
    groups: z.array(
      z.object({
        id: z.int().describe('the lowest id in the group'),
        relation: relationSchema.describe('the weakest in the group, of what is there'),
        pictureCount: z.int().describe('pictures of the group, also those that are not listed here'),
        fileCount: z.int().describe('files that are there, one with several names once'),
        sizeBytes: z.int().describe('of those'),
        freeableBytes: z
          .int()
          .describe(
            'bytes that keeping what lies in a reference, and elsewhere one file alone, the largest, would free; hard and symbolic links free none',
          ),
        pictures: z
          .array(memberSchema)
          .describe(`the first ${MOST_MEMBERS_SHOWN}, those that are there first`),
      }),
    ),
    counts: z
      .object({ identical: z.int(), 'same-image-data': z.int(), 'same-pixels': z.int() })
      .describe('of the whole report, as the next seven: groups of each relation'),
    fileCount: z.int().describe('files that are there, in groups'),
    freeableBytes: z.int(),
    goneGroups: z
      .int()
      .describe(
        'groups left out: fewer than two of their files are there as they were indexed, or none in another of the folders that are asked about',
      ),
    oneFileNames: z.int().describe('pictures left out: all their paths are names of one file'),
    unknownPixels: unknownPixelsSchema,
    undescribedFiles: z.int().describe('files whose pictures no model has described'),
    decidedGroups: z.int().describe('groups left out, since somebody decided to keep what is in them'),
    nextCursor: z.string().nullable().describe('for the next page; null on the last'),
  })
  .register(schemaRegistry, {
    id: 'EqualFilesPage',
    description: 'Groups of equal files, the most certain first, of equal certainty those that free most.',
  });

export const reportProgressSchema = z
  .object({
    working: z
      .object({
        step: z
          .enum(['comparing', 'looking', 'finding similar', 'finding copies'])
          .describe('comparing vectors for what may be equal; looking at pixels; comparing what is similar'),
        done: z.int().describe('pictures'),
        total: z.int().nullable().describe('null while it is not known'),
      })
      .nullable()
      .describe('null when no report is being made'),
  })
  .register(schemaRegistry, { id: 'ReportProgress', description: 'How far a duplicate report is.' });

export type EqualFilesQuery = z.input<typeof equalFilesQuerySchema>;
export type EqualFilesPage = z.infer<typeof equalFilesPageSchema>;
export type ReportProgress = z.infer<typeof reportProgressSchema>;
