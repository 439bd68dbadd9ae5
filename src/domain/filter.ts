/** Which pictures a search may answer with. All given parts must hold for a picture (or one of its files). */
export interface PictureFilter {
  /** Absolute path of a file or folder: files at or below it. */
  readonly pathPrefix?: string;
  /** SQLite GLOB over the absolute path: `*` any run, `?` one character, `[...]` a class. */
  readonly pathGlob?: string;
}
