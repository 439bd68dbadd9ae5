import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { OPERATIONS } from '../../src/api/operations.ts';
import { fuzzApi } from '../support/fuzz-api.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** `EIDETIC_FUZZ_REQUESTS=10000` for the long run. */
const REQUESTS = Number(process.env['EIDETIC_FUZZ_REQUESTS'] ?? 5_000);
const SEED = Number(process.env['EIDETIC_FUZZ_SEED'] ?? 7);

describe('the API against requests made from its own schemas', () => {
  const folder = temporaryFolder();
  let app: ServedApp;

  before(async () => {
    app = await serveApp(folder, 8);
  });
  after(() => app.close());

  it(`answers ${REQUESTS} of them as documented, and none with a server's fault (seed ${SEED})`, async () => {
    const pictures = await Promise.all([
      drawNumbered(3).jpeg().toBuffer(),
      drawNumbered(90).png().toBuffer(),
      drawNumbered(91).webp().toBuffer(),
    ]);
    const { asked, statuses, wrong } = await fuzzApi(app.address, seededRandom(SEED), REQUESTS, pictures);
    assert.deepEqual(wrong, []);
    assert.deepEqual(app.errors, []);
    assert.deepEqual([...asked.keys()].sort(), OPERATIONS.map(({ id }) => id).sort());
    const good = [200, 201, 202, 204].reduce((sum, status) => sum + (statuses.get(status) ?? 0), 0);
    assert.ok(
      good > REQUESTS / 4,
      `only ${good} of ${REQUESTS} requests were answered: is the fuzz too wild?`,
    );
  });
});
