import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

const SAMPLES_OF_MODEL = 64;

/** A descriptor, to be found again. */
export interface DescriptorSample {
  readonly modelId: number;
  readonly pictureId: number;
  /** Of its generation and both vectors, 64 hex digits. */
  readonly sha256: string;
}

/** What a catalog of version 1 or 2 holds, as far as it must be found again in its backup and after its migration. */
export interface ContentNote {
  readonly version: number;
  readonly applicationId: number;
  /** Number of rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Files among the rows of `files` that have failed and hold no picture. */
  readonly failures: number;
  readonly generation: number;
  /** The highest id that a picture ever had. */
  readonly lastPictureId: number;
  /** Spread over all pictures. */
  readonly samples: readonly DescriptorSample[];
}

/** @param database of version 1 or 2 */
export function noteContent(database: Database): ContentNote {
  const ask = (sql: string) => database.prepare(sql).pluck().get() as number;
  const tables = database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`)
    .pluck()
    .all() as string[];
  return {
    version: database.pragma('user_version', { simple: true }) as number,
    applicationId: database.pragma('application_id', { simple: true }) as number,
    rows: Object.fromEntries(tables.sort().map((table) => [table, ask(`SELECT count(*) FROM "${table}"`)])),
    failures: ask('SELECT count(*) FROM files WHERE failure_code IS NOT NULL'),
    generation: ask('SELECT generation FROM state'),
    lastPictureId: ask(
      `SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'pictures'), 0),
         coalesce((SELECT max(id) FROM pictures), 0), coalesce((SELECT max(picture_id) FROM removed_pictures), 0))`,
    ),
    samples: sampleDescriptors(database),
  };
}

/** Of what {@link DescriptorSample} tells. */
export function digestOfDescriptor(generation: number, cls: Uint8Array, gem: Uint8Array): string {
  return createHash('sha256')
    .update(`${generation} ${cls.byteLength} `)
    .update(cls)
    .update(gem)
    .digest('hex');
}

function sampleDescriptors(database: Database): DescriptorSample[] {
  const next = database.prepare<[number, number], DescriptorRow>(
    `SELECT model_id AS modelId, picture_id AS pictureId, generation, cls, gem FROM descriptors
     WHERE model_id = ? AND picture_id >= ? ORDER BY picture_id LIMIT 1`,
  );
  const ranges = database
    .prepare(
      'SELECT model_id AS modelId, min(picture_id) AS first, max(picture_id) AS last FROM descriptors GROUP BY 1',
    )
    .all() as Array<{ modelId: number; first: number; last: number }>;
  return ranges.flatMap(({ modelId, first, last }) => {
    const step = Math.max(1, Math.floor((last - first) / (SAMPLES_OF_MODEL - 1)));
    const samples = new Map<number, DescriptorSample>();
    for (let id = first; id <= last; id += step) {
      const row = next.get(modelId, id) as DescriptorRow;
      const sha256 = digestOfDescriptor(row.generation, row.cls, row.gem);
      samples.set(row.pictureId, { modelId, pictureId: row.pictureId, sha256 });
    }
    return [...samples.values()];
  });
}

interface DescriptorRow {
  readonly modelId: number;
  readonly pictureId: number;
  readonly generation: number;
  readonly cls: Buffer;
  readonly gem: Buffer;
}
