/** Red, green and blue, each 0 to 255; values beyond are clipped when written. */
export type Rgb = readonly [number, number, number];

/** Reads `#rrggbb`. */
export function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** From `a` at 0 to `b` at 1; beyond, it stays. */
export function blend(a: Rgb, b: Rgb, amount: number): Rgb {
  const t = clamp(amount);
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/** Multiplies the light: 1 leaves it, 0 is black. */
export function lit(color: Rgb, light: number): Rgb {
  return [color[0] * light, color[1] * light, color[2] * light];
}

/** The color along a list of colors, evenly spaced; 0 is the first, 1 the last. */
export function along(colors: readonly Rgb[], position: number): Rgb {
  const place = clamp(position) * (colors.length - 1);
  const first = Math.min(Math.floor(place), colors.length - 2);
  return blend(colors[first] as Rgb, colors[first + 1] as Rgb, place - first);
}

/** {@link blend} for `#rrggbb`. */
export function mix(a: string, b: string, amount: number): string {
  const mixed = blend(rgb(a), rgb(b), amount);
  return `#${mixed.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

/** Towards white. */
export function lighter(hex: string, amount: number): string {
  return mix(hex, '#ffffff', amount);
}

/** Towards a warm black. */
export function darker(hex: string, amount: number): string {
  return mix(hex, '#120c14', amount);
}

export function clamp(value: number): number {
  return value < 0 ? 0 : Math.min(value, 1);
}

/** 0 below `low`, 1 above `high`, a smooth rise between. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = clamp((value - low) / (high - low));
  return t * t * (3 - 2 * t);
}
