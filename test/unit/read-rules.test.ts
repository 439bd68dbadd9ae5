import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { namePattern } from '../../src/curation/name-pattern.ts';
import { freeName, placesBelow } from '../../src/curation/places-below.ts';
import { readRules } from '../../src/curation/read-rules.ts';
import { rulesSchema } from '../../src/curation/rule-settings.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a rules file', () => {
  const folder = temporaryFolder();
  const written = (text: string) => {
    const path = join(folder, 'keep.yaml');
    writeFileSync(path, text);
    return readRules(path);
  };

  it('is YAML or JSON, and says the same in either', async () => {
    const rules = { protected: ['~/safe'], rules: ['largest', { name: { avoid: ['*copy*'] } }] };
    assert.deepEqual(await written(JSON.stringify(rules)), rules);
    const yaml = 'protected: [~/safe]\nrules:\n  - largest\n  - name:\n      avoid: ["*copy*"]\n';
    assert.deepEqual(await written(yaml), rules);
  });

  for (const [text, message] of [
    [
      'rules: [bigest]',
      /rules 1: found "bigest", expected one of uncropped, original, largest, .*"folder-order"/,
    ],
    ['rules: [largest]\nprotect: [/a]', /found "protect", expected "protected" and "rules" alone/],
    [
      'rules: [largest, {name: {avoids: [x]}}]',
      /rules 2 name: found "avoids", expected .* "prefer" and "avoid"/,
    ],
    ['rules: [{name: {}}]', /rules 1/],
    ['rules: []', /rules: .*1/],
    ['', /wrong/],
    ['rules: [largest\n', /neither YAML nor JSON/],
    ['rules: [largest]\nrules: [oldest]', /neither YAML nor JSON: Map keys must be unique/],
  ] as const) {
    it(`is refused when it says ${JSON.stringify(text)}`, async () => {
      await assert.rejects(written(text), { code: 'INVALID_INPUT', message });
    });
  }

  it('that is not there is named', async () => {
    await assert.rejects(readRules(join(folder, 'none.yaml')), { code: 'NOT_FOUND', message: /none\.yaml/ });
  });

  it('has the schema that is published', () => {
    assert.deepEqual(JSON.parse(readFileSync('schemas/keep-rules.schema.json', 'utf8')), rulesSchema());
  });
});

describe('a pattern over names', () => {
  for (const [pattern, name, matches] of [
    ['* (?).*', 'a (1).jpg', true],
    ['* (?).*', 'a 1.jpg', false],
    ['* (?).*', 'a (12).jpg', false],
    ['*copy*', 'Holiday COPY 2.jpg', true],
    ['IMG_*', 'img_1.jpg', true],
    ['IMG_*', 'my img_1.jpg', false],
    ['a.jpg', 'axjpg', false],
    ['[a]{b}+$^|\\', '[a]{b}+$^|\\', true],
    ['ä*', 'a\u0308x', true],
  ] as const) {
    it(`${pattern} ${matches ? 'matches' : 'does not match'} ${name}`, () => {
      assert.equal(namePattern(pattern).test(name.normalize('NFC')), matches);
    });
  }
});

describe('places below a folder', () => {
  it('keep the folders of their root, and tell roots of one name apart', () => {
    const placeOf = placesBelow(['/x/Photos', '/y/photos', '/x/Photos/inner'], '/to');
    assert.equal(placeOf('/x/Photos/2020/a.jpg'), '/to/Photos/2020/a.jpg');
    assert.equal(placeOf('/y/photos/a.jpg'), '/to/photos 2/a.jpg');
    assert.equal(placeOf('/x/Photos/inner/a.jpg'), '/to/inner/a.jpg');
    assert.equal(placeOf('/elsewhere/a.jpg'), null);
  });

  it('are numbered where something is there', () => {
    const taken = new Set(['/to/a.jpg', '/to/a 2.jpg']);
    assert.equal(
      freeName('/to/a.jpg', (path) => taken.has(path)),
      '/to/a 3.jpg',
    );
  });
});
