import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { resolveServeSettings } from '../../src/api/serve-settings.ts';

describe('settings of a server', () => {
  it('take an empty variable for one that is not set', () => {
    const settings = resolveServeSettings({}, { EIDETIC_HOST: '', EIDETIC_PORT: '' });
    assert.deepEqual([settings.host, settings.port], ['127.0.0.1', 7433]);
    assert.equal(resolveServeSettings({}, { EIDETIC_PORT: '8000' }).port, 8000);
    assert.equal(resolveServeSettings({ port: '9000' }, { EIDETIC_PORT: '8000' }).port, 9000);
  });

  const wrong: ReadonlyArray<[flags: object, environment: NodeJS.ProcessEnv, words: RegExp]> = [
    [{ port: 'x' }, {}, /^Found "x" for --port, expected a port from 0 to 65535/],
    [{ port: '1e3' }, {}, /^Found "1e3" for --port/],
    [{ port: '65536' }, {}, /^Found "65536" for --port/],
    [{}, { EIDETIC_PORT: ' 80' }, /^Found " 80" for EIDETIC_PORT/],
    [{ port: 'x' }, { EIDETIC_PORT: '80' }, /^Found "x" for --port/],
    [{ maxUploadBytes: '10' }, {}, /^Found "10" for --max-upload, expected .* from 1024/],
    [{ requestSeconds: '0' }, {}, /^Found "0" for --request-timeout/],
    [{ queue: '1.0' }, {}, /^Found "1.0" for --queue/],
    [{ requestsPerMinute: '-1' }, {}, /^Found "-1" for --rate/],
    [{ cors: ['https://a.example', 'b'] }, {}, /^Found "b" for --cors, expected an origin/],
  ];
  for (const [flags, environment, words] of wrong) {
    it(`are refused by the name they were given by: ${words.source}`, () => {
      assert.throws(() => resolveServeSettings(flags, environment), {
        code: 'INVALID_INPUT',
        message: words,
      });
    });
  }
});
