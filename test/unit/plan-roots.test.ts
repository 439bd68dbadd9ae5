import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_ROOT_RULES, type Root } from '../../src/domain/roots.ts';
import { byLongestRoot } from '../../src/indexer/by-longest-root.ts';
import { haveRulesChanged, planRoots } from '../../src/indexer/plan-roots.ts';

const HIDDEN = { ...DEFAULT_ROOT_RULES, includeHidden: true };

const KNOWN: readonly Root[] = [
  { id: 1, path: '/a', rules: HIDDEN },
  { id: 2, path: '/a/b/c', rules: DEFAULT_ROOT_RULES },
  { id: 3, path: '/ab', rules: null },
];

function paths(request: { roots?: readonly string[]; listed?: readonly string[] }): string[] {
  const { roots = [], listed = [] } = request;
  return planRoots(KNOWN, { roots, listed, rules: {} }).map(({ path }) => path);
}

describe('the roots of a run', () => {
  it('are all when nothing is named, and none when only files are', () => {
    assert.deepEqual(paths({}), ['/a', '/a/b/c', '/ab']);
    assert.deepEqual(paths({ listed: ['/a/x.jpg'] }), []);
  });

  it('are those that are named, and the known ones inside them', () => {
    assert.deepEqual(paths({ roots: ['/a'] }), ['/a', '/a/b/c']);
    assert.deepEqual(paths({ roots: ['/a/b'] }), ['/a/b', '/a/b/c']);
    assert.deepEqual(paths({ roots: ['/a/b/c', '/d'] }), ['/a/b/c', '/d']);
    assert.deepEqual(paths({ roots: ['/'] }), ['/', '/a', '/a/b/c', '/ab']);
  });

  it('know what lies inside them and who had their files', () => {
    const planned = planRoots(KNOWN, { roots: ['/a/b', '/d'], listed: [], rules: {} });
    assert.deepEqual(
      planned.map(({ path, id, innerRoots, outerRoot }) => [
        path,
        id,
        [...innerRoots],
        outerRoot?.id ?? null,
      ]),
      [
        ['/a/b', null, ['/a/b/c'], 1],
        ['/a/b/c', 2, [], null],
        ['/d', null, [], null],
      ],
    );
  });

  it('have their own rules, with what is changed for those that are named', () => {
    const rules = { exclude: ['*.xmp'] };
    const planned = planRoots(KNOWN, { roots: ['/a', '/ab', '/d'], listed: [], rules });
    assert.deepEqual(
      planned.map((root) => [root.path, root.rules, haveRulesChanged(root)]),
      [
        ['/a', { ...HIDDEN, ...rules }, true],
        ['/a/b/c', DEFAULT_ROOT_RULES, false],
        ['/ab', { ...DEFAULT_ROOT_RULES, ...rules }, true],
        ['/d', { ...DEFAULT_ROOT_RULES, ...rules }, true],
      ],
    );
  });

  it('have changed rules when nobody knows the former ones, though nothing is changed', () => {
    const planned = planRoots(KNOWN, { roots: [], listed: [], rules: {} });
    assert.deepEqual(planned.map(haveRulesChanged), [false, false, true]);
  });
});

describe('byLongestRoot', () => {
  it('finds what the longest root at or above a path has', () => {
    const of = byLongestRoot(
      new Map([
        ['/a', 'outer'],
        ['/a/b/c', 'inner'],
      ]),
      'none',
    );
    const found = ['/a', '/a/b/x.jpg', '/a/b/c', '/a/b/c/d/x.jpg', '/ab/x.jpg', '/'].map(of);
    assert.deepEqual(found, ['outer', 'outer', 'inner', 'inner', 'none', 'none']);
    assert.equal(byLongestRoot(new Map([['/', 'all']]), 'none')('/x/y'), 'all');
  });
});
