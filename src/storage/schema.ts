/** `EIDE` in ASCII: tells an Eidetic catalog from any other SQLite file. */
export const APPLICATION_ID = 0x45494445;

/**
 * Migration n brings a catalog from version n to n + 1; never edited once released, only appended to.
 *
 * A file row is either indexed (has a picture) or failed (has a failure), never both and never neither, so no
 * scanned file can be missing from both lists. Pictures are AUTOINCREMENT because their ids are index labels: an
 * id that came back would make an old index answer with the wrong picture.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL
  ) STRICT;
  INSERT INTO state (id, generation) VALUES (1, 0);

  CREATE TABLE models (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    manifest TEXT NOT NULL,
    active INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX one_active_model ON models (active) WHERE active = 1;

  CREATE TABLE roots (path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

  CREATE TABLE pictures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    content_hash BLOB NOT NULL UNIQUE,
    size_bytes INTEGER NOT NULL,
    format TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    pixel_hash BLOB NOT NULL,
    taken_at TEXT,
    camera TEXT,
    latitude REAL,
    longitude REAL
  ) STRICT;
  CREATE INDEX pictures_by_pixels ON pictures (pixel_hash);

  CREATE TABLE files (
    path TEXT PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    modified_ms REAL NOT NULL,
    picture_id INTEGER REFERENCES pictures (id),
    failure_code TEXT,
    failure_message TEXT,
    failed_at TEXT,
    failure_transient INTEGER,
    CHECK ((picture_id IS NULL) <> (failure_code IS NULL))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX files_by_picture ON files (picture_id);
  CREATE INDEX files_failed ON files (path) WHERE failure_code IS NOT NULL;

  CREATE TABLE descriptors (
    model_id INTEGER NOT NULL REFERENCES models (id),
    picture_id INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    generation INTEGER NOT NULL,
    cls BLOB NOT NULL,
    gem BLOB NOT NULL,
    UNIQUE (model_id, picture_id)
  ) STRICT;
  CREATE INDEX descriptors_by_generation ON descriptors (model_id, generation, picture_id);
  CREATE INDEX descriptors_by_picture ON descriptors (picture_id);

  CREATE TABLE removed_pictures (
    picture_id INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL
  ) STRICT;
  `,
  // Paths are absolute, so those of uploads have to follow a library that is moved.
  `
  ALTER TABLE state ADD COLUMN uploads_folder TEXT;
  `,
];
