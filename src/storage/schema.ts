/** `EIDE` in ASCII: tells an Eidetic catalog from any other SQLite file. */
export const APPLICATION_ID = 0x45494445;

/** The version that {@link SCHEMA} makes and this program reads; older ones are migrated. */
export const SCHEMA_VERSION = 3;

/**
 * Tables of a new catalog. What each statement needs to keep true:
 * - Ids of pictures, parts, files, roots and decisions are AUTOINCREMENT: they are labels elsewhere, and one that
 *   came back would make an old index answer with the wrong picture.
 * - A row of `commits` for every change, with a random token: a position is a generation and its token, so that an
 *   index of another history (another library, a restored backup) is never taken for one of this.
 * - Paths of files are relative to their root's, which is '' for the root of the file system. The root of kind
 *   `listed` has the files that were named one by one and lie below no named root; that of kind `uploads` the uploads.
 * - A failure stands beside the file of the same path, never instead of it. `raw_path` is empty but for a name that
 *   is not UTF-8.
 * - What a path held on another device than the one that is there now is set aside in `displaced_files`: two cards name
 *   their files alike, and the pictures of the one that is away must not go.
 */
export const SCHEMA = `
  CREATE TABLE library (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    library_id TEXT NOT NULL,
    created_at TEXT NOT NULL,
    backup TEXT
  ) STRICT;
  CREATE TABLE commits (
    generation INTEGER PRIMARY KEY,
    token BLOB NOT NULL
  ) STRICT;

  CREATE TABLE models (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    manifest TEXT NOT NULL
  ) STRICT;
  CREATE TABLE spaces (
    space_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    model_id INTEGER NOT NULL REFERENCES models (id),
    source TEXT NOT NULL,
    transform TEXT NOT NULL,
    dimensions INTEGER NOT NULL,
    metric TEXT NOT NULL,
    active INTEGER NOT NULL,
    PRIMARY KEY (space_id, revision)
  ) STRICT;
  CREATE UNIQUE INDEX one_active_space ON spaces (space_id) WHERE active = 1;

  CREATE TABLE roots (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('named', 'listed', 'uploads')),
    path TEXT NOT NULL,
    rules TEXT,
    UNIQUE (kind, path)
  ) STRICT;
  CREATE UNIQUE INDEX one_root_of_its_kind ON roots (kind) WHERE kind <> 'named';

  CREATE TABLE devices (
    id INTEGER PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE pictures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    content_hash BLOB NOT NULL UNIQUE,
    image_data_hash BLOB,
    size_bytes INTEGER NOT NULL,
    format TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    pages INTEGER,
    bit_depth INTEGER,
    pixel_hash BLOB,
    pixel_hash_version INTEGER,
    taken_at TEXT,
    camera TEXT,
    latitude REAL,
    longitude REAL,
    CHECK ((pixel_hash IS NULL) = (pixel_hash_version IS NULL))
  ) STRICT;
  CREATE INDEX pictures_by_pixels ON pictures (pixel_hash) WHERE pixel_hash IS NOT NULL;
  CREATE INDEX pictures_by_image_data ON pictures (image_data_hash) WHERE image_data_hash IS NOT NULL;

  CREATE TABLE parts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    picture_id INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('whole', 'region', 'frame')),
    x REAL,
    y REAL,
    width REAL,
    height REAL,
    time_ms REAL
  ) STRICT;
  CREATE INDEX parts_by_picture ON parts (picture_id);
  CREATE UNIQUE INDEX one_whole ON parts (picture_id) WHERE kind = 'whole';

  CREATE TABLE files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    root_id INTEGER NOT NULL REFERENCES roots (id),
    path TEXT NOT NULL,
    device_id INTEGER REFERENCES devices (id),
    inode TEXT,
    size_bytes INTEGER NOT NULL,
    modified_ms REAL NOT NULL,
    changed_ms REAL,
    picture_id INTEGER NOT NULL REFERENCES pictures (id),
    UNIQUE (root_id, path)
  ) STRICT;
  CREATE INDEX files_by_picture ON files (picture_id);
  CREATE INDEX files_by_inode ON files (inode, device_id) WHERE inode IS NOT NULL;

  CREATE TABLE displaced_files (
    root_id INTEGER NOT NULL REFERENCES roots (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    device_id INTEGER NOT NULL REFERENCES devices (id),
    picture_id INTEGER NOT NULL REFERENCES pictures (id),
    PRIMARY KEY (root_id, path, device_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX displaced_by_picture ON displaced_files (picture_id);

  CREATE TABLE failures (
    root_id INTEGER NOT NULL REFERENCES roots (id),
    path TEXT NOT NULL,
    raw_path BLOB NOT NULL DEFAULT x'',
    device_id INTEGER REFERENCES devices (id),
    inode TEXT,
    size_bytes INTEGER NOT NULL,
    modified_ms REAL NOT NULL,
    changed_ms REAL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    failed_at TEXT NOT NULL,
    retry TEXT NOT NULL CHECK (retry IN ('changed', 'next-run')),
    conditions TEXT NOT NULL,
    PRIMARY KEY (root_id, path, raw_path)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE vectors (
    part_id INTEGER NOT NULL REFERENCES parts (id) ON DELETE CASCADE,
    model_id INTEGER NOT NULL REFERENCES models (id),
    name TEXT NOT NULL,
    generation INTEGER NOT NULL,
    norm REAL,
    vector BLOB NOT NULL,
    UNIQUE (part_id, model_id, name)
  ) STRICT;
  CREATE INDEX vectors_by_generation ON vectors (model_id, name, generation, part_id);

  CREATE TABLE removed_parts (
    part_id INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX removed_parts_by_generation ON removed_parts (generation);

  CREATE TABLE relations (
    a INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    b INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    evidence TEXT NOT NULL,
    rule_version INTEGER NOT NULL,
    space_id TEXT,
    space_revision INTEGER,
    PRIMARY KEY (a, b),
    CHECK (a < b)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX relations_by_b ON relations (b, a);

  CREATE TABLE decisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    note TEXT
  ) STRICT;
  CREATE TABLE decided_pictures (
    decision_id INTEGER NOT NULL REFERENCES decisions (id) ON DELETE CASCADE,
    content_hash BLOB NOT NULL,
    image_data_hash BLOB,
    PRIMARY KEY (decision_id, content_hash)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX decided_by_content ON decided_pictures (content_hash);
  CREATE INDEX decided_by_image_data ON decided_pictures (image_data_hash) WHERE image_data_hash IS NOT NULL;
`;
