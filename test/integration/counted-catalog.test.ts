import assert from 'node:assert/strict';
import { it } from 'node:test';
import { EideticError } from '../../src/domain/errors.ts';
import { failureOf, unseenStamp } from '../../src/domain/failure.ts';
import { DEFAULT_ROOT_RULES } from '../../src/domain/roots.ts';
import { countedCatalog } from '../../src/engine/counted-catalog.ts';
import { openTestCatalog } from '../support/open-test-catalog.ts';

it('counts again only when something was committed, or when counting has failed', async () => {
  const catalog = await openTestCatalog();
  const asked: string[] = [];
  let isBroken = false;
  const counted = countedCatalog({
    descriptors: catalog.descriptors,
    files: Object.assign(Object.create(catalog.files), {
      countsByRoot() {
        asked.push('by root');
        return catalog.files.countsByRoot();
      },
    }),
    pictures: Object.assign(Object.create(catalog.pictures), {
      async counts() {
        asked.push('all');
        return isBroken ? Promise.reject(new Error('the disk')) : catalog.pictures.counts();
      },
    }),
  });
  await catalog.files.putRoot('/photos', DEFAULT_ROOT_RULES);
  assert.equal((await counted.counts()).failures, 0);
  assert.equal((await counted.counts()).failures, 0);
  assert.equal((await counted.countsByRoot())[0]?.failures, 0);
  assert.deepEqual(asked, ['all', 'by root']);

  const error = new EideticError('IMAGE_UNREADABLE', 'No good.');
  const failure = failureOf(unseenStamp('/photos/a.jpg'), error, { retry: 'changed', conditions: '' });
  await catalog.files.commit({ files: [], failures: [failure], removed: [] });
  isBroken = true;
  await assert.rejects(counted.counts(), /the disk/);
  isBroken = false;
  assert.equal((await counted.counts()).failures, 1);
  assert.equal((await counted.countsByRoot())[0]?.failures, 1);
  assert.deepEqual(asked, ['all', 'by root', 'all', 'all', 'by root']);
  await catalog.close();
});
