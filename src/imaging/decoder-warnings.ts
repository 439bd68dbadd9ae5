/**
 * What libvips and its decoders complained of without giving up. libvips 8.18 keeps the words of all its threads in one
 * place, and sharp hands them to whichever picture is finished next: so they are about the picture in work only where
 * one is decoded at a time. libvips looks for them before it reads on, so a complaint about the last rows of a JPEG
 * never stops its reading, and can be heard here alone.
 */

type Listener = (warning: string) => void;

let listener: Listener = () => {};

/** Has somebody told of every warning in this thread from now on, instead of who was told before. */
export function listenToDecoderWarnings(next: Listener): void {
  listener = next;
}

/** To be called with every warning. */
export function passDecoderWarning(warning: string): void {
  listener(warning);
}

/**
 * libjpeg's warnings that tell of lost data; it fills the hole with gray and goes on. What is left over before a restart
 * marker was decoded as something else. Others are about bad manners.
 */
const LOST_DATA =
  /premature end|bad Huffman code|bad arithmetic code|instead of RST|extraneous bytes before marker 0xd[0-7]/;

/** Whether a decoder's words mean that a part of the picture is missing. */
export function tellsOfLostData(said: string): boolean {
  return LOST_DATA.test(said);
}

/**
 * Runs work on the only picture that is decoded in this process.
 * @throws Error with the words of a decoder that lost data and went on
 */
export async function withoutLostData<T>(work: () => Promise<T>): Promise<T> {
  const warnings: string[] = [];
  listenToDecoderWarnings((warning) => warnings.push(warning));
  const result = await work();
  const lost = warnings.find(tellsOfLostData);
  if (lost !== undefined) {
    throw new Error(lost.trim());
  }
  return result;
}
