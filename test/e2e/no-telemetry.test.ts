import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

// What the program says to the network and leaves on the disk is asked of the system, by strace: ONNX Runtime, left to
// itself, keeps events below the home folder and sends them.

const MAIN = fileURLToPath(new URL('../../src/cli/eidetic.cjs', import.meta.url));
const canTrace = spawnSync('strace', ['-D', '-o', '/dev/null', 'true']).status === 0;

interface Traced {
  readonly process: ChildProcess;
  /** Everything that it printed so far. */
  output(): string;
  /** Waits for its end, and gives the calls that it made. */
  calls(): Promise<string[]>;
}

describe('the program and the network', {
  skip: !canTrace && 'no strace here (apt-get install strace), or it may not trace: NOT LOOKED AT',
}, () => {
  const folder = temporaryFolder();
  const library = join(folder, 'library');
  const [home, temporary] = [join(folder, 'home'), join(folder, 'temporary')];
  let pictures: string[] = [];

  before(async () => {
    pictures = await drawPictureFolder(join(folder, 'pictures'), 3);
    mkdirSync(home);
    mkdirSync(temporary);
  });

  /** Starts the program with a home and a folder for temporary files of its own; it is traced until its end. */
  function trace(name: string, ...args: string[]): Traced {
    const file = join(folder, `${name}.trace`);
    const { ORT_DISABLE_TELEMETRY: _, ...inherited } = process.env;
    const traced = ['-f', '-e', 'trace=network,open,openat,creat', '-o', file, process.execPath, MAIN];
    // With -D the process that is started is the program, and strace is beside it.
    const child = spawn('strace', ['-D', ...traced, ...args, '--library', library], {
      env: { ...inherited, HOME: home, TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    const ended = once(child, 'close');
    return {
      process: child,
      output: () => output,
      async calls() {
        const [exitCode] = await ended;
        assert.equal(exitCode, 0, output);
        const last = new RegExp(`^${child.pid} +\\+\\+\\+ exited`, 'm');
        const isWhole = () => last.test(readFileSync(file, 'utf8'));
        await until('strace has written its last line', isWhole);
        return readFileSync(file, 'utf8').split('\n');
      },
    };
  }

  /** Expects that nothing was asked for beyond this machine, and nothing written outside the library. */
  function assertQuiet(calls: readonly string[]): void {
    const reached = calls.filter(
      (call) =>
        /\b(?:connect|sendto|sendmsg|sendmmsg)\(.*sa_family=AF_INET6?\b/.test(call) ||
        /\bsocket\(AF_INET6?, SOCK_DGRAM/.test(call) ||
        (/\bbind\(.*sa_family=AF_INET6?\b/.test(call) && !/"127\.0\.0\.1"|"::1"/.test(call)),
    );
    assert.deepEqual(reached, []);
    assert.deepEqual(
      calls.filter((call) => /nscd|systemd\/resolve/.test(call)),
      [],
      'a host was looked up',
    );
    const written = calls.filter(
      (call) => /O_WRONLY|O_RDWR|O_CREAT|\bcreat\(/.test(call) && !call.includes(' = -1 '),
    );
    assert.deepEqual(
      written.filter((call) => !call.includes(`"${library}/`) && !call.includes('"/dev/')),
      [],
    );
    assert.deepEqual([...readdirSync(home), ...readdirSync(temporary)], []);
    assert.ok(
      calls.some((call) => call.includes('libonnxruntime')),
      'ONNX Runtime was not used',
    );
  }

  for (const [name, ...args] of [
    ['index', join(folder, 'pictures')],
    ['search', join(folder, 'pictures', 'part-0', '0000.jpg')],
  ] as const) {
    it(`${name} opens no socket, and writes nothing outside the library`, async () => {
      const calls = await trace(name, name, ...args).calls();
      assertQuiet(calls);
      assert.deepEqual(
        calls.filter((call) => /\bsocket\(AF_INET/.test(call)),
        [],
      );
    });
  }

  it('serve listens on this machine, and asks nobody, when it has answered a search', async () => {
    const server = trace('serve', 'serve', '--port', '0');
    await until('the server is ready', () => server.output().includes('Ready:'));
    const address = /Listening on (\S+)/.exec(server.output())?.[1] ?? '';
    const answer = await fetch(`${address}/v1/search`, {
      method: 'POST',
      headers: { 'Content-Type': 'image/jpeg' },
      body: readFileSync(pictures[0] ?? ''),
    });
    assert.equal(answer.status, 200, await answer.text());
    server.process.kill('SIGINT');
    const calls = await server.calls();
    assertQuiet(calls);
    assert.ok(
      calls.some((call) => /\bbind\(.*AF_INET/.test(call)),
      'the trace does not show that it listened',
    );
  });
});
