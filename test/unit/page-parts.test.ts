import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileName, folderOf, shownText } from '../../src/web/parts/file-name.ts';
import { regionBetween } from '../../src/web/parts/region-between.ts';
import { byLikelihood } from '../../src/web/state/by-likelihood.ts';
import { textsFor } from '../../src/web/texts/texts-for.ts';

describe('parts of the page', () => {
  it('shows marks that nobody sees as what they are', () => {
    assert.equal(shownText('a\u202egpj.exe'), 'a\\u{202e}gpj.exe');
    assert.equal(shownText('two\nlines\u200b'), 'two\\u{a}lines\\u{200b}');
    assert.equal(shownText('Zürich – 東京 🏔️'.normalize('NFD')), 'Zürich – 東京 🏔️'.normalize('NFD'));
  });

  it('names a picture by its first file, else by its bytes', () => {
    assert.equal(fileName({ files: ['/a/b c.jpg', '/x'], contentHash: 'ff' }), 'b c.jpg');
    assert.equal(fileName({ files: [], contentHash: '0123456789abcdef' }), '0123456789ab');
    assert.deepEqual(['/a/b/c.jpg', 'c.jpg', '/c.jpg'].map(folderOf), ['/a/b', '', '']);
  });

  it('draws a region from any corner, inside the picture, and none for a slip of the hand', () => {
    assert.deepEqual(regionBetween({ x: 0.75, y: 0.5 }, { x: 0.25, y: 1.4 }), {
      x: 0.25,
      y: 0.5,
      width: 0.5,
      height: 0.5,
    });
    assert.equal(regionBetween({ x: 0.5, y: 0.5 }, { x: 0.505, y: 0.9 }), null);
  });

  it('parts hits where the model says so, and not without its word', () => {
    const hits = [0.99, 0.95, 0.9, 0.38, 0.1].map((similarity) => ({ similarity }));
    const parts = byLikelihood(hits, { likely: 0.95, unlikely: 0.38 });
    assert.deepEqual(
      [parts.likely, parts.between, parts.unlikely].map((part) => part.map((hit) => hit.similarity)),
      [[0.99, 0.95], [0.9, 0.38], [0.1]],
    );
    assert.deepEqual(byLikelihood(hits, null), { likely: hits, between: [], unlikely: [] });
  });

  it('speaks the first language of the browser that it knows, else English', () => {
    assert.equal(textsFor(['fr-CH', 'de-CH', 'en']).language, 'de');
    assert.equal(textsFor(['EN-US']).language, 'en');
    assert.equal(textsFor([]).language, 'en');
  });
});
