import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readFileList } from '../../src/cli/read-file-list.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function listOf(bytes: Buffer | string, isNullSeparated: boolean) {
  const file = join(temporaryFolder(), 'list');
  writeFileSync(file, bytes);
  const { paths, rawPaths } = await readFileList(file, isNullSeparated);
  return { paths, rawPaths: rawPaths.map((path) => Buffer.from(path).toString('latin1')) };
}

describe('a list of files', () => {
  it('has a path a line, whatever ends lines, and no empty ones', async () => {
    const { paths } = await listOf('/a b \n\r\n\n--json\r\nC:\\x\n/é', false);
    assert.deepEqual(paths, ['/a b ', '--json', 'C:\\x', '/é']);
  });

  it('has paths between NUL bytes as they are', async () => {
    assert.deepEqual((await listOf('/a\n\0/b\r\0\0/c', true)).paths, ['/a\n', '/b\r', '/c']);
  });

  it('keeps paths that are not UTF-8 apart, by their bytes', async () => {
    const bytes = Buffer.concat([
      Buffer.from('/a/'),
      Buffer.of(0xff, 0x0a),
      Buffer.from('/b\n/a/'),
      Buffer.of(0xfe),
    ]);
    assert.deepEqual(await listOf(bytes, false), { paths: ['/b'], rawPaths: ['/a/\xff', '/a/\xfe'] });
  });
});
