import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { pullModel } from '../../src/models/pull-model.ts';
import { type Behaviour, honest, serveModels, wrongByte } from '../support/model-server.ts';
import { runScript } from '../support/run-script.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { pinnedFile, pullOptions, testPin } from '../support/test-pin.ts';
import { tinyVit } from '../support/tiny-vit.ts';

const WEIGHTS = tinyVit().onnx;
const PIN = testPin(pinnedFile('onnx/model.onnx', WEIGHTS));
const FILES = { 'onnx/model.onnx': WEIGHTS };
/** On most machines; not a package, so the test goes without it where it is missing. */
const OPENSSL = 'openssl';
const BEARER = 'Bearer hf_secret';

function redirectTo(base: () => string): Behaviour {
  return (request, response) => {
    response.writeHead(302, { location: `${base()}${request.url}` }).end();
  };
}

async function listen(t: TestContext, server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

describe('the hosts that a pull talks to', () => {
  it('gives the token to the hub and to no host that it redirects to', async (t) => {
    const storage = await serveModels(t, FILES, honest);
    const hub = await serveModels(
      t,
      FILES,
      redirectTo(() => `http://localhost:${storage.port}`),
    );
    const options = pullOptions(await makeTemporaryFolder(t), hub.base, {
      environment: { HF_ENDPOINT: hub.base, HF_TOKEN: 'hf_secret' },
    });
    await pullModel(PIN, options);
    assert.equal(hub.requests[0]?.headers.authorization, BEARER);
    assert.equal(storage.requests.length, 1);
    assert.equal(storage.requests[0]?.headers.authorization, undefined);
  });

  it('takes another port of the same host for another host', async (t) => {
    const storage = await serveModels(t, FILES, honest);
    const hub = await serveModels(
      t,
      FILES,
      redirectTo(() => storage.base),
    );
    const environment = { HF_ENDPOINT: hub.base, HF_TOKEN: 'hf_secret' };
    await pullModel(PIN, pullOptions(await makeTemporaryFolder(t), hub.base, { environment }));
    assert.equal(storage.requests[0]?.headers.authorization, undefined);
  });

  it('gives the token again to the hub when it redirects to itself', async (t) => {
    const hub = await serveModels(
      t,
      FILES,
      redirectTo(() => ''),
      honest,
    );
    const environment = { HF_ENDPOINT: hub.base, HF_TOKEN: 'hf_secret' };
    await pullModel(PIN, pullOptions(await makeTemporaryFolder(t), hub.base, { environment }));
    assert.deepEqual(
      hub.requests.map(({ headers }) => headers.authorization),
      [BEARER, BEARER],
    );
  });

  it('tries the mirrors first, without the token, and the hub when they are wrong', async (t) => {
    const broken = await serveModels(t, FILES, wrongByte);
    const empty = await serveModels(t, {});
    const hub = await serveModels(t, FILES, honest);
    const options = pullOptions(await makeTemporaryFolder(t), hub.base, {
      environment: { HF_ENDPOINT: hub.base, HF_TOKEN: 'hf_secret' },
      mirrors: [`${broken.base}/hub`, empty.base],
    });
    await pullModel(PIN, options);
    assert.equal(broken.requests[0]?.path, `/hub/test/tiny/resolve/${PIN.commit}/onnx/model.onnx`);
    const asked = [...broken.requests, ...empty.requests];
    assert.equal(asked.length, 2);
    assert.ok(asked.every(({ headers }) => headers.authorization === undefined));
    assert.equal(hub.requests[0]?.headers.authorization, BEARER);
  });

  it('gives up on redirects without end and on those to another kind of address', async (t) => {
    const round = await serveModels(
      t,
      FILES,
      redirectTo(() => ''),
    );
    const options = pullOptions(await makeTemporaryFolder(t), round.base);
    await assert.rejects(pullModel(PIN, options), /redirects more than 5 times/);
    const away = await serveModels(
      t,
      FILES,
      redirectTo(() => 'ftp://127.0.0.1'),
    );
    const others = pullOptions(await makeTemporaryFolder(t), away.base);
    await assert.rejects(pullModel(PIN, others), /redirects to ftp:\/\/127\.0\.0\.1, which is not as safe/);
  });

  it('fails at once when nobody listens', async (t) => {
    const options = pullOptions(await makeTemporaryFolder(t), 'http://127.0.0.1:9');
    const startedAt = performance.now();
    await assert.rejects(pullModel(PIN, options), /127\.0\.0\.1:9 cannot be reached \(.*ECONNREFUSED/);
    assert.ok(performance.now() - startedAt < 2_000);
  });

  it('asks an http address through the proxy, with its login', async (t) => {
    const hub = await serveModels(t, FILES, honest);
    const asked: Array<{ url: string | undefined; login: string | undefined }> = [];
    const proxy = createHttpServer((request, response) => {
      asked.push({ url: request.url, login: request.headers['proxy-authorization'] });
      honest(request, response, WEIGHTS);
    });
    const port = await listen(t, proxy);
    const options = pullOptions(await makeTemporaryFolder(t), hub.base, {
      environment: { HF_ENDPOINT: hub.base, HTTP_PROXY: `http://me:p%40ss@127.0.0.1:${port}` },
    });
    await pullModel(PIN, options);
    assert.equal(asked[0]?.url, `${hub.base}/test/tiny/resolve/${PIN.commit}/onnx/model.onnx`);
    assert.equal(asked[0]?.login, `Basic ${Buffer.from('me:p@ss').toString('base64')}`);
    assert.equal(hub.requests.length, 0);
  });

  it('names the proxy when it refuses', async (t) => {
    const proxy = createHttpServer();
    proxy.on('connect', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
    const port = await listen(t, proxy);
    const options = pullOptions(await makeTemporaryFolder(t), 'https://hub.invalid', {
      environment: { HF_ENDPOINT: 'https://hub.invalid', HTTPS_PROXY: `127.0.0.1:${port}` },
    });
    await assert.rejects(
      pullModel(PIN, options),
      new RegExp(`the proxy 127\\.0\\.0\\.1:${port} answered 403 to CONNECT hub\\.invalid:443`),
    );
  });

  it('reaches an https address through a tunnel, and checks its certificate', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const certificate = makeCertificate(folder);
    if (certificate === null) {
      t.skip('openssl is not installed, so there is no certificate to test with');
      return;
    }
    const hub = createHttpsServer(certificate, (request, response) => honest(request, response, WEIGHTS));
    const hubPort = await listen(t, hub);
    const tunnels: Array<string | undefined> = [];
    const proxy = createHttpServer();
    proxy.on('connect', (request, socket) => {
      tunnels.push(request.url);
      const onward = connect(hubPort, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
    });
    const proxyPort = await listen(t, proxy);
    const untrusted = await runScript(pullScript(folder, proxyPort));
    assert.match(untrusted.stdout, /self-signed certificate/);
    process.env['NODE_EXTRA_CA_CERTS'] = join(folder, 'certificate.pem'); // for the process to be started
    const trusted = await runScript(pullScript(folder, proxyPort));
    delete process.env['NODE_EXTRA_CA_CERTS'];
    assert.match(trusted.stdout, /installed/);
    assert.equal(tunnels[0], 'hub.test:443');
    t.after(() => hub.closeAllConnections());
  });
});

function makeCertificate(folder: string): { key: Buffer; cert: Buffer } | null {
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'certificate.pem');
  const subject = ['-subj', '/CN=hub.test', '-addext', 'subjectAltName=DNS:hub.test'];
  const request = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    cert,
  ];
  try {
    execFileSync(OPENSSL, [...request, ...subject], { stdio: 'ignore' });
  } catch {
    return null;
  }
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

function pullScript(folder: string, proxyPort: number): string {
  const from = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const environment = { HF_ENDPOINT: 'https://hub.test', HTTPS_PROXY: `http://127.0.0.1:${proxyPort}` };
  return `
    import { pullModel } from ${from('../../src/models/pull-model.js')};
    import { pullOptions } from ${from('../support/test-pin.js')};
    const options = pullOptions(${JSON.stringify(folder)}, '', { environment: ${JSON.stringify(environment)} });
    await pullModel(${JSON.stringify(PIN)}, options).then(
      () => process.stdout.write('installed'),
      (error) => process.stdout.write(error.message),
    );`;
}
