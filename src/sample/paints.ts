/*
 * A gradient is named for its kind and colors. Drawings just use the name as a fill,
 * and `paintDefinitions` finds the names in the finished drawing and defines each once.
 */

/** Evenly spaced colors (`#rrggbb`) from top to bottom of the shape. */
export function down(...colors: readonly string[]): string {
  return paint('down', colors);
}

/** Evenly spaced colors from left to right of the shape. */
export function across(...colors: readonly string[]): string {
  return paint('across', colors);
}

/** A round thing lit from the upper left, from its lightest color to its darkest. */
export function ball(...colors: readonly string[]): string {
  return paint('ball', colors);
}

/** From the center outwards to nothing. */
export function glow(color: string): string {
  return paint('glow', [color]);
}

/** The `<defs>` for every gradient that a drawing uses. */
export function paintDefinitions(drawing: string): string {
  const names = new Set(
    [...drawing.matchAll(/url\(#((?:down|across|ball|glow)-[0-9a-f-]+)\)/g)].map((found) => found[1]),
  );
  return `<defs>${[...names].map((name) => define(name as string)).join('')}</defs>`;
}

function paint(kind: string, colors: readonly string[]): string {
  return `url(#${kind}-${colors.map((color) => color.slice(1)).join('-')})`;
}

function define(name: string): string {
  const [kind, ...colors] = name.split('-') as [string, ...string[]];
  if (kind === 'glow') {
    const stops = [1, 0.55, 0.2, 0.05, 0].map((opacity, i) => stop(i / 4, colors[0] as string, opacity));
    return `<radialGradient id="${name}">${stops.join('')}</radialGradient>`;
  }
  const stops = colors.map((color, i) => stop(i / Math.max(1, colors.length - 1), color, 1)).join('');
  if (kind === 'ball') {
    return `<radialGradient id="${name}" cx="0.36" cy="0.3" r="0.75">${stops}</radialGradient>`;
  }
  const end = kind === 'down' ? 'x2="0" y2="1"' : 'x2="1" y2="0"';
  return `<linearGradient id="${name}" x1="0" y1="0" ${end}>${stops}</linearGradient>`;
}

function stop(offset: number, color: string, opacity: number): string {
  return `<stop offset="${offset.toFixed(3)}" stop-color="#${color}" stop-opacity="${opacity}"/>`;
}
