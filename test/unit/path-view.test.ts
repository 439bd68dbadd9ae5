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

  it('finds a path by what is shown of it, and by nothing else', () => {
    const view = createPathView(BASES, false);
    assert.deepEqual(
      view.locate('a/1.jpg'),
      BASES.map((base) => `${base}/a/1.jpg`),
    );
    assert.deepEqual(
      view.locate('1.jpg'),
      BASES.map((base) => `${base}/1.jpg`),
    );
    assert.deepEqual(
      view.locate('2024 [raw]/1.jpg'),
      [`${BASES[1]}/2024 [raw]/1.jpg`, `${BASES[2]}/2024 [raw]/1.jpg`],
      'below the outer folder it is shown as 1.jpg',
    );
    assert.deepEqual(view.locate('a//1.jpg'), []);
    assert.deepEqual(view.locate('/home/ann/photos/a/1.jpg'), []);
    assert.deepEqual(view.locate('../secret/2.jpg'), []);
    const all = createPathView(BASES, true);
    assert.deepEqual(all.locate('/home/ann/photos/a/1.jpg'), ['/home/ann/photos/a/1.jpg']);
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
