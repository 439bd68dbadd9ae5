import assert from 'node:assert/strict';
import { linkSync, mkdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { lookAtPaths } from '../../src/engine/look-at-paths.ts';
import { indexRun } from '../support/index-run.ts';

const NAMES = ['as-it-was', 'linked', 'linked-too', 'touched', 'gone', 'folder', 'bad-now', 'upload'];

it('tells files that are as they were indexed from those that are not, and counts their names', async () => {
  const run = await indexRun(Object.fromEntries(NAMES.map((name) => [`${name}.jpg`, name])));
  const at = (name: string) => join(run.root, `${name}.jpg`);
  rmSync(at('linked-too'));
  linkSync(at('linked'), at('linked-too'));
  const link = join(run.root, 'link.jpg');
  symlinkSync(at('as-it-was'), link);
  await run.index({ rules: { followSymlinks: true } });
  await run.index({ listed: [link], rules: { followSymlinks: true } });
  linkSync(at('linked'), join(run.folder, 'a name that the library does not know'));
  utimesSync(at('touched'), 1, 1);
  utimesSync(at('upload'), 1, 1);
  rmSync(at('gone'));
  rmSync(at('folder'));
  mkdirSync(at('folder'));
  run.write({ 'root/bad-now.jpg': 'bad now' });
  await run.index({ listed: [at('bad-now')] });

  const paths = [...NAMES.map(at), link, join(run.root, 'never known.jpg')];
  const parts = { catalog: run.catalog, uploads: { owns: (path: string) => path === at('upload') } };
  const looks = await lookAtPaths(parts, paths);
  const kinds = NAMES.map((name) => looks.get(at(name))?.kind);
  assert.deepEqual(kinds, ['there', 'there', 'there', 'changed', 'away', 'changed', 'changed', 'there']);
  const uploads = [...looks].filter(([, look]) => look.kind === 'there' && look.isUpload);
  assert.deepEqual(
    uploads.map(([path]) => path),
    [at('upload')],
  );
  assert.equal(looks.get(join(run.root, 'never known.jpg'))?.kind, 'away');
  const [one, other, plain] = ['linked', 'linked-too', 'as-it-was'].map((name) => looks.get(at(name)));
  assert.deepEqual(one, other);
  assert.ok(one?.kind === 'there' && plain?.kind === 'there');
  assert.deepEqual([one.links, one.isLink, one.sizeBytes], [3, false, 'linked'.length]);
  assert.deepEqual([plain.links, plain.isLink], [1, false]);
  assert.notEqual(one.identity, plain.identity);
  assert.deepEqual(looks.get(link), { ...plain, isLink: true });
});
