import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { passDecoderWarning } from './decoder-warnings.ts';

// Pictures come by once, so a cache only costs memory; the callers run several pictures at a time, so one thread
// for each is enough.
sharp.cache(false);
sharp.concurrency(1);
// It takes JPEGs with a gain map (Ultra HDR) and does not know `failOn`: a hole in one would be read as gray. The
// plain loader reads the same base picture, strictly.
sharp.block({ operation: ['VipsForeignLoadUhdr'] });

/**
 * Opens a picture file, or raw pixels, with sharp. Every sharp of the program is made here, so that its settings for
 * the process hold from the first one.
 */
export function openSharp(bytes: Uint8Array, options: SharpOptions = {}): Sharp {
  return sharp(bytes, options).on('warning', passDecoderWarning);
}
