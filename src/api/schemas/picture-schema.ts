import { z } from 'zod';
import { fromDigits } from './from-digits.ts';
import { pathSchema } from './path-schema.ts';
import { relationSchema } from './relation-schema.ts';
import { schemaRegistry } from './schema-registry.ts';
import { similaritySchema } from './similarity-schema.ts';

export const PICTURE_FORMATS = [
  'jpeg',
  'png',
  'webp',
  'gif',
  'avif',
  'heic',
  'tiff',
  'svg',
  'bmp',
  'ico',
] as const;

/** Longest sides of thumbnails, pixels. */
export const THUMBNAIL_SIZES = [128, 256, 512, 1024] as const;

/** Most files that an answer lists of a picture; a route of its own has the others. */
export const MOST_FILES_SHOWN = 100;

/** SQLite row ids stay below this, so that nothing a client sends is rounded. */
export const pictureIdSchema = z.int().min(1);

const pictureShape = {
  id: pictureIdSchema,
  contentHash: z.string().describe('SHA-256 of the bytes, 64 hex digits'),
  format: z.enum(PICTURE_FORMATS),
  width: z.int().describe('pixels, as shown'),
  height: z.int().describe('pixels, as shown'),
  pages: z
    .int()
    .nullable()
    .describe('pages of a document or frames of an animation, 1 or more; null when nobody looked'),
  sizeBytes: z.int(),
  takenAt: z.string().nullable().describe('ISO 8601; local time of the camera when it has no offset'),
  camera: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  files: z
    .array(z.string())
    .describe(
      `files with these bytes, ${MOST_FILES_SHOWN} at most, by path: absolute for who may administer, else below the folder that was indexed; /v1/pictures/{id}/files has them all`,
    ),
  fileCount: z.int().describe('files with these bytes, also those that are not listed here'),
  thumbnail: z
    .string()
    .describe(
      'where its thumbnail is, on this server; where keys are asked for a signed link, which is good without one for one to two hours',
    ),
};

export const pictureSchema = z
  .object(pictureShape)
  .register(schemaRegistry, { id: 'Picture', description: 'Unique bytes, with the files that hold them.' });

export const hitSchema = z
  .object({
    ...pictureShape,
    similarity: similaritySchema,
    relation: relationSchema
      .optional()
      .describe(
        'how the whole picture that was searched for relates to this one, as in Match, where that is known already: by hashes, and of two pictures of the library by what was found when one was laid over the other. Nobody looks for a search: without it nobody may have looked, and nothing is said. /v1/match looks',
      ),
  })
  .register(schemaRegistry, { id: 'Hit', description: 'A picture and how similar it is to the query.' });

export const pictureParamsSchema = z.strictObject({ id: fromDigits(pictureIdSchema) });

export const thumbnailQuerySchema = z.strictObject({
  size: z
    .enum(THUMBNAIL_SIZES.map(String) as [string, ...string[]])
    .default('256')
    .describe('longest side, pixels'),
  keyId: z.string().max(50).optional().describe('of a signed link: the key that has signed'),
  expires: z.string().max(12).optional().describe('of a signed link: when it ends, seconds since 1970'),
  signature: z.string().max(100).optional().describe('of a signed link'),
});

export const listQuerySchema = z
  .strictObject({
    order: z
      .enum(['oldest', 'newest'])
      .default('oldest')
      .describe('by when they came into the library, which is the order of their ids'),
    sha256: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/, { error: 'expected 64 hex digits' })
      .optional()
      .describe('only the picture of these bytes: its contentHash'),
    path: pathSchema
      .optional()
      .describe(
        'only pictures with a file at exactly this path, as answers show it; one such path can lie in several folders',
      ),
    pathPrefix: pathSchema
      .optional()
      .describe(
        'only pictures with a file at or below this folder, as answers show it; one such folder can lie in several',
      ),
    limit: fromDigits(z.int().min(1).max(500)).default(50),
    cursor: z
      .string()
      .max(200)
      .optional()
      .describe('nextCursor of the page before, which had the same order; pages go as deep as you like'),
  })
  .refine(
    ({ sha256, path, pathPrefix }) =>
      [sha256, path, pathPrefix].filter((name) => name !== undefined).length <= 1,
    { message: 'expected one of sha256, path and pathPrefix, or none' },
  );

export const picturePageSchema = z
  .object({
    pictures: z.array(pictureSchema),
    nextCursor: z.string().nullable().describe('for the next page; null on the last'),
  })
  .register(schemaRegistry, { id: 'PicturePage', description: 'Pictures by id.' });

/** What is at a path now; see PathLook. */
export const fileStateSchema = z
  .enum(['there', 'changed', 'away'])
  .describe(
    'what is at a path now: the file as it was indexed; another file, or the same one changed since; nothing that can be reached',
  );

export const filesQuerySchema = z.strictObject({
  states: z
    .enum(['true', 'false'])
    .default('false')
    .describe('whether to look at each path; a drive that does not answer holds the answer up'),
  limit: fromDigits(z.int().min(1).max(1_000)).default(100),
  cursor: z.string().max(200).optional().describe('nextCursor of the page before'),
});

export const filesPageSchema = z
  .object({
    files: z.array(z.string()).describe('as in Picture'),
    states: z
      .array(fileStateSchema)
      .nullable()
      .describe('of each of the files, in their order; null when nobody asked'),
    fileCount: z.int().describe('all of them'),
    nextCursor: z.string().nullable().describe('for the next page; null on the last'),
  })
  .register(schemaRegistry, { id: 'FilesPage', description: 'Files of one picture, ascending by path.' });

export type FilesPage = z.infer<typeof filesPageSchema>;
export type FilesQuery = z.input<typeof filesQuerySchema>;
export type Picture = z.infer<typeof pictureSchema>;
export type PictureHit = z.infer<typeof hitSchema>;
export type PicturePage = z.infer<typeof picturePageSchema>;
export type ListQuery = z.input<typeof listQuerySchema>;
