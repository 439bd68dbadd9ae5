import { basename, extname } from 'node:path';

/** Endings of the formats that are read. */
const READABLE = new Set(
  'jpg jpeg jpe jfif jif pjpeg pjp png apng webp gif avif avifs heic heics heif heifs hif tif tiff svg bmp dib ico cur'.split(
    ' ',
  ),
);

/** Endings of what cameras write before they make a picture of it. */
const RAW =
  'cr2 cr3 crw nef nrw arw srf sr2 dng raf rw2 rwl orf ori pef ptx srw x3f mrw 3fr fff iiq erf kdc dcr mef mos gpr eip';

/**
 * Endings that only pictures have, of formats that are not read. Many of them have no bytes to know them by, or those
 * of the archive or document that they are made of.
 */
const UNREAD = new Set(
  [
    RAW,
    'jxl jp2 j2k j2c jpf jpx jpm jpc jxr wdp hdp psd psb xcf kra ora procreate afphoto clip pdn pspimage',
    'tga icb vda vst exr dds qoi ppm pgm pbm pnm pam pfm pcx icns svgz ai eps wmf emf djvu djv sgi ras jbig2 flif bpg',
    'ktx ktx2 pcd',
  ]
    .join(' ')
    .split(' '),
);

/** What a file's name says: it ends as pictures do that are read, as others do, as no picture does, or in nothing. */
export type NameKind = 'readable' | 'unread' | 'other' | 'none';

export function kindOfName(path: string): NameKind {
  const ending = endingOf(path);
  if (ending === '') {
    return 'none';
  }
  return READABLE.has(ending) ? 'readable' : UNREAD.has(ending) ? 'unread' : 'other';
}

const RAW_ENDINGS = new Set(RAW.split(' '));

/** Whether a file's name ends as those of raw files do. */
export function isRawName(path: string): boolean {
  return RAW_ENDINGS.has(endingOf(path));
}

/** `jpg`, in small letters; '' for a name without. */
export function endingOf(path: string): string {
  return extname(basename(path)).slice(1).toLowerCase();
}
