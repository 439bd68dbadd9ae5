/** x and y, pixels. */
export type Point = readonly [number, number];

export function circle([x, y]: Point, radius: number, fill: string, more = ''): string {
  return `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="${fill}" ${more}/>`;
}

export function ellipse([x, y]: Point, radiusX: number, radiusY: number, fill: string, more = ''): string {
  return `<ellipse cx="${short(x)}" cy="${short(y)}" rx="${short(radiusX)}" ry="${short(radiusY)}" fill="${fill}" ${more}/>`;
}

export function box([x, y]: Point, width: number, height: number, fill: string, more = ''): string {
  return `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${fill}" ${more}/>`;
}

export function path(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}" ${more}/>`;
}

export function polygon(points: readonly Point[], fill: string, more = ''): string {
  return path(`${straight(points)}Z`, fill, more);
}

/** A line without filling, round at its ends. */
export function stroke(d: string, color: string, width: number, more = ''): string {
  return path(d, 'none', `stroke="${color}" stroke-width="${short(width)}" stroke-linecap="round" ${more}`);
}

/** Elements moved, turned or scaled together. */
export function group(transform: string, elements: string, more = ''): string {
  return `<g transform="${transform}" ${more}>${elements}</g>`;
}

/** Path data of straight lines through the points. */
export function straight(points: readonly Point[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${short(x)} ${short(y)}`).join('');
}

/** Path data of a smooth line through the points (Catmull-Rom as Bezier curves). */
export function smooth(points: readonly Point[], closed = false): string {
  const at = (i: number): Point =>
    points[
      closed ? (i + points.length) % points.length : Math.max(0, Math.min(points.length - 1, i))
    ] as Point;
  let d = `M${short(at(0)[0])} ${short(at(0)[1])}`;
  for (let i = 0; i < points.length - (closed ? 0 : 1); i++) {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const leave: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const arrive: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    d += `C${[...leave, ...arrive, ...to].map(short).join(' ')}`;
  }
  return closed ? `${d}Z` : d;
}

/** Points on a circle, the first at the angle `start` (radians); `reach` says how far out each lies. */
export function around([x, y]: Point, count: number, reach: (i: number) => number, start = 0): Point[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = start + (2 * Math.PI * i) / count;
    return [x + reach(i) * Math.cos(angle), y + reach(i) * Math.sin(angle)];
  });
}

/** A number with at most one decimal: a tenth of a pixel is enough, and files stay small. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
