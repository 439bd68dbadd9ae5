#!/usr/bin/env node
// Decoding and reads run on libuv's threads, four unless told otherwise before the first of them starts; loading an ES
// module would start one, hence CommonJS.
const { availableParallelism } = process.getBuiltinModule('node:os');

/** Threads for reads (READS_IN_FLIGHT of the indexer): one that waits for a server must not keep a core from decoding. */
const READING = 8;
process.env['UV_THREADPOOL_SIZE'] ??= String(Math.max(4, availableParallelism()) + READING);
// ONNX Runtime reads this when it is loaded; without it, it keeps a queue of events and asks the network for their host.
process.env['ORT_DISABLE_TELEMETRY'] = '1';
void import('./main.js').then(({ main }) => main());
