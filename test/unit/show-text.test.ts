import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ProgressLine } from '../../src/cli/progress-line.ts';
import { showJson, showText } from '../../src/cli/show-text.ts';

const SHOWN: ReadonlyArray<readonly [raw: string, shown: string]> = [
  ['a\nb\rc\td', 'a\\nb\\rc\\td'],
  ['\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
  ['\u0000\u0007\u007f', '\\u0000\\u0007\\u007f'],
  ['\u0085\u009b2J', '\\u0085\\u009b2J'],
  ['photo\u202egnp.exe', 'photo\\u202egnp.exe'],
  ['\u2066\u2069\u200e\u200f\u061c\u2028\u2029', '\\u2066\\u2069\\u200e\\u200f\\u061c\\u2028\\u2029'],
  ['half \ud83d of a pair', 'half \\ud83d of a pair'],
  ['\udc4d', '\\udc4d'],
];

for (const [raw, shown] of SHOWN) {
  it(`shows what a terminal would obey: ${shown}`, () => {
    assert.equal(showText(raw), shown);
  });
}

it('leaves every other character as it is', () => {
  for (const text of ['', 'C:\\new\\photo', 'Käufer – 日本語 עברית 👍👩‍👩‍👧', 'it\'s "quoted" $HOME ` � ~']) {
    assert.equal(showText(text), text);
  }
});

it('escapes the same in JSON, which means what it meant', () => {
  for (const [raw] of SHOWN) {
    const json = showJson(JSON.stringify([raw], null, 2));
    assert.equal(showText(json.replaceAll('\n', '')), json.replaceAll('\n', ''));
    assert.deepEqual(JSON.parse(json), [raw]);
  }
});

it('is what progress goes through, on a terminal and elsewhere', () => {
  for (const isTTY of [true, false]) {
    const written: string[] = [];
    const line = new ProgressLine({ isTTY, write: (text) => written.push(text) }, () => 0);
    line.say('failed: /a\u001b[2J\nb.jpg: no');
    assert.deepEqual(written, ['failed: /a\\u001b[2J\\nb.jpg: no\n']);
  }
});
