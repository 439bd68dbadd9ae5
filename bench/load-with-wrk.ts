import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface LoadRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface Load {
  /** Good answers in a second. */
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers with an error status, and requests without an answer. */
  readonly failed: number;
}

/**
 * Asks a server as fast as it answers, the requests in turn, from a process that costs the machine next to nothing: a
 * client in JavaScript takes a tenth of a millisecond a request, which the server would be charged with.
 */
export async function loadWithWrk(
  address: string,
  connections: number,
  seconds: number,
  requests: readonly LoadRequest[],
): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'eidetic-load-'));
  try {
    const script = join(folder, 'requests.lua');
    writeFileSync(script, toScript(requests, folder));
    const flags = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, address];
    const { stdout } = await promisify(execFile)('wrk', flags).catch((cause: NodeJS.ErrnoException) => {
      throw cause.code === 'ENOENT' ? new Error('wrk is not installed (apt-get install wrk)') : cause;
    });
    return JSON.parse(/^LOAD (.*)$/m.exec(stdout)?.[1] ?? '') as Load;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function toScript(requests: readonly LoadRequest[], folder: string): string {
  const formatted = requests.map(({ method, path, headers = {}, body }, i) => {
    const fields = Object.entries(headers).map(([name, value]) => `[${quote(name)}]=${quote(value)}`);
    let content = 'nil';
    if (body !== undefined) {
      const file = join(folder, `${i}.body`);
      writeFileSync(file, body);
      content = `bytes(${quote(file)})`;
    }
    return `wrk.format(${quote(method)}, ${quote(path)}, {${fields.join(',')}}, ${content})`;
  });
  return `
    function bytes(path)
      local file = io.open(path, "rb")
      local all = file:read("*a")
      file:close()
      return all
    end
    local requests = {}
    local next = 0
    function init()
      requests = { ${formatted.join(',\n')} }
    end
    function request()
      next = next % #requests + 1
      return requests[next]
    end
    function done(summary, latency)
      local errors = summary.errors
      local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
      io.write(string.format('LOAD {"perSecond":%f,"p50Ms":%f,"p99Ms":%f,"failed":%d}\\n',
        (summary.requests - errors.status) / summary.duration * 1e6,
        latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, failed))
    end
  `;
}

/** As a Lua string, whose escapes JSON's are for printable text. */
function quote(text: string): string {
  return JSON.stringify(text);
}
