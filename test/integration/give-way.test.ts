import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { getPriority } from 'node:os';
import { describe, it } from 'node:test';
import { giveWay } from '../../src/imaging/give-way.ts';

const DECODERS = new URL('../../src/imaging/picture-decoders.js', import.meta.url).href;
const LIMITS = new URL('../../src/domain/picture-limits.js', import.meta.url).href;
const RECIPE = new URL('../support/input-recipe.js', import.meta.url).href;

/** A user that is not root, by the number that stands for nobody. */
const NOBODY = 65_534;

describe('giving way', {
  skip: process.platform !== 'linux' && 'only Linux has priorities like these',
}, () => {
  it('is no error for a process that has ended, or that gives way more already', () => {
    const own = getPriority();
    giveWay(0, Math.max(0, own));
    assert.equal(getPriority(), own);
    giveWay(2 ** 22 + 1, 10);
  });

  it('leaves a program as it is that a person who is not root has told to give way to everything', () => {
    const script = `
      import { getPriority } from 'node:os';
      import { PictureDecoders } from ${JSON.stringify(DECODERS)};
      import { DEFAULT_PICTURE_LIMITS as limits } from ${JSON.stringify(LIMITS)};
      import { SQUASH } from ${JSON.stringify(RECIPE)};
      const decoders = new PictureDecoders({ limits, givesWay: true });
      const tiff = await (await import('sharp')).default({ create: { width: 9, height: 9, channels: 3, background: 'red' } }).tiff().toBuffer();
      const { facts } = await decoders.prepare(new Uint8Array(tiff), [SQUASH], undefined);
      console.log(getPriority(), facts.width);
      decoders.close();`;
    const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    const { status, stdout, stderr } = spawnSync(
      'nice',
      ['-n', '19', process.execPath, '--input-type=module', '--eval', script],
      { encoding: 'utf8', ...user },
    );
    assert.equal(status, 0, stderr);
    assert.equal(stdout.trim(), '19 9');
  });
});
