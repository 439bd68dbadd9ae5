import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, totalmem } from 'node:os';

const PACKAGES = ['onnxruntime-node', 'hnswlib-node', 'better-sqlite3', 'sharp'] as const;

/** Machine and versions, in one line each: no number without them. */
export function describeMachine(): string {
  const require = createRequire(import.meta.url);
  const versions = PACKAGES.map((name) => `${name} ${packageVersion(require, name)}`);
  return [
    `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform} ${process.arch}`,
    `Node ${process.versions.node}, ${versions.join(', ')}`,
  ].join('\n');
}

function packageVersion(require: NodeJS.Require, name: string): string {
  const entry = require.resolve(name);
  const folder = entry.slice(0, entry.lastIndexOf(`node_modules/${name}/`) + `node_modules/${name}/`.length);
  return (JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as { version: string }).version;
}
