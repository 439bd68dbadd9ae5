import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { ErrorCode } from '../../src/domain/errors.ts';
import { BUNDLED_ID } from '../support/bundled-model.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { refusesWords } from '../support/refused-words.ts';
import { eideticJson } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

describe('words that a person may type by mistake', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const library = join(folder, 'library');
  const fifo = join(folder, 'fifo');
  const socket = join(folder, 'socket');
  const nowhere = join(folder, 'nowhere');
  let picture = '';

  before(async () => {
    [picture = ''] = await drawPictureFolder(pictures, 2);
    await eideticJson(['index', pictures, '--library', library, '--json']);
    execFileSync('mkfifo', [fifo]);
    const server = createServer().listen(socket);
    await until('the socket is there', async () => existsSync(socket));
    server.unref();
    writeFileSync(join(folder, 'empty.txt'), '\n\n');
    writeFileSync(join(folder, 'nul.txt'), `${picture}\0${picture}\0`);
    writeFileSync(join(folder, 'long.txt'), 'x'.repeat(100_000));
  });

  const mistakes: ReadonlyArray<[name: string, args: () => string[], code: ErrorCode, words: RegExp]> = [
    [
      'search for a device',
      () => ['search', '/dev/zero'],
      'INVALID_INPUT',
      /\/dev\/zero is a device, expected a picture file/,
    ],
    [
      'search for a folder',
      () => ['search', pictures],
      'INVALID_INPUT',
      /is a folder; name a picture in it, or index it/,
    ],
    ['search for a pipe', () => ['search', fifo], 'INVALID_INPUT', /is a pipe, expected a picture file/],
    ['search for a socket', () => ['search', socket], 'INVALID_INPUT', /is a socket/],
    ['search for an empty word', () => ['search', ''], 'INVALID_INPUT', /argument 'picture'.*Found nothing/],
    [
      'a path that is empty',
      () => ['search', picture, '--path', ''],
      'INVALID_INPUT',
      /--path.*Found nothing/,
    ],
    [
      'a part of a path that is empty',
      () => ['search', picture, '--path-contains='],
      'INVALID_INPUT',
      /Found nothing/,
    ],
    [
      'a model that is empty',
      () => ['search', picture, '--model', ''],
      'INVALID_INPUT',
      /--model.*Found nothing/,
    ],
    [
      'a config file that is empty',
      () => ['stats', '--config', ''],
      'INVALID_INPUT',
      /--config.*Found nothing/,
    ],
    [
      'a config file that is a device',
      () => ['stats', '--config', '/dev/zero'],
      'INVALID_INPUT',
      /cannot be read: it is a device/,
    ],
    [
      'somebody’s home folder',
      () => ['search', picture, '--path=~bob/x'],
      'INVALID_INPUT',
      /only ~ and ~\/… stand for/,
    ],
    [
      'JSON and lines of JSON',
      () => ['search', picture, '--json', '--jsonl'],
      'INVALID_INPUT',
      /cannot be used with/,
    ],
    [
      'JSON and paths alone',
      () => ['search', picture, '--json', '-0'],
      'INVALID_INPUT',
      /cannot be used with/,
    ],
    [
      'lines of JSON and paths alone',
      () => ['search', picture, '-0', '--jsonl'],
      'INVALID_INPUT',
      /cannot be used with/,
    ],
    ['JSON and a table', () => ['duplicates', '--csv', '--json'], 'INVALID_INPUT', /cannot be used with/],
    [
      'two forms of failures',
      () => ['failures', '--jsonl', '--json'],
      'INVALID_INPUT',
      /cannot be used with/,
    ],
    ['an id with an exponent', () => ['search', '--id', '1e0'], 'INVALID_INPUT', /'1e0'.*plain digits/],
    ['an id in hexadecimal', () => ['search', '--id', '0x1'], 'INVALID_INPUT', /plain digits/],
    ['an id with a space', () => ['search', '--id', ' 1'], 'INVALID_INPUT', /plain digits/],
    [
      'a limit with a point',
      () => ['search', '--id', '1', '--limit', '5.0'],
      'INVALID_INPUT',
      /plain digits/,
    ],
    [
      'a similarity with an exponent',
      () => ['duplicates', '--min-similarity', '1e0'],
      'INVALID_INPUT',
      /plain digits/,
    ],
    [
      'no time at all',
      () => ['search', picture, '--timeout', '0'],
      'INVALID_INPUT',
      /^Found "0" for --timeout/,
    ],
    [
      'a time in words',
      () => ['search', picture, '--timeout', 'abc'],
      'INVALID_INPUT',
      /"abc" for --timeout.*seconds/,
    ],
    [
      'a size with an exponent',
      () => ['index', '--max-bytes', '1e3'],
      'INVALID_INPUT',
      /"1e3" for --max-bytes/,
    ],
    ['a port in words', () => ['serve', '--port', 'x'], 'INVALID_INPUT', /"x" for --port, expected a port/],
    ['to index a pipe', () => ['index', fifo], 'INVALID_INPUT', /neither a folder nor a regular file/],
    ['to index a socket', () => ['index', socket], 'INVALID_INPUT', /neither a folder nor a regular file/],
    [
      'to index a device',
      () => ['index', '/dev/zero'],
      'INVALID_INPUT',
      /neither a folder nor a regular file/,
    ],
    ['to index an empty word', () => ['index', ''], 'INVALID_INPUT', /argument 'paths'.*Found nothing/],
    ['to index a folder and an empty word', () => ['index', pictures, ''], 'INVALID_INPUT', /Found nothing/],
    ['to watch an empty word', () => ['watch', ''], 'INVALID_INPUT', /Found nothing/],
    [
      'a list that is not there',
      () => ['index', '--files-from', nowhere],
      'NOT_FOUND',
      /The list .*nowhere cannot be read/,
    ],
    [
      'a list that is a folder',
      () => ['index', '--files-from', pictures],
      'INVALID_INPUT',
      /is a folder, expected a list/,
    ],
    ['a list that is a socket', () => ['index', '--files-from', socket], 'INVALID_INPUT', /is no text file/],
    [
      'a list that never ends',
      () => ['index', '--files-from', '/dev/zero'],
      'INVALID_INPUT',
      /holds NUL bytes/,
    ],
    [
      'a list without a name',
      () => ['index', '--files-from', ''],
      'INVALID_INPUT',
      /--files-from.*Found nothing/,
    ],
    [
      'an empty list',
      () => ['index', '--files-from', join(folder, 'empty.txt')],
      'INVALID_INPUT',
      /names no file/,
    ],
    [
      'NUL bytes that nobody told of',
      () => ['index', '--files-from', join(folder, 'nul.txt')],
      'INVALID_INPUT',
      /add -0/,
    ],
    [
      'a list of one long line',
      () => ['index', '--files-from', join(folder, 'long.txt')],
      'INVALID_INPUT',
      /is no path/,
    ],
    ['-0 without a list', () => ['index', '-0'], 'INVALID_INPUT', /-0 without a list/],
    [
      'patterns behind one --exclude',
      () => ['index', '--exclude', '*.mov', '*.xmp', pictures],
      'NOT_FOUND',
      /repeat it/,
    ],
    [
      'an --exclude above the folder',
      () => ['index', pictures, '--exclude', '../x'],
      'INVALID_INPUT',
      /leads out of it/,
    ],
    [
      'an --exclude from the root',
      () => ['index', pictures, '--exclude', '/x'],
      'INVALID_INPUT',
      /root of the disk/,
    ],
    ['an --exclude of nothing', () => ['watch', pictures, '--exclude', ''], 'INVALID_INPUT', /Found nothing/],
    [
      'folders behind one --allow-index',
      () => ['serve', '--allow-index', 'a', 'b'],
      'INVALID_INPUT',
      /too many arguments/,
    ],
    [
      'a sample in a library of one’s own',
      () => ['start'],
      'INVALID_INPUT',
      /sample has a library of its own/,
    ],
    [
      'a key’s command',
      () => ['keys', 'ad', 'shop'],
      'INVALID_INPUT',
      /"ad" after "eidetic keys", expected one of add,/,
    ],
    [
      'a model’s command',
      () => ['models', 'pul', 'x'],
      'INVALID_INPUT',
      /"pul" after "eidetic models", expected one of list,/,
    ],
    [
      'a mirror before the name',
      () => ['models', 'pull', '--mirror', 'http://127.0.0.1:9', 'x'],
      'NOT_FOUND',
      /model "x"/,
    ],
    [
      'a model that is a device',
      () => ['models', 'add', '/dev/zero'],
      'INVALID_INPUT',
      /is no file, expected an ONNX file/,
    ],
    ['a command', () => ['serach', picture], 'INVALID_INPUT', /Did you mean search/],
    ['an option', () => ['search', picture, '--pth', 'x'], 'INVALID_INPUT', /Did you mean --path/],
  ];
  for (const [name, args, code, words] of mistakes) {
    it(`are refused, with what to do: ${name}`, () =>
      refusesWords([...args(), '--library', library], code, words));
  }

  it('are nothing that a library is made for', async () => {
    const missing = join(folder, 'missing');
    const commands = [
      ...[['search', '--id', '1'], ['duplicates'], ['stats'], ['failures'], ['doctor'], ['reindex']],
      ...[['serve', '--port', '0'], ['watch'], ['keys', 'list'], ['keys', 'add', 'shop'], ['index']],
      ['models', 'use', BUNDLED_ID],
    ];
    for (const command of commands) {
      await refusesWords(
        [...command, '--library', missing],
        'NOT_FOUND',
        /There is no library in .*eidetic index FOLDER.*--library/,
      );
      assert.ok(!existsSync(missing), `${command.join(' ')} made it`);
    }
    await refusesWords(['index', nowhere, '--library', missing], 'NOT_FOUND', /Cannot index .*nowhere/);
    await refusesWords(['index', fifo, '--library', missing], 'INVALID_INPUT', /Cannot index .*fifo/);
    assert.ok(!existsSync(missing));
    await refusesWords(['index', pictures, '--library', picture], 'INVALID_INPUT', /is no folder but a file/);
  });
});
