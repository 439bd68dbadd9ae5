import type { Given } from '../parts/given-picture.ts';
import type { Query } from '../route.ts';
import { texts } from '../texts/texts.ts';
import { dropProblem, note, searchDropped } from './dropped.ts';
import { goTo } from './location.ts';
import { client, connection } from './server.ts';

/** Looks for what was given, or says why not. */
export function searchGiven(given: Given): void {
  const words = texts.give;
  note.value = null;
  dropProblem.value = null;
  switch (given.kind) {
    case 'file':
      note.value = given.others > 0 ? words.oneOfMany(given.file.name, given.others) : null;
      void searchDropped(given.file);
      return;
    case 'folder':
      note.value = words.folder;
      return;
    case 'no picture':
      note.value = words.noPicture(given.name);
      return;
    case 'link':
      searchLink(given.url);
      return;
    case 'nothing':
      return;
  }
}

/** Looks for the picture behind a link: one of this page's own, one that the link holds, or one elsewhere. */
export function searchLink(link: string): void {
  const own = ownPicture(link);
  if (own !== null) {
    goTo({ view: 'search', query: own, filter: {} });
  } else if (/^data:/i.test(link)) {
    const file = fileOf(link);
    if (file === null) {
      note.value = texts.problem.notPicture;
    } else {
      void searchDropped(file);
    }
  } else if (fetchesUrls()) {
    goTo({ view: 'search', query: { kind: 'url', url: link, region: null }, filter: {} });
  } else {
    note.value = texts.give.noFetching;
  }
}

/** Whether this server fetches pictures from elsewhere. */
export function fetchesUrls(): boolean {
  const state = connection.value;
  return state.kind === 'in' && state.fetchesUrls;
}

/** What a link names when it leads to a picture that this page shows. */
function ownPicture(link: string): Query | null {
  const { pathname } = new URL(link);
  const base = client.addressOf('/v1/');
  if (!link.startsWith(base)) {
    return null;
  }
  const [, id, hash] =
    /\/v1\/(?:pictures\/([1-9]\d{0,14})|queries\/([0-9a-f]{64}))\/(?:thumbnail|file)$/.exec(pathname) ?? [];
  return id !== undefined
    ? { kind: 'picture', id: Number(id), region: null }
    : hash !== undefined
      ? { kind: 'dropped', hash, region: null }
      : null;
}

/** The policy lets the page fetch nothing but from its server, so the link is read here. Null for a broken one. */
function fileOf(link: string): File | null {
  const [head = '', data = ''] = link.split(/,(.*)/s);
  const type = /^data:([^;,]*)/i.exec(head)?.[1] ?? '';
  try {
    const bytes = /;base64$/i.test(head)
      ? Uint8Array.from(atob(data), (character) => character.charCodeAt(0))
      : new TextEncoder().encode(decodeURIComponent(data));
    return new File([bytes], texts.results.yourPicture, { type });
  } catch {
    return null;
  }
}
