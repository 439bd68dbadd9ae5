/** Ways in which a request may name a picture. */
interface NamedPicture {
  readonly id?: unknown;
  readonly sha256?: unknown;
  readonly url?: unknown;
}

export const ONE_PICTURE = 'expected exactly one of id, sha256 and url';

/** Whether a picture is named in exactly one way. */
export function namesOnePicture({ id, sha256, url }: NamedPicture): boolean {
  return [id, sha256, url].filter((name) => name !== undefined).length === 1;
}
