import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatRoute, parseRoute, type Route } from '../../src/web/route.ts';

const HASH = 'ab'.repeat(32);

describe('the address of a place in the page', () => {
  const places: readonly Route[] = [
    { view: 'home' },
    { view: 'equal' },
    { view: 'equal', only: 'same-pixels' },
    { view: 'folder', path: '/Ä & b?#c/d=e' },
    { view: 'picture', id: 7, within: '/folder?path=%2Fa' },
    { view: 'compare', a: 7, b: 12 },
    { view: 'compare', a: HASH, b: 12 },
    { view: 'library' },
    { view: 'picture', id: 7, within: null },
    { view: 'picture', id: 7, within: '/search?id=3&format=png' },
    { view: 'search', query: { kind: 'picture', id: 3, region: null }, filter: {} },
    {
      view: 'search',
      query: { kind: 'dropped', hash: HASH, region: { x: 0.25, y: 0, width: 0.5, height: 1 } },
      filter: { folder: '/Ä & b?#c', formats: ['jpeg', 'png'], minWidth: 800 },
    },
    {
      view: 'search',
      query: { kind: 'url', url: 'https://a.example/x?y=1&z=2#q', region: null },
      filter: { takenAfter: '2024-01-01', takenBefore: '2024-12-31' },
    },
    { view: 'search', query: { kind: 'examples', positive: [1, 2], negative: [3] }, filter: {} },
    { view: 'search', query: { kind: 'examples', positive: [HASH, 2], negative: [HASH] }, filter: {} },
  ];

  for (const place of places) {
    it(`leads back to ${formatRoute(place)}`, () => {
      assert.deepEqual(parseRoute(formatRoute(place)), place);
    });
  }

  const nonsense = [
    '',
    '#',
    '#/nowhere',
    '#/picture/0',
    '#/folder',
    '#/picture/1e3',
    '#/search',
    '#/compare',
    '#/compare?a=7',
    '#/compare?a=7&b=ab',
    '#/search?id=x',
    `#/search?dropped=${HASH.toUpperCase()}`,
    '#/search?like=a,b',
  ];
  for (const hash of nonsense) {
    it(`is the first screen for "${hash}"`, () => {
      assert.deepEqual(parseRoute(hash), { view: 'home' });
    });
  }

  it('passes over a region that lies outside of the picture', () => {
    for (const region of ['0.5,0.5,0.6,0.1', '-1,0,1,1', '0,0,0,1', '0,0,1', '0,0,1,1,1', 'a,b,c,d']) {
      assert.deepEqual(parseRoute(`#/search?id=3&region=${region}`), {
        view: 'search',
        query: { kind: 'picture', id: 3, region: null },
        filter: {},
      });
    }
  });

  it('passes over parts of a filter that no picture could be asked for', () => {
    const parts = [
      ...['width=-5', 'width=0', 'width=1.5', 'width=1e9', 'width=x', 'width='],
      ...['after=yesterday', 'after=2024', 'before=2024-02-30', 'before=2024-13-01', 'after='],
      ...['format=exe', 'format=', 'folder='],
    ];
    for (const part of parts) {
      const place = parseRoute(`#/search?id=3&${part}`);
      assert.deepEqual(place.view === 'search' ? place.filter : null, {}, part);
    }
    const place = parseRoute('#/search?id=3&format=exe,png&width=800&after=2024-02-29');
    assert.deepEqual(place.view === 'search' ? place.filter : null, {
      formats: ['png'],
      minWidth: 800,
      takenAfter: '2024-02-29',
    });
  });
});
