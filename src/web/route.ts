/** Part of a picture, in fractions of its width and height from the top left corner. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A picture of the library by its id, or one that was dropped by the SHA-256 of its bytes. */
export type Example = number | string;

/** What is looked for. */
export type Query =
  | { readonly kind: 'picture'; readonly id: number; readonly region: Region | null }
  /** A picture that somebody dropped, by the SHA-256 of its bytes, as long as the server keeps it. */
  | { readonly kind: 'dropped'; readonly hash: string; readonly region: Region | null }
  | { readonly kind: 'url'; readonly url: string; readonly region: Region | null }
  | {
      readonly kind: 'examples';
      readonly positive: readonly Example[];
      readonly negative: readonly Example[];
    };

/** Formats that pictures may have, as the API names them. */
export const FORMATS = ['jpeg', 'png', 'webp', 'gif', 'avif', 'heic', 'tiff', 'svg', 'bmp', 'ico'] as const;

/** The widest that somebody may ask for, pixels: wider than any picture. */
export const WIDEST = 100_000;

/** What hits have to have beside looking alike; all parts must hold. */
export interface Filter {
  readonly folder?: string;
  readonly formats?: ReadonlyArray<(typeof FORMATS)[number]>;
  /** The first and the last day, as 2024-12-31. */
  readonly takenAfter?: string;
  readonly takenBefore?: string;
  /** Pixels. */
  readonly minWidth?: number;
}

/** A place in the page, as its address names it. */
export type Route =
  | { readonly view: 'home' }
  | { readonly view: 'search'; readonly query: Query; readonly filter: Filter }
  /** @property within the list that the picture was opened from, a search or a folder: arrow keys go through it */
  | { readonly view: 'picture'; readonly id: number; readonly within: string | null }
  /** Two pictures beside each other. */
  | { readonly view: 'compare'; readonly a: Example; readonly b: Example }
  /** The pictures at or below a folder, as answers show its path. */
  | { readonly view: 'folder'; readonly path: string }
  /** @property only groups of this relation; all without it */
  | { readonly view: 'equal'; readonly only?: EqualKind }
  | { readonly view: 'library' };

const EQUAL_KINDS = ['identical', 'same-image-data', 'same-pixels'] as const;
type EqualKind = (typeof EQUAL_KINDS)[number];

const HOME: Route = { view: 'home' };

/** @param hash of an address, such as `#/search?id=4`; what it cannot be read as is the first screen */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2);
  const words = new URLSearchParams(search);
  const [, view = '', id = ''] = path.split('/');
  switch (view) {
    case 'search':
      return searchOf(words);
    case 'picture':
      return isId(id) ? { view, id: Number(id), within: words.get('within') } : HOME;
    case 'compare': {
      const [a, b] = ['a', 'b'].map((name) => exampleOf(words.get(name) ?? ''));
      return a == null || b == null ? HOME : { view, a, b };
    }
    case 'folder': {
      const folder = words.get('path') ?? '';
      return folder === '' ? HOME : { view, path: folder };
    }
    case 'equal': {
      const only = EQUAL_KINDS.find((kind) => kind === words.get('only'));
      return only === undefined ? { view } : { view, only };
    }
    case 'library':
      return { view };
    default:
      return HOME;
  }
}

/** The part of an address from `#` on. */
export function formatRoute(route: Route): string {
  switch (route.view) {
    case 'home':
      return '#/';
    case 'search':
      return `#/search?${searchWords(route.query, route.filter)}`;
    case 'picture': {
      const words = new URLSearchParams(route.within === null ? {} : { within: route.within });
      return `#/picture/${route.id}${words.size === 0 ? '' : `?${words}`}`;
    }
    case 'compare':
      return `#/compare?a=${route.a}&b=${route.b}`;
    case 'folder':
      return `#/folder?${new URLSearchParams({ path: route.path })}`;
    case 'equal':
      return `#/equal${route.only === undefined ? '' : `?only=${route.only}`}`;
    default:
      return `#/${route.view}`;
  }
}

function searchOf(words: URLSearchParams): Route {
  const query = queryOf(words);
  return query === null ? HOME : { view: 'search', query, filter: filterOf(words) };
}

function queryOf(words: URLSearchParams): Query | null {
  const region = regionOf(words.get('region'));
  const [id, hash, url] = [words.get('id'), words.get('dropped'), words.get('url')];
  if (id !== null && isId(id)) {
    return { kind: 'picture', id: Number(id), region };
  }
  if (hash !== null && isHash(hash)) {
    return { kind: 'dropped', hash, region };
  }
  if (url !== null) {
    return { kind: 'url', url, region };
  }
  const positive = examplesOf(words.get('like'));
  return positive.length === 0
    ? null
    : { kind: 'examples', positive, negative: examplesOf(words.get('unlike')) };
}

/** What cannot be is left out, so that the page never says that it filters by it. */
function filterOf(words: URLSearchParams): Filter {
  const named = words.get('format')?.split(',') ?? [];
  const formats = FORMATS.filter((format) => named.includes(format));
  const folder = words.get('folder');
  const [takenAfter, takenBefore] = ['after', 'before'].map((name) => words.get(name) ?? '');
  const minWidth = Number(words.get('width') ?? 0);
  return {
    ...(folder ? { folder } : {}),
    ...(formats.length > 0 ? { formats } : {}),
    ...(isDay(takenAfter) ? { takenAfter } : {}),
    ...(isDay(takenBefore) ? { takenBefore } : {}),
    ...(isWidth(minWidth) ? { minWidth } : {}),
  };
}

/** Whether a picture may be asked to be at least so wide, pixels. */
export function isWidth(pixels: number): boolean {
  return Number.isSafeInteger(pixels) && pixels >= 1 && pixels <= WIDEST;
}

function isDay(text: string | undefined): text is string {
  const isWritten = text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text);
  return isWritten && new Date(`${text}T00:00Z`).toJSON()?.startsWith(text) === true;
}

function searchWords(query: Query, filter: Filter): URLSearchParams {
  const words = new URLSearchParams(wordsOfQuery(query));
  if (query.kind !== 'examples' && query.region !== null) {
    const { x, y, width, height } = query.region;
    words.set('region', [x, y, width, height].map((part) => String(Number(part.toFixed(4)))).join(','));
  }
  const { folder, formats, takenAfter, takenBefore, minWidth } = filter;
  const named = {
    folder,
    format: formats?.join(','),
    after: takenAfter,
    before: takenBefore,
    width: minWidth,
  };
  for (const [name, value] of Object.entries(named)) {
    if (value !== undefined) {
      words.set(name, String(value));
    }
  }
  return words;
}

function wordsOfQuery(query: Query): Record<string, string> {
  switch (query.kind) {
    case 'picture':
      return { id: String(query.id) };
    case 'dropped':
      return { dropped: query.hash };
    case 'url':
      return { url: query.url };
    case 'examples':
      return {
        like: query.positive.join(','),
        ...(query.negative.length === 0 ? {} : { unlike: query.negative.join(',') }),
      };
  }
}

function regionOf(text: string | null): Region | null {
  const [x = Number.NaN, y = Number.NaN, width = Number.NaN, height = Number.NaN, ...more] =
    text?.split(',').map(Number) ?? [];
  const isInside = x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1.0001 && y + height <= 1.0001;
  return isInside && more.length === 0 ? { x, y, width, height } : null;
}

function examplesOf(text: string | null): Example[] {
  const words = text?.split(',') ?? [];
  const examples = words.map(exampleOf).filter((example) => example !== null);
  return [...new Set(examples)].slice(0, 100);
}

function exampleOf(word: string): Example | null {
  return isId(word) ? Number(word) : isHash(word) ? word : null;
}

function isId(text: string): boolean {
  return /^[1-9]\d{0,14}$/.test(text);
}

function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
