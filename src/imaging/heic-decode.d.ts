/** The slice of heic-decode 2.1 that Eidetic uses; the package brings no types. */
declare module 'heic-decode' {
  interface DecodedHeic {
    readonly width: number;
    readonly height: number;
    /** R, G, B, A of each pixel, alpha not multiplied in. */
    readonly data: Uint8ClampedArray;
  }
  const decode: (input: { buffer: Uint8Array }) => Promise<DecodedHeic>;
  export = decode;
}
