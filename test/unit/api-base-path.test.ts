import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { resolveServeSettings } from '../../src/api/serve-settings.ts';

function basePathOf(given: string): string {
  return resolveServeSettings({ basePath: given }, {}).basePath;
}

describe('base path', () => {
  it('has a leading slash and none at its end, however it was given', () => {
    for (const given of ['eidetic', '/eidetic', 'eidetic/', '/eidetic/']) {
      assert.equal(basePathOf(given), '/eidetic');
    }
    assert.equal(basePathOf('/tools/find.pictures_~2-b/'), '/tools/find.pictures_~2-b');
    assert.deepEqual([basePathOf(''), basePathOf('/')], ['', '']);
    assert.equal(resolveServeSettings({}, {}).basePath, '');
  });

  it('is refused when a proxy, a browser or a header could take it for something else', () => {
    const odd = [
      '//evil.example',
      '/a//b',
      '/a//',
      '/..',
      '/a/../b',
      '/.',
      '/a b',
      '/a%2fb',
      '/a?b',
      '/a#b',
      '/a;b',
      '/ä',
      '/a\\b',
      '/a\r\nSet-Cookie: b',
      'C:/Program Files/Git/eidetic',
      'https://photos.example/eidetic',
    ];
    for (const given of odd) {
      assert.throws(
        () => basePathOf(given),
        { code: 'INVALID_INPUT', message: /expected a path as in/ },
        given,
      );
    }
  });

  it('is refused when it would hide the server’s own paths', () => {
    for (const given of ['/v1', '/docs/pictures', 'status', '/metrics', '/openapi.json', '/assets']) {
      assert.throws(() => basePathOf(given), { code: 'INVALID_INPUT' }, given);
    }
  });

  it('and the public host come from the environment too, after the command line', () => {
    const environment = { EIDETIC_BASE_PATH: 'a', EIDETIC_PUBLIC_HOST: 'Photos.Example' };
    const { basePath, publicHost } = resolveServeSettings({}, environment);
    assert.deepEqual([basePath, publicHost], ['/a', 'photos.example']);
    assert.equal(resolveServeSettings({ basePath: '/b' }, environment).basePath, '/b');
    assert.equal(resolveServeSettings({ publicHost: 'c.example' }, environment).publicHost, 'c.example');
  });

  it('takes one host name and no address, port or list for the public host', () => {
    for (const given of [
      '',
      'https://a.example',
      'a.example:80',
      'a.example/b',
      'a,b',
      'a b',
      '*',
      '.a',
      '*.a.example',
    ]) {
      assert.throws(() => resolveServeSettings({ publicHost: given }, {}), { code: 'INVALID_INPUT' }, given);
    }
  });
});
