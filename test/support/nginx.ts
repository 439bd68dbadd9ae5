import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { until } from './until.ts';

/** Debian's nginx, or another; tests that need it are skipped without, and say so. */
export const NGINX = process.env['NGINX'] ?? '/usr/sbin/nginx';

export function hasNginx(): boolean {
  return existsSync(NGINX);
}

/** An nginx of this test's own. */
export interface RunningNginx {
  /** The addresses of its servers, in their order. */
  readonly addresses: readonly string[];
  stop(): Promise<void>;
}

/**
 * Runs nginx with its files in an empty folder.
 * @param servers what stands in the `server` block of each, beside `listen`
 */
export async function runNginx(folder: string, servers: readonly string[]): Promise<RunningNginx> {
  const ports = await freePorts(servers.length);
  const blocks = servers.map((body, n) => `server { listen 127.0.0.1:${ports[n]};\n${body}\n}`);
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${name};`,
  );
  // One process of this user: it may write where the test may, and ends with the one that was started.
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off;\nmaster_process off;\npid nginx.pid;\nevents {}\nhttp {\naccess_log off;\n${places.join('\n')}\n${blocks.join('\n')}\n}\n`,
  );
  const child = spawn(NGINX, ['-p', folder, '-c', 'nginx.conf', '-e', 'error.log'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const addresses = ports.map((port) => `http://127.0.0.1:${port}`);
  await until('nginx answers', async () => {
    if (child.exitCode !== null) {
      throw new Error(`nginx ended with ${child.exitCode}: ${stderr}`);
    }
    return fetch(`${addresses[0]}/`, { redirect: 'manual' }).then(
      () => true,
      () => false,
    );
  });
  return {
    addresses,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      }
    },
  };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
