/*
 * A saved index is a folder with three files. `manifest.json` names the other two and says what is in them; it is
 * written last, so what it names is whole. Its own last field is a checksum of the rest.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { GRAPH_METRIC } from './hnsw-settings.ts';

/** Raise it when an older Eidetic could misread what a newer one wrote. */
export const INDEX_FORMAT = 2;

/** The format before stamps named a library: read, never written. Its ids of pictures are ids of parts today. */
const FORMER_FORMAT = 1;

export const MANIFEST_FILE = 'manifest.json';

/** Names of index files of either format, finished or not; nothing else in the folder is ever deleted. */
export const INDEX_FILE_PATTERN = /^index-(\d+-)?[0-9a-f]{8}\.(hnsw|parts|pictures)(\.tmp)?$/;

const wholeNumber = z.int().nonnegative();

const fileSchema = z.strictObject({
  name: z.string().regex(INDEX_FILE_PATTERN),
  sizeBytes: wholeNumber,
  sha256: z.string(),
});

const contentSchema = z.strictObject({
  format: z.literal(INDEX_FORMAT),
  libraryId: z.string(),
  spaceId: z.string(),
  revision: wholeNumber,
  modelKey: z.string(),
  dimensions: z.int().positive(),
  /** Position in the library's feed of vectors that the index reflects. */
  position: z.string(),
  metric: z.literal(GRAPH_METRIC),
  m: z.int().positive(),
  efConstruction: z.int().positive(),
  /** Parts in the index. */
  count: wholeNumber,
  /** Vectors in the graph; more than parts when some were removed, fewer when some are equal. */
  points: wholeNumber,
  graph: fileSchema,
  parts: fileSchema,
});

const formerSchema = z.strictObject({
  format: z.literal(FORMER_FORMAT),
  modelKey: z.string(),
  space: z.string(),
  dimensions: z.int().positive(),
  metric: z.literal(GRAPH_METRIC),
  m: z.int().positive(),
  efConstruction: z.int().positive(),
  generation: wholeNumber,
  count: wholeNumber,
  points: wholeNumber,
  graph: fileSchema,
  pictures: fileSchema,
});

const checksum = z.string();
const manifestSchema = contentSchema.extend({ checksum });
const formerManifestSchema = formerSchema.extend({ checksum });

/** One of the two files that a manifest describes. */
export type IndexFile = z.infer<typeof fileSchema>;
/** What a saved index is. */
export type IndexManifest = z.infer<typeof contentSchema>;
/** What one of the former format was. */
export type FormerManifest = z.infer<typeof formerSchema>;

/** The text of a manifest file. */
export function formatManifest(manifest: IndexManifest | FormerManifest): string {
  const checksum = createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
  return `${JSON.stringify({ ...manifest, checksum }, null, 2)}\n`;
}

/**
 * Reads a manifest's text.
 * @returns a sentence when it is damaged or of a format that is not known
 */
export function parseManifest(text: string): IndexManifest | FormerManifest | string {
  const json = parseJson(text);
  const format = z.object({ format: z.int() }).safeParse(json).data?.format;
  if (format !== undefined && format !== INDEX_FORMAT && format !== FORMER_FORMAT) {
    return `Found index format ${format}, expected ${INDEX_FORMAT}.`;
  }
  const parsed = (format === FORMER_FORMAT ? formerManifestSchema : manifestSchema).safeParse(json);
  if (!parsed.success) return `Found a ${MANIFEST_FILE} that is not an index manifest.`;
  const { checksum, ...manifest } = parsed.data;
  if (formatManifest(manifest) !== text)
    return `Found a ${MANIFEST_FILE} that does not match its own checksum.`;
  return manifest;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
