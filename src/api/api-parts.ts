import type { DecodingCost } from '../domain/embedder.ts';
import type { Logger } from '../domain/logger.ts';
import type { CountedCatalog } from '../engine/counted-catalog.ts';
import type { DuplicateReports } from '../engine/duplicate-reports.ts';
import type { Library } from '../engine/library.ts';
import type { LibraryPlans } from '../engine/library-plans.ts';
import type { LibraryUploads } from '../engine/library-uploads.ts';
import type { WeighedReports } from '../engine/weighed-reports.ts';
import type { ThumbnailStore } from '../pictures/thumbnail-store.ts';
import type { BodyLimits } from './body/read-body.ts';
import type { BoundedQueue } from './bounded-queue.ts';
import type { FetchPolicy } from './fetch/fetch-policy.ts';
import type { JobRunner } from './jobs/job-runner.ts';
import type { KeyStore } from './keys/key-store.ts';
import type { ApiMetrics } from './metrics.ts';
import type { QueryCache } from './queries/query-cache.ts';
import type { SampledRecall } from './sampled-recall.ts';
import type { ServerState } from './server-state.ts';

/** What the routes work with; see startServer for how it is put together. */
export interface ApiParts {
  readonly library: Library;
  /** Whether the library was brought over to another model or input size since it was opened. */
  readonly hasMoved: () => Promise<boolean>;
  readonly uploads: LibraryUploads;
  readonly counted: CountedCatalog;
  readonly thumbnails: ThumbnailStore;
  readonly logger: Logger;
  readonly version: string;
  readonly state: ServerState;
  /** Null when the server has no keys. */
  readonly keys: KeyStore | null;
  /** Whether a request without a key is refused. */
  readonly needsKey: boolean;
  readonly requestsPerMinute: number;
  /** Origins of web pages that may use the API; empty: none. */
  readonly corsOrigins: readonly string[];
  /** A host name that is answered to without keys too; null for none. */
  readonly publicHost: string | null;
  /** What comes before every path, such as `/eidetic`, or nothing. */
  readonly basePath: string;
  readonly bodies: BodyLimits;
  /** Longest time for one request, milliseconds. */
  readonly deadlineMs: number;
  /** Decoding and inference: each kind of picture waits for its like. */
  readonly inference: Readonly<Record<DecodingCost, BoundedQueue>>;
  /** Drawing thumbnails. */
  readonly drawing: BoundedQueue;
  readonly fetchPolicy: FetchPolicy;
  /** Whether there is any host that the policy allows. */
  readonly fetchesUrls: boolean;
  /** Looking whether files are there. */
  readonly looking: BoundedQueue;
  /** Pictures that were sent to be searched for. */
  readonly queries: QueryCache;
  readonly duplicates: DuplicateReports;
  readonly weighed: WeighedReports;
  readonly plans: LibraryPlans;
  readonly jobs: JobRunner;
  readonly recall: SampledRecall;
  readonly metrics: ApiMetrics;
}
