import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { EideticError } from '../../../domain/errors.ts';
import { ABSOLUTE_PATH } from '../../stored-roots.ts';
import { type ContentNote, digestOfDescriptor } from '../content-note.ts';
import type { MigrationState, MigrationStep } from '../migration-step.ts';

export const check: MigrationStep = {
  name: 'check',
  does: 'Compares the new tables with the old ones and with what was noted at the start: every picture, file and failure, the number of vectors, samples of them byte by byte, what was removed, the highest id, and all references.',
  run(database, state) {
    const problems = findProblems(database, state.note);
    if (problems.length > 0) {
      throw doesNotAddUp(database, state, problems);
    }
    return 'done';
  },
};

/** What was counted in the new tables, and how much it must be. */
function counts({ rows, failures, generation, lastPictureId }: ContentNote): Array<[string, string, number]> {
  const { pictures = 0, files = 0, descriptors = 0, removed_pictures: removed = 0, models = 0 } = rows;
  const indexed = files - failures;
  const isAsHigh = `SELECT min(seq) FROM sqlite_sequence WHERE name IN ('pictures', 'parts')`;
  return [
    ['pictures', 'SELECT count(*) FROM pictures', pictures],
    ['pictures as before', SAME_PICTURES, pictures],
    ['parts', `SELECT count(*) FROM parts WHERE id = picture_id AND kind = 'whole'`, pictures],
    ['files', 'SELECT count(*) FROM files', indexed],
    ['files as before', SAME_FILES, indexed],
    ['failures', 'SELECT count(*) FROM failures', failures],
    ['failures as before', SAME_FAILURES, failures],
    ['vectors cls', `SELECT count(*) FROM vectors WHERE name = 'cls'`, descriptors],
    ['vectors gem', `SELECT count(*) FROM vectors WHERE name = 'gem'`, descriptors],
    ['models', 'SELECT count(*) FROM models', models],
    ['spaces', 'SELECT count(*) FROM spaces', models],
    ['removed parts', 'SELECT count(*) FROM removed_parts', removed],
    ['commits', 'SELECT coalesce(max(generation), 0) FROM commits', generation],
    ['as the highest id', isAsHigh, lastPictureId],
    ['references to nothing', 'SELECT count(*) FROM pragma_foreign_key_check', 0],
  ];
}

const PICTURE = [
  'content_hash',
  'size_bytes',
  'format',
  'width',
  'height',
  'taken_at',
  'camera',
  'latitude',
  'longitude',
];

const SAME_PICTURES = `
  SELECT count(*) FROM pictures p JOIN old_pictures o ON o.id = p.id
  WHERE (${PICTURE.map((column) => `p.${column}`)}) IS (${PICTURE.map((column) => `o.${column}`)})`;

const SAME_FILES = `
  SELECT count(*) FROM files f JOIN roots r ON r.id = f.root_id JOIN old_files o ON o.path = ${ABSOLUTE_PATH}
  WHERE (f.size_bytes, f.modified_ms, f.picture_id) IS (o.size_bytes, o.modified_ms, o.picture_id)`;

const SAME_FAILURES = `
  SELECT count(*) FROM failures f JOIN roots r ON r.id = f.root_id JOIN old_files o ON o.path = ${ABSOLUTE_PATH}
  WHERE (f.size_bytes, f.modified_ms, f.code, f.message, f.failed_at)
    IS (o.size_bytes, o.modified_ms, o.failure_code, o.failure_message, o.failed_at)`;

function findProblems(database: Database, note: ContentNote): string[] {
  const problems: string[] = [];
  for (const [what, sql, expected] of counts(note)) {
    const found = database.prepare(sql).pluck().get() as number | null;
    if (found !== expected) {
      problems.push(`found ${found} ${what}, expected ${expected}`);
    }
  }
  const changed = note.samples.filter((sample) => digestNow(database, sample) !== sample.sha256);
  if (changed.length > 0) {
    problems.push(`found other vectors of picture ${changed[0]?.pictureId} than before`);
  }
  return problems;
}

function digestNow(database: Database, sample: ContentNote['samples'][number]): string | null {
  const [cls, gem, ...others] = database
    .prepare(
      'SELECT generation, vector, norm FROM vectors WHERE part_id = @pictureId AND model_id = @modelId ORDER BY name',
    )
    .all(sample) as Array<{ generation: number; vector: Buffer }>;
  const isPair = cls !== undefined && gem !== undefined && others.length === 0;
  return isPair ? digestOfDescriptor(cls.generation, cls.vector, gem.vector) : null;
}

function doesNotAddUp(database: Database, state: MigrationState, problems: readonly string[]): EideticError {
  return new EideticError(
    'CATALOG_DAMAGED',
    `The migration of the catalog ${database.name} does not add up: ${problems.join('; ')}. The catalog as it was is in ${join(dirname(database.name), state.backup)}: keep that file, and put it in the place of the other to use it with the older Eidetic.`,
  );
}
