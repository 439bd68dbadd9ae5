import assert from 'node:assert/strict';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { calibrateAfterRun } from '../../src/cli/calibrate-after-run.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { readCalibration } from '../../src/engine/calibration-file.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import type { Library } from '../../src/engine/library.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

const RUN = { embedded: 2, interrupted: false };

describe('calibrating after a run', () => {
  after(() => library.close()); // before its folder goes
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  let library: Library;

  before(async () => {
    mkdirSync(pictures);
    for (const seed of ['lake', 'square']) {
      await drawManyThings(seed)
        .jpeg()
        .toFile(join(pictures, `${seed}.jpg`));
    }
    library = await openLibrary(resolveConfig({ library: join(folder, 'library') }, {}), keptLogger(), {
      mayCreate: true,
    });
    const command = { ...PLAIN_RUN, roots: [pictures] };
    await indexLibrary(library, command, () => {}, new AbortController().signal);
  });

  /** What is said meanwhile. */
  async function saidBy(work: () => Promise<void>): Promise<string> {
    const write = process.stderr.write;
    let said = '';
    process.stderr.write = (chunk: string | Uint8Array) => {
      said += chunk;
      return true;
    };
    try {
      await work();
    } finally {
      process.stderr.write = write;
    }
    return said;
  }

  it('is not done while a library is small, nor where nothing came or the run was stopped', async () => {
    const runs = [
      () => calibrateAfterRun(library, RUN),
      () => calibrateAfterRun(library, RUN, 3),
      () => calibrateAfterRun(library, { ...RUN, embedded: 0 }, 2),
      () => calibrateAfterRun(library, { ...RUN, interrupted: true }, 2),
    ];
    for (const run of runs) {
      assert.equal(await saidBy(run), '');
    }
    assert.equal(await readCalibration(library), null);
  });

  it('says what went wrong, and leaves the run as it was', async () => {
    renameSync(pictures, `${pictures}-away`);
    const said = await saidBy(() => calibrateAfterRun(library, RUN, 2));
    renameSync(`${pictures}-away`, pictures);
    assert.match(said, /^Measuring, once, .*\n(?:.*\n)*Not measured: .* The pictures are indexed\.\n$/);
    assert.equal(process.exitCode ?? 0, 0);
  });

  it('can be left out', async () => {
    const said = await saidBy(async () => {
      setTimeout(() => process.emit('SIGINT'), 300);
      await calibrateAfterRun(library, RUN, 2);
    });
    assert.match(said, /Left out; "eidetic calibrate" measures it\./);
    assert.equal(await readCalibration(library), null);
  });

  it('is done once, and what was found is told and kept', async () => {
    const said = await saidBy(() => calibrateAfterRun(library, RUN, 2));
    assert.match(said, /Of edited copies of 2 pictures of yours a share of \d\.\d\d was found/);
    assert.equal((await readCalibration(library))?.pictures, 2);
    assert.equal(await saidBy(() => calibrateAfterRun(library, RUN, 2)), '');
  });
});
