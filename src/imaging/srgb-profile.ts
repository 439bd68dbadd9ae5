/** The name as a profile's description has it: ASCII in version 2, UTF-16 in version 4. */
const NAMES = [Buffer.from('sRGB'), Buffer.from('sRGB', 'utf16le').swap16()];

/**
 * Whether colors stay what they are when they are brought to sRGB: the picture names no profile, or one of that name.
 * Others are converted, which brings different colors to the same ones.
 */
export function keepsColors(profile: Buffer | undefined): boolean {
  return profile === undefined || NAMES.some((name) => profile.includes(name));
}
