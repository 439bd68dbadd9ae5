import sharp, { type Sharp, type SharpOptions } from 'sharp';

// Pictures come by once, so a cache only costs memory; the callers run several pictures at a time, so one thread
// for each is enough.
sharp.cache(false);
sharp.concurrency(1);

/**
 * Opens a picture file, or raw pixels, with sharp. Every sharp of the program is made here, so that its settings for
 * the process hold from the first one.
 */
export function openSharp(bytes: Uint8Array, options: SharpOptions = {}): Sharp {
  return sharp(bytes, options);
}
