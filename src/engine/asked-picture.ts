import type { DescribedPicture } from '../domain/descriptor.ts';
import type { Embedding } from '../domain/embedding.ts';
import type { ContentHash, PictureFacts } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { PixelAnswer } from '../domain/pixel-hasher.ts';
import { vectorIn } from '../domain/space.ts';
import { embeddingOf } from './describe-picture.ts';
import type { Library } from './library.ts';
import { pixelsOf } from './library-pixels.ts';
import type { ViewedPicture } from './picture-views.ts';

/** What describing a picture tells: its facts, and its vector in the space that copies are looked for in. */
export interface AskedDescription {
  readonly facts: PictureFacts;
  readonly embedding: Embedding;
}

/** A picture of which somebody asks whether a library has a copy of it; each part is found out when it is needed. */
export interface AskedPicture {
  readonly contentHash: ContentHash;
  /** The picture of the library that it is, of which the catalog may know already what is asked; null for one that was sent. */
  readonly ofLibrary: CatalogPicture | null;
  /** Whether a picture of the library is this one itself, which is no copy of it. */
  readonly isItself: (picture: CatalogPicture) => boolean;
  /** @throws EideticError what Embedder.describe throws, and NOT_FOUND */
  readonly describe: () => Promise<AskedDescription>;
  /** @throws EideticError when nobody can look at it */
  readonly view: () => Promise<ViewedPicture>;
  readonly pixels: () => Promise<PixelAnswer>;
}

/** A picture of the library: it is not its own match. */
export function askedOfLibrary(library: Library, picture: CatalogPicture, signal: AbortSignal): AskedPicture {
  return {
    contentHash: picture.contentHash,
    ofLibrary: picture,
    isItself: ({ id }) => id === picture.id,
    describe: async () => ({
      facts: picture,
      embedding: await embeddingOf(library, library.spaces.forCopies.space, picture.id),
    }),
    view: () => library.verifier().views.ofPicture(picture),
    pixels: () => pixelsOf(library, picture, signal),
  };
}

/** The bytes of a picture file. @param describe given a copy of them, to be called once at most */
export function askedOfBytes(
  library: Library,
  { bytes, contentHash }: { readonly bytes: Uint8Array; readonly contentHash: ContentHash },
  describe: (bytes: Uint8Array) => Promise<DescribedPicture>,
  signal: AbortSignal,
): AskedPicture {
  let view: Promise<ViewedPicture> | null = null;
  return {
    contentHash,
    ofLibrary: null,
    isItself: () => false,
    async describe() {
      // A copy, since what is handed over there is gone here. (The slice of a Buffer would be none.)
      const described = await describe(new Uint8Array(bytes));
      return { facts: described.facts, embedding: vectorIn(library.spaces.forCopies.space, described) };
    },
    view() {
      view ??= library.verifier().views.ofBytes(bytes, signal);
      return view;
    },
    pixels: () => library.pixelHasher().hashBytes(bytes, signal),
  };
}
