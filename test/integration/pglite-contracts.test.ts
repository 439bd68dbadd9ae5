import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { VectorChanges } from '../../src/domain/descriptor-store.ts';
import type { IndexedFile } from '../../src/domain/file-ledger.ts';
import type { PartId, PictureId } from '../../src/domain/picture.ts';
import { descriptorStoreContract } from '../contract/descriptor-store.contract.ts';
import { pictureCatalogContract } from '../contract/picture-catalog.contract.ts';
import { FollowedVectors } from '../support/followed-vectors.ts';
import { besideWriter, WRITER } from '../support/pglite/beside-writer.ts';
import { commitBatch } from '../support/pglite/commit-batch.ts';
import {
  makePgliteCatalog,
  openPgliteCatalog,
  type PgliteCatalog,
} from '../support/pglite/open-pglite-catalog.ts';
import type { Query } from '../support/pglite/pglite-connection.ts';
import { pruneOrphans } from '../support/pglite/prune-orphans.ts';
import { putVectors } from '../support/pglite/put-vectors.ts';
import { startPostgres } from '../support/pglite/start-postgres.ts';
import {
  knownFileOf,
  SEEDED_KEY,
  SEEDED_MODEL,
  seededEmbedding,
  seededFile,
} from '../support/seeded-picture.ts';

const CLS = { modelKey: SEEDED_KEY, name: 'cls' };

// One server for all: starting one costs seconds. The catalogs on it are strangers to each other and share its
// transaction ids, as those of a real server do.
const database = await startPostgres();
after(() => database.close());

let made = 0;
const nameNext = () => `catalog_${++made}`;
const make = () => makePgliteCatalog(database, nameNext());

pictureCatalogContract('PostgreSQL', make);
descriptorStoreContract('PostgreSQL', make);

/**
 * That nothing here leans on a counter. PGlite has one connection, so one of the writers is a prepared transaction:
 * to snapshots, transaction ids and locks it is a writer that has not committed yet. What cannot be shown so: a writer
 * that waits for the other's lock and goes on, deadlocks, and what is committed between two statements of a
 * transaction (the second look of pruneOrphans).
 */
describe('PostgreSQL with several writers', () => {
  it('loses no change of a writer that began first and committed last', async () => {
    const catalog = await makeFilled('/a', '/b', '/gone');
    await catalog.files.commit({ files: [], failures: [], removed: ['/gone'] });
    const [, b = 0, gone = 0] = await partsOf(catalog, [1, 2, 3]);
    const index = await follow(catalog);
    const early = async (query: Query) => {
      await commitBatch(query, batchOf(seededFile('/early', 'early')));
      await putVectors(query, CLS, [{ part: b, unit: seededEmbedding('early b'), norm: null }]);
      assert.deepEqual(await pruneOrphans(query), [3]);
    };
    await besideWriter({ database, ...catalog }, early, async (writer) => {
      const [late = 0] = (await catalog.files.commit(batchOf(seededFile('/late', 'late')))).pictures;
      const told = await index.follow(catalog.descriptors, CLS);
      assert.deepEqual(idsOf(told), { upserted: await partsOf(catalog, [late]), removed: [] });
      assert.equal(index.position, await catalog.descriptors.position());
      await writer.commit();
    });
    assert.deepEqual(await writersByTransactionId(catalog), ['early', 'late'], 'the last has the lower id');

    const told = await index.follow(catalog.descriptors, CLS);
    assert.deepEqual(idsOf(told), { upserted: [b, ...(await partsOf(catalog, [4]))], removed: [gone] });
    assert.deepEqual(index.vectors.get(b), seededEmbedding('early b'));
    await requireLevel(catalog, index);
  });

  it('leaves to the next feed what an early writer commits during this one', async () => {
    const catalog = await makeFilled('/a');
    const index = await follow(catalog);
    const early = (query: Query) => commitBatch(query, batchOf(seededFile('/early', 'early')));
    await besideWriter({ database, ...catalog }, early, async (writer) => {
      const [late = 0] = (await catalog.files.commit(batchOf(seededFile('/late', 'late')))).pictures;
      const pieces: VectorChanges[] = [];
      for await (const piece of catalog.descriptors.changes(CLS, index.position)) {
        if (pieces.push(piece) === 1) {
          await writer.commit();
        }
        index.apply(piece);
      }
      assert.deepEqual(idsOf(pieces).upserted, await partsOf(catalog, [late]));
    });
    const told = await index.follow(catalog.descriptors, CLS);
    assert.deepEqual(idsOf(told).upserted, await partsOf(catalog, [2]));
    await requireLevel(catalog, index);
  });

  it('tells nothing of a writer that gave up', async () => {
    const catalog = await makeFilled('/a');
    const index = await follow(catalog);
    const early = (query: Query) => commitBatch(query, batchOf(seededFile('/early', 'early')));
    await besideWriter({ database, ...catalog }, early, async (writer) => {
      await catalog.files.commit(batchOf(seededFile('/late', 'late')));
      await index.follow(catalog.descriptors, CLS);
      await writer.rollback();
    });
    assert.equal(await catalog.descriptors.knows(index.position ?? ''), true);
    assert.deepEqual(idsOf(await index.follow(catalog.descriptors, CLS)), { upserted: [], removed: [] });
    await requireLevel(catalog, index);
  });

  it('stays where it is whatever strangers write on the same server', async () => {
    const catalog = await makeFilled('/a');
    const stranger = await makeFilled();
    const position = await catalog.descriptors.position();
    const running = (query: Query) => commitBatch(query, batchOf(seededFile('/running', 'running')));
    await besideWriter({ database, ...stranger }, running, async (writer) => {
      await stranger.files.commit(batchOf(seededFile('/b', 'b')));
      assert.equal(await catalog.descriptors.position(), position);
      await writer.commit();
    });
    assert.equal(await catalog.descriptors.position(), position);
  });

  it('prunes no picture that another writer is giving a file', async () => {
    const catalog = await makeFilled('/a', '/b');
    await catalog.files.commit({ files: [], failures: [], removed: ['/a', '/b'] });
    const linking = (query: Query) => commitBatch(query, batchOf(knownFileOf('/again', '/a')));
    await besideWriter({ database, ...catalog }, linking, async (writer) => {
      assert.deepEqual(await catalog.files.pruneOrphans(), [2]);
      await writer.commit();
    });
    assert.deepEqual(await catalog.files.pruneOrphans(), []);
    assert.deepEqual(await catalog.pictures.matching({}, 10), [1]);
  });

  it('does not know the future of a backup that was restored, though its transaction ids come again', async () => {
    const name = nameNext();
    const catalog = await makeFilledAs(name, '/a');
    const { descriptors, files } = catalog;
    const index = await follow(catalog);
    const beginning = index.position ?? '';
    const early = (query: Query) => commitBatch(query, batchOf(seededFile('/early', 'early')));
    await besideWriter({ database, ...catalog }, early, async (writer) => {
      await files.commit(batchOf(seededFile('/late', 'late')));
      const atBackup = await descriptors.position();
      const server = await startPostgres(await database.dumpDataDir('none'));
      try {
        // The highest id is one that the backup has too: only what committed below it tells this moment apart.
        await writer.commit();
        const afterEarly = await descriptors.position();
        await files.commit(batchOf(seededFile('/future', 'future')));
        const afterFuture = await descriptors.position();

        const restored = openPgliteCatalog(server, name);
        await server.exec(`ROLLBACK PREPARED '${WRITER}'`);
        await restored.files.commit(batchOf(seededFile('/other', 'other')));
        const known = await Promise.all(
          [beginning, atBackup, afterEarly, afterFuture].map(restored.descriptors.knows),
        );
        assert.deepEqual(known, [true, true, false, false]);
        await index.follow(restored.descriptors, CLS);
        await requireLevel(restored, index);
      } finally {
        await server.close();
      }
    });
  });
});

/** A new catalog with a picture for each path: ids 1, 2 and so on. */
function makeFilled(...paths: readonly string[]): Promise<PgliteCatalog> {
  return makeFilledAs(nameNext(), ...paths);
}

async function makeFilledAs(name: string, ...paths: readonly string[]): Promise<PgliteCatalog> {
  const catalog = await makePgliteCatalog(database, name);
  await catalog.models.add(SEEDED_KEY, SEEDED_MODEL);
  await catalog.files.commit(batchOf(...paths.map((path) => seededFile(path, path))));
  return catalog;
}

function batchOf(...files: readonly IndexedFile[]) {
  return { files, failures: [], removed: [] };
}

async function partsOf({ descriptors }: PgliteCatalog, pictures: readonly PictureId[]): Promise<PartId[]> {
  return (await descriptors.vectorsOfPictures(CLS, pictures)).map(({ id }) => id);
}

async function follow({ descriptors }: PgliteCatalog): Promise<FollowedVectors> {
  const index = new FollowedVectors();
  await index.follow(descriptors, CLS);
  return index;
}

function idsOf(pieces: readonly VectorChanges[]) {
  return {
    upserted: pieces.flatMap(({ upserted }) => upserted.map(({ id }) => id)).sort((a, b) => a - b),
    removed: pieces.flatMap(({ removed }) => removed),
  };
}

async function writersByTransactionId({ connection }: PgliteCatalog): Promise<string[]> {
  const rows = await connection.read((query) =>
    query<{ path: string }>(
      `SELECT f.path FROM files f JOIN parts p ON p.picture_id = f.picture_id JOIN vectors v ON v.part_id = p.id
       WHERE f.path IN ('/early', '/late') AND v.name = 'cls' ORDER BY v.changed_in`,
    ),
  );
  return rows.map(({ path }) => path.slice(1));
}

/** An index that followed must hold what one that begins now is told. */
async function requireLevel(catalog: PgliteCatalog, index: FollowedVectors): Promise<void> {
  const fresh = await follow(catalog);
  const sorted = ({ vectors }: FollowedVectors) => [...vectors].sort(([a], [b]) => a - b);
  assert.deepEqual(sorted(index), sorted(fresh));
}
