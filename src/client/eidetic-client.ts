import type { JobAnswer, JobListQuery, JobPage } from '../api/jobs/job-schemas.ts';
import type { AwayAnswer } from '../api/schemas/away-schema.ts';
import type { CompareAnswer, CompareOptions, CompareRequest } from '../api/schemas/compare-schema.ts';
import type {
  DecisionAnswer,
  DecisionRequest,
  DecisionsPage,
  DecisionsQuery,
} from '../api/schemas/decision-schema.ts';
import type {
  DuplicatesPage,
  DuplicatesQuery,
  GroupPage,
  GroupQuery,
  PairsPage,
  PairsQuery,
} from '../api/schemas/duplicates-schema.ts';
import type { EqualFilesPage, EqualFilesQuery, ReportProgress } from '../api/schemas/equal-files-schema.ts';
import type {
  FailureCounts,
  FailureCountsQuery,
  FailurePage,
  FailuresQuery,
  JobFailuresQuery,
  RetryAnswer,
  RetryRequest,
} from '../api/schemas/failure-schema.ts';
import type { LibraryAnswer } from '../api/schemas/library-schema.ts';
import type { MatchAnswer, MatchQuery, MatchRequest } from '../api/schemas/match-schema.ts';
import type {
  FilesPage,
  FilesQuery,
  ListQuery,
  Picture,
  PicturePage,
  THUMBNAIL_SIZES,
} from '../api/schemas/picture-schema.ts';
import type { PlanAnswer, PlanRequest, PlansPage, PlansQuery } from '../api/schemas/plan-schema.ts';
import type { KeptQueryAnswer } from '../api/schemas/query-schema.ts';
import type { RootsAnswer } from '../api/schemas/root-schema.ts';
import type {
  BatchAnswer,
  SearchAnswer,
  SearchPageQuery,
  SearchRequest,
  UploadSearchOptions,
} from '../api/schemas/search-schema.ts';
import type { Session } from '../api/schemas/session-schema.ts';
import type { SpacesAnswer } from '../api/schemas/space-schema.ts';
import type { Status } from '../api/schemas/status-schema.ts';
import type { UploadAnswer } from '../api/schemas/upload-schema.ts';
import type { VectorsAnswer } from '../api/schemas/vector-schema.ts';
import { ApiAddress } from './api-address.ts';
import { jobEvents } from './job-events.ts';
import { type PictureSource, toForm } from './picture-source.ts';
import { sender, toQueryString } from './sender.ts';

export { EideticApiError } from './api-error.ts';
export type {
  AwayAnswer,
  BatchAnswer,
  CompareAnswer,
  CompareOptions,
  CompareRequest,
  DecisionAnswer,
  DecisionRequest,
  DecisionsPage,
  DecisionsQuery,
  DuplicatesPage,
  DuplicatesQuery,
  EqualFilesPage,
  EqualFilesQuery,
  FailureCounts,
  FailureCountsQuery,
  FailurePage,
  FailuresQuery,
  FilesPage,
  FilesQuery,
  GroupPage,
  GroupQuery,
  JobAnswer,
  JobFailuresQuery,
  JobListQuery,
  JobPage,
  KeptQueryAnswer,
  LibraryAnswer,
  ListQuery,
  MatchAnswer,
  MatchQuery,
  MatchRequest,
  PairsPage,
  PairsQuery,
  Picture,
  PicturePage,
  PictureSource,
  PlanAnswer,
  PlanRequest,
  PlansPage,
  PlansQuery,
  ReportProgress,
  RetryAnswer,
  RetryRequest,
  RootsAnswer,
  SearchAnswer,
  SearchPageQuery,
  SearchRequest,
  Session,
  SpacesAnswer,
  Status,
  UploadAnswer,
  UploadSearchOptions,
  VectorsAnswer,
};

export interface ClientOptions {
  /** Where the server is, such as `http://127.0.0.1:7433`, or `https://photos.example/eidetic` behind a proxy. */
  readonly address: string;
  /** An API key; none for a server that asks for none. */
  readonly key?: string;
}

/**
 * Everything the API does: each operation has a method. Each call rejects with an EideticApiError when the server
 * refuses, and with the reason of its signal, which is always last, when that is aborted.
 */
export interface EideticClient {
  /** Whether searches are answered; rejects while they are not. */
  status(signal?: AbortSignal): Promise<Status>;
  /** Whether the process answers at all. */
  live(signal?: AbortSignal): Promise<Status>;
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer>;
  searchPicture(
    picture: PictureSource,
    options?: UploadSearchOptions,
    signal?: AbortSignal,
  ): Promise<SearchAnswer>;
  /** Keeps a picture, or the one at a URL, for a while, to be searched for by its contentHash: `search({ sha256 })`. */
  keepQuery(
    picture: PictureSource | { readonly url: string },
    signal?: AbortSignal,
  ): Promise<KeptQueryAnswer>;
  queryThumbnail(
    sha256: string,
    size?: (typeof THUMBNAIL_SIZES)[number],
    signal?: AbortSignal,
  ): Promise<Blob>;
  searchBatch(queries: readonly SearchRequest[], signal?: AbortSignal): Promise<BatchAnswer>;
  compare(request: CompareRequest, signal?: AbortSignal): Promise<CompareAnswer>;
  comparePictures(
    a: PictureSource,
    b: PictureSource,
    options?: CompareOptions,
    signal?: AbortSignal,
  ): Promise<CompareAnswer>;
  /** Whether the library has a picture, as it is or as a copy: a picture's bytes, or one by id, sha256 or url. */
  match(
    picture: PictureSource | MatchRequest,
    query?: MatchQuery,
    signal?: AbortSignal,
  ): Promise<MatchAnswer>;
  pictures(query?: ListQuery, signal?: AbortSignal): Promise<PicturePage>;
  picture(id: number, signal?: AbortSignal): Promise<Picture>;
  /** All files of a picture: an answer lists the first of them only. */
  files(id: number, query?: FilesQuery, signal?: AbortSignal): Promise<FilesPage>;
  /** Which of these pictures have no file that can be seen at the moment. @param ids 1 to 500 */
  away(ids: readonly number[], signal?: AbortSignal): Promise<AwayAnswer>;
  similar(id: number, page?: SearchPageQuery, signal?: AbortSignal): Promise<SearchAnswer>;
  vector(id: number, signal?: AbortSignal): Promise<VectorsAnswer>;
  thumbnail(id: number, size?: (typeof THUMBNAIL_SIZES)[number], signal?: AbortSignal): Promise<Blob>;
  file(id: number, signal?: AbortSignal): Promise<Blob>;
  /** Adds a picture or several; each has an answer of its own, in their order. */
  upload(pictures: PictureSource | readonly PictureSource[], signal?: AbortSignal): Promise<UploadAnswer>;
  remove(id: number, signal?: AbortSignal): Promise<void>;
  duplicates(query?: DuplicatesQuery, signal?: AbortSignal): Promise<DuplicatesPage>;
  /** Equal files by what is there now: see the operation. */
  equalFiles(query?: EqualFilesQuery, signal?: AbortSignal): Promise<EqualFilesPage>;
  /** How far the duplicate report is that is being made. */
  duplicatesProgress(signal?: AbortSignal): Promise<ReportProgress>;
  /** All pictures of a group: a page of groups lists the first of them only. @param id the lowest in the group */
  duplicateGroup(id: number, query?: GroupQuery, signal?: AbortSignal): Promise<GroupPage>;
  /** Pairs that are in no group together. */
  duplicatePairs(query?: PairsQuery, signal?: AbortSignal): Promise<PairsPage>;
  /** Remembers what somebody decided of pictures; needs the scope write. */
  decide(request: DecisionRequest, signal?: AbortSignal): Promise<DecisionAnswer>;
  /** What was decided of pictures. */
  decisions(query?: DecisionsQuery, signal?: AbortSignal): Promise<DecisionsPage>;
  /**
   * Begins to plan which duplicates are kept and what is done to the others; nothing is moved. Ask `plan` until it is made.
   * Needs the scope admin, as all about plans.
   */
  makePlan(request?: PlanRequest, signal?: AbortSignal): Promise<PlanAnswer>;
  /** Plans that were made on the server, the latest first. */
  plans(query?: PlansQuery, signal?: AbortSignal): Promise<PlansPage>;
  /** How far a plan is, and what it comes to. */
  plan(id: string, signal?: AbortSignal): Promise<PlanAnswer>;
  /** The file that `eidetic apply` takes. */
  planFile(id: string, signal?: AbortSignal): Promise<Blob>;
  /** Stops making a plan, or takes it away. */
  removePlan(id: string, signal?: AbortSignal): Promise<void>;
  /** What the library holds as a whole, and what may be indexed into it. */
  library(signal?: AbortSignal): Promise<LibraryAnswer>;
  /** The folders of the library. */
  roots(signal?: AbortSignal): Promise<RootsAnswer>;
  /** The spaces that can be searched, and what similarities in them mean. */
  spaces(signal?: AbortSignal): Promise<SpacesAnswer>;
  /** Indexes a folder of the server's machine, or several; needs the scope admin, as all about jobs and failures. */
  addJob(roots: string | readonly string[], signal?: AbortSignal): Promise<JobAnswer>;
  jobs(query?: JobListQuery, signal?: AbortSignal): Promise<JobPage>;
  job(id: number, signal?: AbortSignal): Promise<JobAnswer>;
  /** Asks a job to end; what it has indexed stays. */
  cancelJob(id: number, signal?: AbortSignal): Promise<JobAnswer>;
  /** A job as it goes on, until it ends or the server stops; ask again to follow it with the next server. */
  watchJob(id: number, signal?: AbortSignal): AsyncIterable<JobAnswer>;
  /** What failed in a job. */
  jobFailures(id: number, query?: JobFailuresQuery, signal?: AbortSignal): Promise<FailurePage>;
  /** The files that could not be indexed. */
  failures(query?: FailuresQuery, signal?: AbortSignal): Promise<FailurePage>;
  /** How many files could not be indexed, by reason. */
  failureCounts(query?: FailureCountsQuery, signal?: AbortSignal): Promise<FailureCounts>;
  /** Has failures tried again in the next index run; without a request all of them. */
  retryFailures(request?: RetryRequest, signal?: AbortSignal): Promise<RetryAnswer>;
  /** Prometheus text. */
  metrics(signal?: AbortSignal): Promise<string>;
  /** The whole address of a link in an answer, as a picture's `thumbnail`. */
  addressOf(link: string): string;
  /** Lets this browser in without the key for a while, by a cookie: for `<img>` and `EventSource`. */
  openSession(signal?: AbortSignal): Promise<Session>;
  /** What this browser may do, by its cookie. */
  session(signal?: AbortSignal): Promise<Session>;
  /** Takes the cookie back. */
  closeSession(signal?: AbortSignal): Promise<void>;
}

/** @throws TypeError for an address that is no URL */
export function createEideticClient({ address, key }: ClientOptions): EideticClient {
  const api = new ApiAddress(address);
  const { ask, get, getStatus, post } = sender(api, key);
  return {
    status: (signal) => getStatus('/status', signal),
    live: (signal) => getStatus('/status/live', signal),
    search: (request, signal) => post('/v1/search', request, signal),
    searchPicture: async (picture, options, signal) =>
      post('/v1/search', toForm([['image', picture]], options), signal),
    keepQuery: async (picture, signal) =>
      post('/v1/queries', 'url' in picture ? picture : toForm([['image', picture]]), signal),
    queryThumbnail: async (sha256, size = 256, signal) =>
      (await ask(`/v1/queries/${sha256}/thumbnail?size=${size}`, {}, signal)).blob(),
    searchBatch: (queries, signal) => post('/v1/search/batch', { queries }, signal),
    compare: (request, signal) => post('/v1/compare', request, signal),
    comparePictures: async (a, b, options, signal) =>
      post(
        '/v1/compare',
        toForm(
          [
            ['a', a],
            ['b', b],
          ],
          options,
        ),
        signal,
      ),
    match: async (picture, query = {}, signal) => {
      const isSent = picture instanceof Uint8Array || picture instanceof Blob || 'bytes' in picture;
      return post(
        `/v1/match${toQueryString(query)}`,
        isSent ? toForm([['image', picture]]) : picture,
        signal,
      );
    },
    pictures: (query, signal) => get('/v1/pictures', query, signal),
    picture: (id, signal) => get(`/v1/pictures/${id}`, {}, signal),
    files: (id, query, signal) => get(`/v1/pictures/${id}/files`, query, signal),
    away: (ids, signal) => get('/v1/away', { ids: ids.join(',') }, signal),
    similar: (id, page, signal) => get(`/v1/pictures/${id}/similar`, page, signal),
    vector: (id, signal) => get(`/v1/pictures/${id}/vector`, {}, signal),
    thumbnail: async (id, size = 256, signal) =>
      (await ask(`/v1/pictures/${id}/thumbnail?size=${size}`, {}, signal)).blob(),
    file: async (id, signal) => (await ask(`/v1/pictures/${id}/file`, {}, signal)).blob(),
    upload: async (pictures, signal) => {
      const list = isList(pictures) ? pictures : [pictures];
      return post('/v1/pictures', toForm(list.map((picture, i) => [`image${i}`, picture])), signal);
    },
    remove: async (id, signal) => {
      await ask(`/v1/pictures/${id}`, { method: 'DELETE' }, signal);
    },
    duplicates: (query, signal) => get('/v1/duplicates', query, signal),
    equalFiles: (query, signal) => get('/v1/duplicates/files', query, signal),
    duplicatesProgress: (signal) => get('/v1/duplicates/progress', {}, signal),
    duplicateGroup: (id, query, signal) => get(`/v1/duplicates/${id}/pictures`, query, signal),
    duplicatePairs: (query, signal) => get('/v1/duplicates/pairs', query, signal),
    library: (signal) => get('/v1/library', {}, signal),
    roots: (signal) => get('/v1/roots', {}, signal),
    spaces: (signal) => get('/v1/spaces', {}, signal),
    addJob: (roots, signal) =>
      post('/v1/jobs', { roots: typeof roots === 'string' ? [roots] : roots }, signal),
    jobs: (query, signal) => get('/v1/jobs', query, signal),
    job: (id, signal) => get(`/v1/jobs/${id}`, {}, signal),
    cancelJob: async (id, signal) =>
      (await (await ask(`/v1/jobs/${id}`, { method: 'DELETE' }, signal)).json()) as JobAnswer,
    async *watchJob(id, signal) {
      const { body } = await ask(`/v1/jobs/${id}/events`, {}, signal);
      yield* body === null ? [] : jobEvents(body);
    },
    decide: (request, signal) => post('/v1/decisions', request, signal),
    decisions: (query, signal) => get('/v1/decisions', query, signal),
    makePlan: (request = {}, signal) => post('/v1/plans', request, signal),
    plans: (query, signal) => get('/v1/plans', query, signal),
    plan: (id, signal) => get(`/v1/plans/${id}`, {}, signal),
    planFile: async (id, signal) => (await ask(`/v1/plans/${id}/file`, {}, signal)).blob(),
    removePlan: async (id, signal) => {
      await ask(`/v1/plans/${id}`, { method: 'DELETE' }, signal);
    },
    jobFailures: (id, query, signal) => get(`/v1/jobs/${id}/failures`, query, signal),
    failures: (query, signal) => get('/v1/failures', query, signal),
    failureCounts: (query, signal) => get('/v1/failures/counts', query, signal),
    retryFailures: (request = {}, signal) => post('/v1/failures/retry', request, signal),
    metrics: async (signal) => (await ask('/metrics', {}, signal)).text(),
    addressOf: (link) => api.ofLink(link).href,
    openSession: async (signal) =>
      (await (
        await ask('/v1/session', { method: 'POST', credentials: 'include' }, signal)
      ).json()) as Session,
    session: (signal) => get('/v1/session', {}, signal),
    closeSession: async (signal) => {
      await ask('/v1/session', { method: 'DELETE', credentials: 'include' }, signal);
    },
  };
}

function isList(pictures: PictureSource | readonly PictureSource[]): pictures is readonly PictureSource[] {
  return Array.isArray(pictures);
}
