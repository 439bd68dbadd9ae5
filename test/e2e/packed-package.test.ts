import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { drawPicture } from '../support/draw-picture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = promisify(execFile);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

/** What a project that uses the client is written as. */
const CONSUMER = `
import { createEideticClient, type EideticClient } from '${manifest.name}/client';
const client: EideticClient = createEideticClient({ address: 'http://127.0.0.1:1' });
const hits: Promise<{ hits: readonly { similarity: number }[] }> = client.search({ id: 1 });
hits.catch((error: unknown) => console.log(error instanceof TypeError ? 'nobody there' : String(error)));
`;

describe('the packed package, in an empty project', () => {
  const project = temporaryFolder();
  const installed = join(project, 'node_modules', manifest.name);
  let packed: readonly string[] = [];

  before(async () => {
    // What the tests run from was just built; building it again would take it away from under them.
    const { stdout } = await run('npm', [
      'pack',
      '--json',
      '--ignore-scripts',
      '--pack-destination',
      project,
    ]);
    const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
    packed = files.map(({ path }) => path);
    mkdirSync(installed, { recursive: true });
    await run('tar', ['-xzf', join(project, filename), '-C', installed, '--strip-components=1']);
    // As an install would, without compiling: what it depends on is there, and nothing that only its makers need.
    for (const dependency of Object.keys(manifest.dependencies)) {
      const place = join(project, 'node_modules', dependency);
      mkdirSync(dirname(place), { recursive: true });
      symlinkSync(resolve('node_modules', dependency), place);
    }
    writeFileSync(join(project, 'package.json'), '{"type": "module"}');
  });

  it('holds the program, its page, the bundled model and what a person reads, and no tests, benches or maps', () => {
    for (const wanted of [
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'models/bundled/model.json',
      'dist/page/index.html',
    ]) {
      assert.ok(packed.includes(wanted), `${wanted} is missing`);
    }
    assert.deepEqual(
      packed.filter(
        (path) => !/^(dist\/src|dist\/page|models|schemas)\/|^[^/]+$/.test(path) || path.endsWith('.map'),
      ),
      [],
    );
  });

  it('gives a command that indexes and searches', async () => {
    const picture = join(project, 'picture.png');
    writeFileSync(picture, await drawPicture(1).png().toBuffer());
    const [bin = ''] = Object.values(manifest.bin);
    const eidetic = (...args: string[]) =>
      run(process.execPath, [join(installed, bin), ...args, '--library', join(project, 'library')]);
    assert.equal(
      (await run(process.execPath, [join(installed, bin), '--version'])).stdout.trim(),
      manifest.version,
    );
    await eidetic('index', picture);
    const { stdout } = await eidetic('search', picture, '--json');
    const { hits } = JSON.parse(stdout) as { hits: { similarity: number }[] };
    assert.equal(hits[0]?.similarity, 1);
  });

  it('gives a client with types, and nothing else', async () => {
    writeFileSync(join(project, 'consumer.mts'), CONSUMER);
    const compiler = resolve('node_modules/typescript/bin/tsc');
    const strict = [
      '--strict',
      '--target',
      'es2023',
      '--module',
      'nodenext',
      '--types',
      '',
      '--skipLibCheck',
    ];
    await run(process.execPath, [compiler, ...strict, 'consumer.mts'], { cwd: project });
    const { stdout } = await run(process.execPath, ['consumer.mjs'], { cwd: project });
    assert.equal(stdout.trim(), 'nobody there');
    writeFileSync(join(project, 'inside.mjs'), `await import('${manifest.name}/dist/src/cli/main.js');`);
    await assert.rejects(
      run(process.execPath, ['inside.mjs'], { cwd: project }),
      /ERR_PACKAGE_PATH_NOT_EXPORTED/,
    );
  });
});
