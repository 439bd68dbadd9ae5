import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

const CHILDREN = `/proc/self/task/${process.pid}/children`;

it('a library that is closed ends its drawings, each of which would take a minute, and refuses them', async (t) => {
  if (!existsSync(CHILDREN)) {
    t.skip('this system does not list the children of a process');
    return;
  }
  const children = () =>
    readFileSync(CHILDREN, 'utf8')
      .split(' ')
      .filter((child) => child.trim() !== '');
  const before = children();
  const drawing = () => new Uint8Array(readFileSync('test/fixtures/faults/slow.svg'));
  const config = resolveConfig({ library: join(temporaryFolder(), 'library') }, {});
  const library = await openLibrary(config, keptLogger(), { mayCreate: true });
  const embedder = library.embedder();
  // More than are drawn at once: those that wait must end too.
  const asked = Promise.allSettled(Array.from({ length: 5 }, () => embedder.describe(drawing())));
  const drawn = () => children().filter((child) => !before.includes(child));
  await until('they are being drawn', () => drawn().length > 0);
  await library.close();
  for (const outcome of await asked) {
    assert.equal(outcome.status, 'rejected');
    assert.equal(outcome.reason.name, 'EideticError', outcome.reason.stack);
  }
  await until('no process is left', () => drawn().length === 0);
});
