#!/usr/bin/env node
// Decoding runs on libuv's threads, four unless told otherwise before the first of them starts; loading an ES module
// would start one, hence CommonJS.
const { availableParallelism } = process.getBuiltinModule('node:os');

process.env['UV_THREADPOOL_SIZE'] ??= String(Math.max(4, availableParallelism()));
// ONNX Runtime reads this when it is loaded; without it, it keeps a queue of events and asks the network for their host.
process.env['ORT_DISABLE_TELEMETRY'] = '1';
void import('./main.js').then(({ main }) => main());
