import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/temporary-folder.ts';

const REPORTER = fileURLToPath(import.meta.resolve('../support/report-with-failures.js'));

it('a report in a file names what failed once more, right before the summary', () => {
  const file = join(temporaryFolder(), 'some.test.mjs');
  writeFileSync(
    file,
    `import { describe, it } from 'node:test';
describe('a suite', () => {
  it('fails', () => {
    throw new Error('found 1,\\n expected 2');
  });
  it('passes', () => {});
});
`,
  );
  // Whoever sees this in its environment takes itself for a part of the run that it is in, and reports to that.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout, status } = spawnSync(process.execPath, ['--test', `--test-reporter=${REPORTER}`, file], {
    encoding: 'utf8',
    env,
  });
  assert.equal(status, 1);
  assert.ok(stdout.includes(`1..1\n# failed: fails (${file}:3): found 1, expected 2\n# tests 2\n`), stdout);
});
