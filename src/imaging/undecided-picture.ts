/**
 * Thrown where several pictures are decoded at once, about a file that a strict decoder gave up: whether it is
 * whole, only {@link judgePicture} can tell, in a process of its own.
 */
export class UndecidedPicture extends Error {
  override readonly name = 'UndecidedPicture';

  constructor() {
    super('a strict decoder gave the picture up');
  }
}
