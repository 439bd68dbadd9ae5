import type { JobAnswer, JobListQuery, JobPage } from '../api/jobs/job-schemas.ts';
import type { CompareAnswer, CompareRequest } from '../api/schemas/compare-schema.ts';
import type {
  DuplicatesPage,
  DuplicatesQuery,
  GroupPage,
  GroupQuery,
} from '../api/schemas/duplicates-schema.ts';
import type {
  FilesPage,
  FilesQuery,
  ListQuery,
  Picture,
  PicturePage,
  THUMBNAIL_SIZES,
} from '../api/schemas/picture-schema.ts';
import type {
  BatchAnswer,
  SearchAnswer,
  SearchRequest,
  UploadSearchOptions,
} from '../api/schemas/search-schema.ts';
import type { Session } from '../api/schemas/session-schema.ts';
import type { Status } from '../api/schemas/status-schema.ts';
import type { UploadAnswer } from '../api/schemas/upload-schema.ts';
import { ApiAddress } from './api-address.ts';
import { apiErrorOf } from './api-error.ts';
import { jobEvents } from './job-events.ts';

export { EideticApiError } from './api-error.ts';
export type {
  BatchAnswer,
  CompareAnswer,
  CompareRequest,
  DuplicatesPage,
  DuplicatesQuery,
  FilesPage,
  FilesQuery,
  GroupPage,
  GroupQuery,
  JobAnswer,
  JobListQuery,
  JobPage,
  ListQuery,
  Picture,
  PicturePage,
  SearchAnswer,
  SearchRequest,
  Session,
  Status,
  UploadAnswer,
  UploadSearchOptions,
};

export interface ClientOptions {
  /** Where the server is, such as `http://127.0.0.1:7433` or `https://photos.example/eidetic`. */
  readonly address: string;
  /** An API key; none for a server that asks for none. */
  readonly key?: string;
}

/** A picture's bytes, with a name of your own if you like. */
export type PictureSource = Uint8Array | Blob | { readonly bytes: Uint8Array | Blob; readonly name: string };

type Page = { readonly limit?: number; readonly offset?: number; readonly minSimilarity?: number };

/** Everything the API does. Each call rejects with an EideticApiError when the server refuses. */
export interface EideticClient {
  status(): Promise<Status>;
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer>;
  searchPicture(
    picture: PictureSource,
    options?: UploadSearchOptions,
    signal?: AbortSignal,
  ): Promise<SearchAnswer>;
  searchBatch(queries: readonly SearchRequest[], signal?: AbortSignal): Promise<BatchAnswer>;
  compare(request: CompareRequest): Promise<CompareAnswer>;
  comparePictures(a: PictureSource, b: PictureSource): Promise<CompareAnswer>;
  pictures(query?: ListQuery): Promise<PicturePage>;
  picture(id: number): Promise<Picture>;
  /** All files of a picture: an answer lists the first of them only. */
  files(id: number, query?: FilesQuery): Promise<FilesPage>;
  similar(id: number, page?: Page): Promise<SearchAnswer>;
  thumbnail(id: number, size?: (typeof THUMBNAIL_SIZES)[number]): Promise<Blob>;
  file(id: number): Promise<Blob>;
  /** Adds pictures; each has an answer of its own, in their order. */
  upload(...pictures: readonly PictureSource[]): Promise<UploadAnswer>;
  remove(id: number): Promise<void>;
  duplicates(query?: DuplicatesQuery): Promise<DuplicatesPage>;
  /** All pictures of a group: a page of groups lists the first of them only. @param id the lowest in the group */
  duplicateGroup(id: number, query?: GroupQuery): Promise<GroupPage>;
  /** Indexes folders of the server's machine; needs the scope admin, as all about jobs. */
  addJob(...roots: readonly string[]): Promise<JobAnswer>;
  jobs(query?: JobListQuery): Promise<JobPage>;
  job(id: number): Promise<JobAnswer>;
  /** Asks a job to end; what it has indexed stays. */
  cancelJob(id: number): Promise<JobAnswer>;
  /** A job as it goes on, until it ends or the server stops; ask again to follow it with the next server. */
  watchJob(id: number, signal?: AbortSignal): AsyncIterable<JobAnswer>;
  /** Prometheus text. */
  metrics(): Promise<string>;
  /** The whole address of a link in an answer, as a picture's `thumbnail`. */
  addressOf(link: string): string;
  /** Lets this browser in without the key for a while, by a cookie: for `<img>` and `EventSource`. */
  openSession(): Promise<Session>;
  /** Takes the cookie back. */
  closeSession(): Promise<void>;
}

/** @throws TypeError when the address is none */
export function createEideticClient({ address, key }: ClientOptions): EideticClient {
  const api = new ApiAddress(address);
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };

  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(api.of(path), {
      ...init,
      headers: { ...headers, ...(init.headers as Record<string, string> | undefined) },
    });
    if (!response.ok) {
      throw await apiErrorOf(response);
    }
    return response;
  }

  async function get<Answer>(path: string, query: object = {}): Promise<Answer> {
    return (await (await ask(path + toQueryString(query))).json()) as Answer;
  }

  async function post<Answer>(path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
    const init: RequestInit =
      body instanceof FormData
        ? { body }
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await ask(path, {
      method: 'POST',
      ...init,
      ...(signal === undefined ? {} : { signal }),
    });
    return (await response.json()) as Answer;
  }

  return {
    status: () => get('/status'),
    search: (request, signal) => post('/v1/search', request, signal),
    searchPicture: (picture, options = {}, signal) =>
      post('/v1/search', toForm({ image: picture }, options), signal),
    searchBatch: (queries, signal) => post('/v1/search/batch', { queries }, signal),
    compare: (request) => post('/v1/compare', request),
    comparePictures: (a, b) => post('/v1/compare', toForm({ a, b })),
    pictures: (query) => get('/v1/pictures', query),
    picture: (id) => get(`/v1/pictures/${id}`),
    files: (id, query) => get(`/v1/pictures/${id}/files`, query),
    similar: (id, page) => get(`/v1/pictures/${id}/similar`, page),
    thumbnail: async (id, size = 256) => (await ask(`/v1/pictures/${id}/thumbnail?size=${size}`)).blob(),
    file: async (id) => (await ask(`/v1/pictures/${id}/file`)).blob(),
    upload: (...pictures) =>
      post('/v1/pictures', toForm(Object.fromEntries(pictures.map((picture, i) => [`image${i}`, picture])))),
    remove: async (id) => {
      await ask(`/v1/pictures/${id}`, { method: 'DELETE' });
    },
    duplicates: (query) => get('/v1/duplicates', query),
    duplicateGroup: (id, query) => get(`/v1/duplicates/${id}/pictures`, query),
    addJob: (...roots) => post('/v1/jobs', { roots }),
    jobs: (query) => get('/v1/jobs', query),
    job: (id) => get(`/v1/jobs/${id}`),
    cancelJob: async (id) => (await (await ask(`/v1/jobs/${id}`, { method: 'DELETE' })).json()) as JobAnswer,
    async *watchJob(id, signal) {
      const { body } = await ask(`/v1/jobs/${id}/events`, signal === undefined ? {} : { signal });
      yield* body === null ? [] : jobEvents(body);
    },
    metrics: async () => (await ask('/metrics')).text(),
    addressOf: (link) => api.ofLink(link).href,
    openSession: async () =>
      (await (await ask('/v1/session', { method: 'POST', credentials: 'include' })).json()) as Session,
    closeSession: async () => {
      await ask('/v1/session', { method: 'DELETE', credentials: 'include' });
    },
  };
}

function toQueryString(query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      parameters.set(name, String(value));
    }
  }
  return parameters.size === 0 ? '' : `?${parameters}`;
}

/** Fields that are objects go as JSON. */
function toForm(pictures: Readonly<Record<string, PictureSource>>, fields: object = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) {
      form.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
    }
  }
  for (const [field, picture] of Object.entries(pictures)) {
    const isNamed = !(picture instanceof Uint8Array || picture instanceof Blob);
    const { bytes, name } = isNamed ? picture : { bytes: picture, name: field };
    form.set(field, bytes instanceof Blob ? bytes : new Blob([new Uint8Array(bytes)]), name);
  }
  return form;
}
