import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import { countedCatalog } from '../engine/counted-catalog.ts';
import { duplicateReports } from '../engine/duplicate-reports.ts';
import { indexLibrary, PLAIN_RUN } from '../engine/index-library.ts';
import type { Library } from '../engine/library.ts';
import { openLibraryJobs } from '../engine/library-jobs.ts';
import { libraryThumbnails } from '../engine/library-originals.ts';
import { LibraryPlans } from '../engine/library-plans.ts';
import { libraryUploads } from '../engine/library-uploads.ts';
import { watchModelInUse } from '../engine/model-in-use.ts';
import { recallOf } from '../engine/sample-recall.ts';
import { takeUploadsBack } from '../engine/take-uploads-back.ts';
import { weighedReports } from '../engine/weighed-reports.ts';
import type { ApiParts } from './api-parts.ts';
import { BodyBudget } from './body/body-budget.ts';
import { boundedQueue } from './bounded-queue.ts';
import { createApp } from './create-app.ts';
import { createExpressServer } from './create-express-server.ts';
import { fetchPolicy } from './fetch/fetch-policy.ts';
import { JobRunner } from './jobs/job-runner.ts';
import { openKeyStore } from './keys/key-store.ts';
import { startMetrics } from './metrics.ts';
import { QueryCache } from './queries/query-cache.ts';
import { requireSafeBind } from './require-safe-bind.ts';
import { sampledRecall } from './sampled-recall.ts';
import type { ServeSettings } from './serve-settings.ts';
import type { ServerState } from './server-state.ts';

/** A server that listens. */
export interface RunningServer {
  /** Such as `http://127.0.0.1:7433`. */
  readonly address: string;
  /** Resolves when searches are answered. @throws what opening the index throws */
  readonly ready: Promise<void>;
  /** Refuses new requests, finishes those in progress, saves the index. The library stays open. */
  close(): Promise<void>;
}

/** Bodies in memory at once, as a multiple of the largest one. */
const BODIES_AT_ONCE = 8;
const DEADLINE_MS = 30_000;
/** A client has this long for its headers. */
const HEADERS_MS = 10_000;
/** How often the server looks for clients that have taken longer. */
const SLOW_CHECK_MS = 1_000;
const MOST_CONNECTIONS = 2_000;
const IDLE_CHECK_MS = 50;
const SAVE_EVERY_MS = 60_000;
const TIDY_EVERY_MS = 3_600_000;
const THUMBNAILS_AT_ONCE = 2;
const THUMBNAILS_WAITING = 256;
/** A drive that does not answer keeps a thread of libuv's for each, and these are few. */
const LOOKS_AT_ONCE = 1;
const LOOKS_WAITING = 64;
const JOB_RETRY_MS = 2_000;

/**
 * Serves an open library over HTTP.
 * @throws EideticError INVALID_INPUT when the address is not free, or a key is needed and there is none
 */
export async function startServer(
  library: Library,
  settings: ServeSettings,
  logger: Logger,
  version: string,
): Promise<RunningServer> {
  const state: ServerState = { current: 'starting' };
  const parts = await assembleParts(library, settings, logger, version, state);
  const requestTimeout = settings.requestSeconds * 1_000;
  const server = createExpressServer(createApp(parts), {
    headersTimeout: Math.min(HEADERS_MS, requestTimeout),
    requestTimeout,
    connectionsCheckingInterval: SLOW_CHECK_MS,
  });
  server.maxConnections = MOST_CONNECTIONS;
  try {
    await listen(server, settings);
  } catch (error) {
    await parts.jobs.close();
    throw error;
  }
  const tidying = tidyUploads(library, logger);
  const say = (error: unknown) => logger.warn('the index was not opened', { reason: String(error) });
  const saving = setInterval(() => void library.spaces.save().catch(say), SAVE_EVERY_MS);
  const ready = library.spaces.opened().then(() => {
    state.current = state.current === 'starting' ? 'ready' : state.current;
  });
  ready.catch((error: unknown) => logger.error('the library cannot be served', { reason: String(error) }));
  return {
    address: addressOf(server, settings.host),
    ready,
    async close() {
      state.current = 'stopping';
      clearInterval(saving);
      await tidying.stop();
      parts.duplicates.close();
      await parts.plans.close();
      await parts.jobs.close();
      await closeServer(server);
      await library.spaces.saveNow().catch(say);
    },
  };
}

/** Of all pictures that are kept to be searched for: some twenty of a phone. */
const KEPT_QUERY_BYTES = 128 * 1024 * 1024;
const KEPT_QUERY_MS = 3_600_000;

async function assembleParts(
  library: Library,
  settings: ServeSettings,
  logger: Logger,
  version: string,
  state: ServerState,
): Promise<ApiParts> {
  const keys = openKeyStore(join(library.config.library, 'keys'));
  const { needsKey, hasKeys } = await requireSafeBind(settings.host, settings.requireKey, keys);
  const { cannotDescribe } = library;
  if (cannotDescribe !== null) {
    logger.warn(cannotDescribe.message, { code: cannotDescribe.code });
  }
  // Where nothing can be described, whoever asks for it is refused in turn.
  const atOnce = cannotDescribe === null ? library.embedder().parallelism : 1;
  const inference = {
    plain: boundedQueue('inference', atOnce, settings.queue),
    bounded: boundedQueue('decoding', atOnce, settings.queue),
    unbounded: boundedQueue('drawings', atOnce, settings.queue),
  };
  const recall = sampledRecall(
    (searched, query, k) => recallOf(library, searched, query, k),
    (error) => logger.warn('the recall could not be sampled', { reason: String(error) }),
  );
  const metrics = startMetrics({
    inference,
    countPictures: async () =>
      state.current === 'starting' ? 0 : (await library.spaces.similar.index.opened()).index.size(),
    isIndexUnsaved: () => library.spaces.cannotBeSaved,
    spaces: library.spaces.all.map(({ space }) => space.id),
    recall,
  });
  library.onDescribed = ({ decodeMs, inferenceMs }) => {
    metrics.observe('decode', decodeMs);
    metrics.observe('inference', inferenceMs);
  };
  const duplicates = duplicateReports(library);
  return {
    library,
    hasMoved: await watchModelInUse(library),
    uploads: libraryUploads(library),
    counted: countedCatalog(library.catalog),
    thumbnails: libraryThumbnails(library, settings.thumbnailCacheBytes),
    logger,
    version,
    state,
    keys: hasKeys ? keys : null,
    needsKey,
    requestsPerMinute: settings.requestsPerMinute,
    corsOrigins: settings.cors,
    publicHost: settings.publicHost,
    basePath: settings.basePath,
    bodies: {
      budget: new BodyBudget(BODIES_AT_ONCE * settings.maxUploadBytes),
      maxBytes: settings.maxUploadBytes,
    },
    deadlineMs: DEADLINE_MS,
    inference,
    drawing: boundedQueue('thumbnails', THUMBNAILS_AT_ONCE, THUMBNAILS_WAITING),
    fetchPolicy: fetchPolicy({
      allowedHosts: settings.allowFetch,
      maxBytes: settings.maxUploadBytes,
      timeoutMs: 10_000,
      maxRedirects: 3,
    }),
    fetchesUrls: settings.allowFetch.length > 0,
    looking: boundedQueue('a look at files', LOOKS_AT_ONCE, LOOKS_WAITING),
    queries: new QueryCache(KEPT_QUERY_BYTES, KEPT_QUERY_MS),
    duplicates,
    weighed: weighedReports(library),
    plans: new LibraryPlans(library, duplicates, (error) =>
      logger.error('a plan failed', { reason: String(error) }),
    ),
    jobs: await startJobs(library, settings, logger),
    recall,
    metrics,
  };
}

/** Looks after what interrupted uploads have left: of whole ones now, of others now and from time to time. */
function tidyUploads(library: Library, logger: Logger): { stop(): Promise<void> } {
  if (library.catalog.isReadOnly) {
    return { stop: async () => {} };
  }
  const stopping = new AbortController();
  const taking = takeUploadsBack(library, () => {}, stopping.signal).catch((error: unknown) => {
    if (!stopping.signal.aborted) {
      logger.warn('uploads that no picture lists were not taken into the library', { reason: String(error) });
    }
  });
  void library.uploads.removeStale();
  const timer = setInterval(() => void library.uploads.removeStale(), TIDY_EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await taking;
    },
  };
}

function startJobs(library: Library, { allowIndex }: ServeSettings, logger: Logger): Promise<JobRunner> {
  return JobRunner.start({
    store: openLibraryJobs(library),
    index: (roots, onProgress, signal) => indexLibrary(library, { ...PLAIN_RUN, roots }, onProgress, signal),
    allowedRoots: allowIndex.map((folder) => resolve(folder)),
    logger,
    busyRetryMs: JOB_RETRY_MS,
  });
}

function listen(server: Server, { host, port }: ServeSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? 'another program listens there' : cause.message;
      reject(
        new EideticError(
          'INVALID_INPUT',
          `Cannot listen on ${host}, port ${port}: ${reason}; name another --port.`,
          { cause },
        ),
      );
    });
    server.listen(port, host, () => resolve());
  });
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Every request has a deadline, so this ends; connections are closed as soon as they have no request. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const forced = setTimeout(() => server.closeAllConnections(), DEADLINE_MS);
  // A client keeps its connection when it has its answer, and would be waited for.
  const sweeping = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  await closed;
  clearInterval(sweeping);
  clearTimeout(forced);
}
