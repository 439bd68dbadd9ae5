/** A file is not built as expected, so its image data cannot be told. Never leaves `imaging/image-data-hash`. */
export class DoubtfulStructure extends Error {
  override readonly name = 'DoubtfulStructure';
}
