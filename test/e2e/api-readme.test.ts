import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { drawSample } from '../../src/sample/draw-sample.ts';
import { runEidetic } from '../support/run-eidetic.ts';
import { type ServedLibrary, serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const README_ADDRESS = 'http://127.0.0.1:7433';

/** Shell blocks of the section about the API that ask the server something. */
function curlBlocks(readme: string): string[] {
  const section = /^## HTTP API$(.*?)(?=^## |$(?![\s\S]))/ms.exec(readme)?.[1] ?? '';
  const blocks = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = '']) => text);
  return blocks.filter((text) => text.includes('curl'));
}

describe('the commands of README’s section about the API', () => {
  const folder = temporaryFolder();
  const blocks = curlBlocks(readFileSync('README.md', 'utf8'));
  let server: ServedLibrary;

  before(async () => {
    // Drawn where `npm start` draws it, so that it is drawn once.
    await drawSample('data/sample');
    cpSync('data/sample', join(folder, 'data/sample'), { recursive: true });
    const library = join(folder, 'data/sample-library');
    await runEidetic(['index', join(folder, 'data/sample/pictures'), '--library', library]);
    server = await serveEidetic(library);
    // A refusal then fails the command.
    writeFileSync(join(folder, '.curlrc'), 'fail-with-body\n');
  });
  after(() => server?.stop());

  it('are there', () => {
    assert.ok(blocks.length >= 5, `found ${blocks.length} blocks with curl below "## HTTP API"`);
  });

  for (const block of blocks) {
    it(`run as written: ${block.split('\n')[0]?.slice(0, 90)}`, () => {
      const script = block.replaceAll(README_ADDRESS, server.address);
      const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
        cwd: folder,
        env: { ...process.env, CURL_HOME: folder },
        encoding: 'utf8',
      });
      assert.equal(status, 0, `${stdout}\n${stderr}`);
    });
  }
});
