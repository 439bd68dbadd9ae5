import { linkOf } from './link-of.ts';

/** What somebody dropped or pasted. */
export type Given =
  | { readonly kind: 'file'; readonly file: File; readonly others: number }
  | { readonly kind: 'folder' }
  | { readonly kind: 'link'; readonly url: string }
  /** Files, and none of them looks like a picture. */
  | { readonly kind: 'no picture'; readonly name: string }
  | { readonly kind: 'nothing' };

/** Names that systems know no type for, and the server does. */
const PICTURE_NAME = /\.(jpe?g|png|webp|gif|avif|hei[cf]|tiff?|svg|bmp|dib|ico)$/i;

/** What was given, in the order of what people mean: a file, then a link. */
export function givenIn(data: DataTransfer | null): Given {
  if (data === null) {
    return { kind: 'nothing' };
  }
  const items = [...data.items];
  const files = items.flatMap((item) => {
    const file = item.kind === 'file' && !isFolder(item) ? item.getAsFile() : null;
    return file === null ? [] : [file];
  });
  const picture = files.find(isPicture);
  if (picture !== undefined) {
    return { kind: 'file', file: picture, others: files.length - 1 };
  }
  if (files[0] !== undefined) {
    return { kind: 'no picture', name: files[0].name };
  }
  if (items.some(isFolder)) {
    return { kind: 'folder' };
  }
  const url = linkIn(data);
  return url === null ? { kind: 'nothing' } : { kind: 'link', url };
}

/** Whether a file may be a picture, as far as its name and type tell; the server looks inside. */
function isPicture({ name, type }: Pick<File, 'name' | 'type'>): boolean {
  return type.startsWith('image/') || PICTURE_NAME.test(name);
}

function isFolder(item: DataTransferItem): boolean {
  return item.webkitGetAsEntry()?.isDirectory ?? false;
}

/** A picture on another page has its own address, and may be a link to somewhere else. */
function linkIn(data: DataTransfer): string | null {
  const html = new DOMParser().parseFromString(data.getData('text/html'), 'text/html');
  const source = html.querySelector('img')?.getAttribute('src') ?? '';
  const [listed = ''] = data
    .getData('text/uri-list')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'));
  return linkOf(source) ?? linkOf(listed) ?? linkOf(data.getData('text/plain'));
}
