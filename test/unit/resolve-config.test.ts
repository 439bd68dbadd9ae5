import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { EideticError } from '../../src/domain/errors.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A config file with this text. */
function fileWith(text: string): string {
  const file = join(temporaryFolder(), 'settings.json');
  writeFileSync(file, text);
  return file;
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    assert(error instanceof EideticError && error.code === 'INVALID_INPUT', String(error));
    return error.message;
  }
  assert.fail('expected a refusal');
}

describe('settings', () => {
  it('take an empty variable for one that is not set', () => {
    const environment = {
      EIDETIC_LIBRARY: '',
      EIDETIC_MODEL: '',
      EIDETIC_MAX_BYTES: '',
      EIDETIC_OFFLINE: '',
    };
    const config = resolveConfig({}, environment);
    assert.deepEqual(config, resolveConfig({}, {}));
    assert.deepEqual([config.library, config.isLibraryNamed], [resolve('data/library'), false]);
    const file = fileWith('{"library": "/from/file"}');
    assert.equal(resolveConfig({}, environment, file).library, '/from/file');
    assert.equal(resolveConfig({}, environment, file).isLibraryNamed, true);
  });

  it('pass over an XDG_DATA_HOME that is empty or relative', () => {
    const usual = resolveConfig({}, {}).modelsFolder;
    assert.equal(resolveConfig({}, { XDG_DATA_HOME: '' }).modelsFolder, usual);
    assert.equal(resolveConfig({}, { XDG_DATA_HOME: 'share' }).modelsFolder, usual);
    assert.equal(resolveConfig({}, { XDG_DATA_HOME: '/share' }).modelsFolder, '/share/eidetic/models');
  });

  it('have an input size, a whole number of pixels from wherever it is given', () => {
    assert.equal(resolveConfig({}, {}).inputSize, null);
    assert.equal(resolveConfig({ inputSize: '224' }, { EIDETIC_INPUT_SIZE: '192' }).inputSize, 224);
    assert.equal(resolveConfig({}, { EIDETIC_INPUT_SIZE: '192' }).inputSize, 192);
    assert.equal(resolveConfig({}, {}, fileWith('{"inputSize": 160}')).inputSize, 160);
    for (const wrong of ['0', '-1', '22.4', '4097', 'large']) {
      assert.match(
        refusal(() => resolveConfig({ inputSize: wrong }, {})),
        /--input-size.*whole number of pixels/,
      );
    }
  });

  it('are read from a file that begins with a byte order mark', () => {
    assert.equal(resolveConfig({}, {}, fileWith('\uFEFF{"maxBytes": 7}')).limits.maxBytes, 7);
  });

  it('take ~ for the home folder wherever no shell has, and nobody else’s', () => {
    const home = join(homedir(), 'x');
    assert.equal(resolveConfig({ library: '~/x' }, {}).library, home);
    assert.equal(resolveConfig({}, { EIDETIC_LIBRARY: '~/x' }).library, home);
    assert.equal(resolveConfig({}, {}, fileWith('{"library": "~/x", "models": "~"}')).library, home);
    assert.equal(resolveConfig({}, { EIDETIC_MODEL: '~/x' }).model, home);
    assert.match(
      refusal(() => resolveConfig({ library: '~bob/x' }, {})),
      /"~bob\/x" for --library.*in full/,
    );
    assert.match(
      refusal(() => resolveConfig({}, { EIDETIC_MODELS: '~bob' })),
      /for EIDETIC_MODELS/,
    );
  });

  it('find a home folder when HOME is empty', (t) => {
    const former = process.env['HOME'];
    t.after(() => {
      process.env['HOME'] = former;
    });
    process.env['HOME'] = '';
    const folder = join(userInfo().homedir, '.local/share/eidetic/models');
    assert.equal(resolveConfig({}, {}).modelsFolder, folder);
  });

  const wrong: ReadonlyArray<[work: () => unknown, words: RegExp]> = [
    [
      () => resolveConfig({ maxBytes: '1e3' }, {}),
      /^Found "1e3" for --max-bytes, expected a whole number of bytes/,
    ],
    [() => resolveConfig({ maxPixels: '0x10' }, {}), /^Found "0x10" for --max-pixels/],
    [() => resolveConfig({ device: 'abacus' }, {}), /^Found "abacus" for --device, expected one of cpu/],
    [() => resolveConfig({}, { EIDETIC_TIMEOUT_MS: ' 5000' }), /^Found " 5000" for EIDETIC_TIMEOUT_MS/],
    [() => resolveConfig({}, { EIDETIC_OFFLINE: 'perhaps' }), /EIDETIC_OFFLINE, expected true or false/],
    [() => resolveConfig({}, {}, fileWith('{"library": ""}')), /^Found nothing .* for "library" in /],
    [() => resolveConfig({}, {}, fileWith('{"maxBytes": null}')), /^Found null for "maxBytes" in /],
    [
      () => resolveConfig({}, {}, fileWith('{"libary": "x"}')),
      /the setting "libary" in .*expected some of library,/,
    ],
    [() => resolveConfig({}, {}, fileWith('["x"]')), /expected an object of settings/],
    [() => resolveConfig({}, {}, fileWith('')), /cannot be read/],
  ];
  for (const [work, words] of wrong) {
    it(`are refused by their name, with what was found and expected: ${words.source}`, () => {
      const message = refusal(work);
      assert.match(message, words);
      assert.doesNotMatch(message, /✖|→|Invalid input/, 'words of a library');
    });
  }

  it('are refused when the config file is a folder', () => {
    const folder = join(temporaryFolder(), 'folder');
    mkdirSync(folder);
    assert.match(
      refusal(() => resolveConfig({}, {}, folder)),
      /config file .* cannot be read/,
    );
  });
});
