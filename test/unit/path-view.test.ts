import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPathView } from '../../src/pictures/path-view.ts';

const BASES = ['/home/ann/photos', '/home/ann/photos/2024 [raw]', '/srv/library'];

describe('paths as they are shown', () => {
  it('shows paths below the innermost folder to those who may not see the rest', () => {
    const view = createPathView(BASES, false);
    assert.equal(view.show('/home/ann/photos/a/1.jpg'), 'a/1.jpg');
    assert.equal(view.show('/home/ann/photos/2024 [raw]/1.jpg'), '1.jpg');
    assert.equal(view.show('/srv/library/uploads/ab/abc.png'), 'uploads/ab/abc.png');
    assert.equal(view.show('/elsewhere/secret/2.jpg'), '2.jpg');
  });

  it('shows everything to those who may administer', () => {
    assert.equal(createPathView(BASES, true).show('/home/ann/photos/a/1.jpg'), '/home/ann/photos/a/1.jpg');
  });

  it('looks for a prefix below every folder, and never above one', () => {
    const { pathPrefix } = createPathView(BASES, false).toFilter({ pathPrefix: '/home/ann' });
    assert.deepEqual(
      pathPrefix,
      BASES.map((base) => `${base}/home/ann`),
    );
    assert.deepEqual(createPathView(BASES, true).toFilter({ pathPrefix: '/home/ann' }), {
      pathPrefix: ['/home/ann'],
    });
  });

  it('hands on what is no path as it is', () => {
    assert.deepEqual(
      createPathView(BASES, false).toFilter({ formats: ['png'], minWidth: 5, camera: undefined }),
      {
        formats: ['png'],
        minWidth: 5,
      },
    );
  });
});
