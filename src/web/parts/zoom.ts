/** How a picture is shown in its area: scaled from the top left corner, then moved by fractions of the area. */
export interface Zoom {
  /** 1 when the whole picture is shown. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const FITTED: Zoom = { scale: 1, x: 0, y: 0 };

const MOST = 16;

/** @param factor above 1 zooms in. @param place what stays where it is, in fractions of the area */
export function zoomedAt(
  { scale, x, y }: Zoom,
  factor: number,
  place: { readonly x: number; readonly y: number },
): Zoom {
  const next = Math.min(MOST, Math.max(1, scale * factor));
  const kept = next / scale;
  return inArea({ scale: next, x: place.x - (place.x - x) * kept, y: place.y - (place.y - y) * kept });
}

/** @param dx fraction of the area's width, dy of its height */
export function moved({ scale, x, y }: Zoom, dx: number, dy: number): Zoom {
  return inArea({ scale, x: x + dx, y: y + dy });
}

/** No edge of the picture comes further in than the edge of its area. */
function inArea({ scale, x, y }: Zoom): Zoom {
  const least = 1 - scale;
  return { scale, x: Math.min(0, Math.max(least, x)), y: Math.min(0, Math.max(least, y)) };
}
