import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allowedHosts } from '../../src/api/fetch/allowed-hosts.ts';

const isAllowed = (entries: string[], url: string) => allowedHosts(entries)(new URL(url));

describe('allowed hosts', () => {
  it('are none when none are named', () => {
    assert.equal(isAllowed([], 'https://pictures.example/'), false);
  });

  it('are exactly those named, in any case and script', () => {
    assert.ok(isAllowed(['Pictures.Example'], 'https://pictures.EXAMPLE/a.jpg'));
    assert.ok(isAllowed(['bücher.example'], 'https://xn--bcher-kva.example/'));
    assert.ok(!isAllowed(['pictures.example'], 'https://a.pictures.example/'));
    assert.ok(!isAllowed(['pictures.example'], 'https://pictures.example.evil.test/'));
    assert.ok(!isAllowed(['pictures.example'], 'https://pictures.example./'));
    assert.ok(!isAllowed(['pictures.example'], 'https://evil-pictures.example/'));
  });

  it('below a suffix are those below it and not itself', () => {
    const entries = ['*.pictures.example'];
    assert.ok(isAllowed(entries, 'https://a.b.pictures.example/'));
    assert.ok(!isAllowed(entries, 'https://pictures.example/'));
    assert.ok(!isAllowed(entries, 'https://notpictures.example/'));
  });

  it("are asked on the scheme's own port unless another is named", () => {
    assert.ok(isAllowed(['a.example'], 'http://a.example:80/'));
    assert.ok(!isAllowed(['a.example'], 'http://a.example:443/'));
    assert.ok(!isAllowed(['a.example'], 'https://a.example:22/'));
    assert.ok(isAllowed(['a.example:8443'], 'https://a.example:8443/'));
    assert.ok(!isAllowed(['a.example:8443'], 'https://a.example/'));
    assert.ok(isAllowed(['a.example:443'], 'https://a.example/'));
    assert.ok(!isAllowed(['a.example:443'], 'http://a.example/'));
  });

  it('may be an address, which matches every spelling of it', () => {
    assert.ok(isAllowed(['8.8.8.8'], 'http://0x08080808/'));
    assert.ok(isAllowed(['[2606:4700:4700::1111]'], 'https://[2606:4700:4700:0:0:0:0:1111]/'));
  });

  it('refuse an entry that says something else than it seems to', () => {
    for (const entry of [
      '',
      '*',
      '*.',
      '*.com',
      'a.*.example',
      'https://a.example',
      'a.example/x',
      'u@a.example',
    ]) {
      assert.throws(() => allowedHosts([entry]), { code: 'INVALID_INPUT' }, entry);
    }
  });
});
