import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { patternProblem } from '../../src/indexer/pattern-problem.ts';
import { ignoreRule } from '../../src/indexer/scan-rules.ts';

function excludes(pattern: string, path: string): boolean {
  const rules = { exclude: [pattern], includeHidden: true, followSymlinks: false };
  return ignoreRule(rules, new Set())(`/root/${path}`, path, true) === 'excluded';
}

describe('patterns to exclude by', () => {
  it('are taken when they can match something', () => {
    for (const [pattern, path] of [
      ['*.xmp', 'a/b.xmp'],
      ['trash', 'a/trash'],
      ['./trash', 'trash'],
      ['a/**', 'a/b'],
      ['..a', '..a'],
      ['a..b', 'x/a..b'],
    ] as const) {
      assert.equal(patternProblem(pattern), null, pattern);
      assert.ok(excludes(pattern, path), pattern);
    }
  });

  for (const [pattern, path, words] of [
    ['/photos/trash', 'photos/trash', /root of the disk/],
    ['../x', 'x', /leads out/],
    ['a/../x', 'x', /leads out/],
    ['trash/', 'trash', /at the end/],
  ] as const) {
    it(`are refused when they match nothing: ${pattern}`, () => {
      assert.ok(!excludes(pattern, path));
      assert.match(patternProblem(pattern) ?? '', words);
      assert.match(patternProblem(pattern) ?? '', /write "trash" or "trash\/\*\*"/);
    });
  }

  it('are refused when they are empty or too long to be one', () => {
    assert.match(patternProblem('') ?? '', /Found nothing/);
    assert.match(patternProblem('x'.repeat(70_000)) ?? '', /no pattern/);
  });
});
