/** A picture's bytes, with a name of your own if you like. A File brings its name along. */
export type PictureSource = Uint8Array | Blob | { readonly bytes: Uint8Array | Blob; readonly name: string };

/** A form with pictures by their fields, and further fields; those that are objects go as JSON. */
export function toForm(
  pictures: ReadonlyArray<readonly [field: string, picture: PictureSource]>,
  fields: object = {},
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) {
      form.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
    }
  }
  for (const [field, picture] of pictures) {
    const { bytes, name } = namedBytes(field, picture);
    form.set(field, bytes, name);
  }
  return form;
}

/** @throws TypeError for anything else, which would be sent as an empty picture */
function namedBytes(field: string, picture: PictureSource): { readonly bytes: Blob; readonly name: string } {
  const isBytes = picture instanceof Uint8Array || picture instanceof Blob;
  const { bytes, name } = isBytes ? { bytes: picture, name: nameOf(picture) ?? field } : picture;
  if (bytes instanceof Blob) {
    return { bytes, name };
  }
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(
      'Expected a picture as Uint8Array, Blob, File, or { bytes, name } with one of these.',
    );
  }
  // A copy of what the view shows: the buffer behind it may hold more.
  return { bytes: new Blob([new Uint8Array(bytes)]), name };
}

function nameOf(picture: Uint8Array | Blob): string | null {
  return 'name' in picture && typeof picture.name === 'string' && picture.name !== '' ? picture.name : null;
}
