/**
 * Tables of a catalog as PostgreSQL would have them with several writers side by side: no statement waits for another
 * writer but on the same picture or path, and nothing is numbered by one counter.
 *
 * - Every transaction that changes anything has a row in `commits`, under its own transaction id. What it changed
 *   carries the id too (`changed_in`). Ids are given when transactions begin to write, not when they commit, so their
 *   order means nothing: what is told is decided by snapshots (see feed-position.ts).
 * - `token` tells a commit from another one with the same id in another history. `oldest_running` bounds the
 *   transactions that can have committed after this one in spite of a lower id.
 * - Paths are absolute and ordered by their bytes (`COLLATE "C"`), whatever the language of the database. A path of
 *   more than about 2,700 bytes that does not compress is beyond what a B-tree of PostgreSQL takes.
 *
 * A copy of the server's files (a base backup, a snapshot of the disk) keeps transaction ids, and its history goes on
 * from there. A logical dump does not: its `changed_in` are ids of another server. Who restores one has to begin a new
 * history before anybody reads: empty `commits` and `removed_parts`, set every `changed_in` to the restoring
 * transaction, and give it its row in `commits`. No position of the old history is known then.
 */
export const SCHEMA = `
  CREATE TABLE commits (
    changed_in xid8 PRIMARY KEY DEFAULT pg_current_xact_id(),
    oldest_running xid8 NOT NULL DEFAULT pg_snapshot_xmin(pg_current_snapshot()),
    token uuid NOT NULL DEFAULT gen_random_uuid()
  );
  INSERT INTO commits DEFAULT VALUES;

  CREATE TABLE models (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL UNIQUE,
    manifest json NOT NULL
  );
  CREATE TABLE roots (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    path text COLLATE "C" NOT NULL UNIQUE,
    rules json NOT NULL
  );

  CREATE TABLE pictures (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    content_hash bytea NOT NULL UNIQUE,
    size_bytes bigint NOT NULL,
    format text NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    pages integer,
    bit_depth integer,
    pixel_hash bytea,
    pixel_hash_version integer,
    image_data_hash bytea,
    taken_at text COLLATE "C",
    camera text COLLATE "C",
    latitude double precision,
    longitude double precision
  );
  CREATE INDEX pictures_by_pixels ON pictures (pixel_hash) WHERE pixel_hash IS NOT NULL;

  CREATE TABLE parts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    picture_id bigint NOT NULL REFERENCES pictures ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('whole', 'region', 'frame'))
  );
  CREATE INDEX parts_by_picture ON parts (picture_id);
  CREATE UNIQUE INDEX one_whole ON parts (picture_id) WHERE kind = 'whole';

  CREATE TABLE files (
    path text COLLATE "C" PRIMARY KEY,
    device text,
    inode text,
    size_bytes bigint NOT NULL,
    picture_id bigint NOT NULL REFERENCES pictures
  );
  CREATE INDEX files_by_picture ON files (picture_id);

  CREATE TABLE vectors (
    part_id bigint NOT NULL REFERENCES parts ON DELETE CASCADE,
    model_id integer NOT NULL REFERENCES models,
    name text COLLATE "C" NOT NULL,
    changed_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    norm double precision,
    vector bytea NOT NULL,
    PRIMARY KEY (part_id, model_id, name)
  );
  CREATE INDEX vectors_by_change ON vectors (model_id, name, changed_in, part_id);

  CREATE TABLE removed_parts (
    part_id bigint PRIMARY KEY,
    changed_in xid8 NOT NULL DEFAULT pg_current_xact_id()
  );
  CREATE INDEX removed_parts_by_change ON removed_parts (changed_in, part_id);
`;
