/** Width and height, pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A picture, in its own pixels, and the area that it is shown in, in CSS pixels. */
export interface Frame {
  readonly picture: Size;
  readonly area: Size;
}

/** Where a picture lies in its area. */
export interface Zoom {
  /** CSS pixels that one of its own takes. */
  readonly scale: number;
  /** Of its top left corner, CSS pixels from that of the area. */
  readonly x: number;
  readonly y: number;
}

/** A place in an area, CSS pixels from its top left corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

const MOST = 16;

/** Scales that differ by less look the same. */
const ALIKE = 1.02;

/** The whole picture, and never larger than it is. */
export function fitted(frame: Frame): Zoom {
  return inArea({ scale: Math.min(1, filling(frame)), x: 0, y: 0 }, frame);
}

/** @param place what stays where it is */
export function zoomedTo(zoom: Zoom, scale: number, place: Place, frame: Frame): Zoom {
  const next = Math.min(MOST, Math.max(fitted(frame).scale, scale));
  const kept = next / zoom.scale;
  return inArea(
    { scale: next, x: place.x - (place.x - zoom.x) * kept, y: place.y - (place.y - zoom.y) * kept },
    frame,
  );
}

/** @param dx CSS pixels to the right, dy down */
export function moved({ scale, x, y }: Zoom, dx: number, dy: number, frame: Frame): Zoom {
  return inArea({ scale, x: x + dx, y: y + dy }, frame);
}

/**
 * The scale that one gesture leads to from the whole picture: its own pixels, and of one that is shown so already as
 * large as the area, else twice as large.
 * @param actual at which one of its pixels is one of the screen
 */
export function closeUp(frame: Frame, actual: number): number {
  const { scale } = fitted(frame);
  const larger = [actual, filling(frame), scale * 2].find((candidate) => candidate > scale * ALIKE);
  return Math.min(MOST, larger ?? scale);
}

/** At which a picture reaches two edges of its area. */
function filling({ picture, area }: Frame): number {
  return Math.min(area.width / Math.max(1, picture.width), area.height / Math.max(1, picture.height));
}

/** No edge of the picture comes further in than the edge of its area; what is smaller lies in the middle. */
function inArea({ scale, x, y }: Zoom, { picture, area }: Frame): Zoom {
  return {
    scale,
    x: inRange(x, area.width - picture.width * scale),
    y: inRange(y, area.height - picture.height * scale),
  };
}

/** @param room what is left beside the picture; negative when it is larger than its area */
function inRange(offset: number, room: number): number {
  return room >= 0 ? room / 2 : Math.min(0, Math.max(room, offset));
}
