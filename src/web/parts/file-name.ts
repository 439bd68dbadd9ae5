import type { Picture } from '../../client/eidetic-client.ts';

/** Marks that turn writing around, and other characters that nobody sees: a name must not look like another. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text of a name or path as it may be shown. */
export function shownText(text: string): string {
  return text.replace(UNSEEN, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The name of a picture's first file, without its folders. */
export function fileName({ files, contentHash }: Pick<Picture, 'files' | 'contentHash'>): string {
  const [path] = files;
  return path === undefined ? contentHash.slice(0, 12) : shownText(path.slice(path.lastIndexOf('/') + 1));
}

/** The folder of a path, as answers show it; empty for a name alone. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
