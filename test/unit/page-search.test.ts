import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEEPEST_OFFSET as DEEPEST_OF_API } from '../../src/api/schemas/search-schema.ts';
import { lessLike, moreLike, withoutExample } from '../../src/web/parts/examples.ts';
import { filterInWords } from '../../src/web/parts/filter-in-words.ts';
import { foldersAround } from '../../src/web/parts/folders-around.ts';
import { linkOf } from '../../src/web/parts/link-of.ts';
import { movedRegion } from '../../src/web/parts/moved-region.ts';
import { DEEPEST_OFFSET } from '../../src/web/state/deepest-offset.ts';
import { de } from '../../src/web/texts/de.ts';
import { en } from '../../src/web/texts/en.ts';

describe('searching on the page', () => {
  it('wants no example more and less at once, and each but once', () => {
    const hash = 'ab'.repeat(32);
    const first = { positive: [3, hash], negative: [7] };
    assert.deepEqual(moreLike(first, 7), { positive: [3, hash, 7], negative: [] });
    assert.deepEqual(moreLike(first, 3), { positive: [hash, 3], negative: [7] });
    assert.deepEqual(lessLike(first, hash), { positive: [3], negative: [7, hash] });
    assert.deepEqual(withoutExample(first, 7), { positive: [3, hash], negative: [] });
    assert.deepEqual(withoutExample(first, hash), { positive: [3], negative: [7] });
  });

  it('moves and sizes a region by keys, never out of the picture and never to nothing', () => {
    const region = { x: 0.5, y: 0, width: 0.5, height: 0.05 };
    assert.deepEqual(movedRegion(region, 'ArrowRight', false), region);
    assert.deepEqual(movedRegion(region, 'ArrowUp', false), region);
    assert.deepEqual(movedRegion(region, 'ArrowUp', true), region);
    assert.deepEqual(movedRegion(region, 'ArrowRight', true), region);
    assert.deepEqual(movedRegion(region, 'ArrowDown', true), { ...region, height: 0.1 });
    assert.deepEqual(movedRegion(region, 'ArrowLeft', false), { ...region, x: 0.45 });
    assert.equal(movedRegion(region, 'Enter', false), null);
  });

  it('suggests folders that are known and those around them, up to what was indexed', () => {
    assert.deepEqual(foldersAround(['/photos'], ['/photos/2024/05', '/photos/2024', '/photos']), [
      '/photos',
      '/photos/2024',
      '/photos/2024/05',
    ]);
    assert.deepEqual(foldersAround(['photos'], ['2024/05']), ['2024', '2024/05', 'photos']);
    assert.deepEqual(foldersAround([], []), []);
  });

  it('takes a link for one, and no other text', () => {
    for (const link of ['https://a.example/b.jpg?c=1#d', 'HTTP://a.example', 'data:image/png;base64,AAAA']) {
      assert.equal(linkOf(` ${link}\n`), link);
    }
    for (const text of [
      '',
      'a.example/b.jpg',
      'https://',
      'see https://a.example',
      'file:///etc/passwd',
      'data:text/html,x',
      'javascript:alert(1)',
    ]) {
      assert.equal(linkOf(text), null, text);
    }
  });

  it('says a filter in words, each part of it', () => {
    const filter = {
      folder: '/a\u202eb',
      formats: ['jpeg', 'png'],
      takenAfter: '2024-05-31',
      takenBefore: '2024-06-01',
      minWidth: 4_000,
    } as const;
    assert.deepEqual(filterInWords(filter, en), [
      'in /a\\u{202e}b',
      'from May 31, 2024',
      'until Jun 1, 2024',
      '4,000 pixels wide or more',
      'JPEG, PNG',
    ]);
    assert.equal(filterInWords(filter, de)[1], 'ab 31.05.2024');
    assert.deepEqual(filterInWords({}, en), []);
  });

  it('knows how deep the pages of the API go', () => {
    assert.equal(DEEPEST_OFFSET, DEEPEST_OF_API);
  });
});
