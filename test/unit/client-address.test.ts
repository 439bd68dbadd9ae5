import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiAddress } from '../../src/client/api-address.ts';

describe('address of a server', () => {
  it('keeps its own path, with and without a slash at its end', () => {
    for (const given of [
      'http://a.example/eidetic',
      'http://a.example/eidetic/',
      'http://a.example/eidetic//',
    ]) {
      const address = new ApiAddress(given);
      assert.equal(address.of('/v1/search').href, 'http://a.example/eidetic/v1/search');
      assert.equal(address.of('/v1/pictures?limit=2').href, 'http://a.example/eidetic/v1/pictures?limit=2');
    }
    assert.equal(new ApiAddress('http://a.example').of('/status').href, 'http://a.example/status');
    assert.equal(
      new ApiAddress('http://a.example/b/c?d#e').of('/status').href,
      'http://a.example/b/c/status',
    );
  });

  it('finds a link of a server that knows its base path and of one that does not', () => {
    const address = new ApiAddress('http://a.example/eidetic');
    const thumbnail = 'http://a.example/eidetic/v1/pictures/1/thumbnail?expires=1';
    assert.equal(address.ofLink('/eidetic/v1/pictures/1/thumbnail?expires=1').href, thumbnail);
    assert.equal(address.ofLink('/v1/pictures/1/thumbnail?expires=1').href, thumbnail);
  });
});
