import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { proxyFor } from '../../src/models/proxy-for.ts';

const PROXIES = { HTTPS_PROXY: 'http://secure:1', http_proxy: 'http://plain:2' };

function chosen(url: string, environment: NodeJS.ProcessEnv): string | undefined {
  return proxyFor(new URL(url), environment)?.host;
}

describe('proxyFor', () => {
  it('goes by the scheme, in upper or lower case', () => {
    assert.equal(chosen('https://huggingface.co/a', PROXIES), 'secure:1');
    assert.equal(chosen('http://huggingface.co/a', PROXIES), 'plain:2');
    assert.equal(chosen('https://huggingface.co/a', {}), undefined);
  });

  it('falls back to ALL_PROXY and takes a host without a scheme', () => {
    assert.equal(chosen('https://huggingface.co/a', { ALL_PROXY: 'any:3' }), 'any:3');
  });

  it('refuses what is no URL, by its name', () => {
    const environment = { HTTPS_PROXY: 'not a url' };
    assert.throws(() => chosen('https://huggingface.co/a', environment), {
      code: 'INVALID_INPUT',
      message: /^Found "not a url" for HTTPS_PROXY/,
    });
  });

  it('leaves out what NO_PROXY lists', () => {
    const direct = (url: string, NO_PROXY: string) => chosen(url, { ...PROXIES, NO_PROXY }) === undefined;
    assert.equal(direct('https://hub.example.org/a', 'localhost, example.org'), true);
    assert.equal(direct('https://hub.example.org/a', '.example.org'), true);
    assert.equal(direct('https://notexample.org/a', 'example.org'), false);
    assert.equal(direct('https://example.org/a', 'example.org:8443'), false);
    assert.equal(direct('https://example.org:8443/a', 'example.org:8443'), true);
    assert.equal(direct('https://example.org/a', '*'), true);
    assert.equal(direct('https://example.org/a', ''), false);
  });
});
