import { type Affine, composed, inverted } from '../copies/affine.ts';
import type { AgreementTiles, JudgedTile, TileState } from '../copies/agreement-tiles.ts';
import { cornersUnder, type PixelSize } from '../copies/fraction-map.ts';
import { strokeWords } from '../sample/stroke-letters.ts';
import { box, group, polygon, short } from '../sample/svg-shapes.ts';

/** A picture as it is put into a drawing. */
export interface OverlaidPicture extends PixelSize {
  /** A data URL. */
  readonly href: string;
}

/** Where something is drawn, pixels. */
interface Frame extends PixelSize {
  readonly x: number;
  readonly y: number;
}

const WIDTH = 1_600;
const MARGIN = 40;
const HALF = (WIDTH - 3 * MARGIN) / 2;
const BADGE = 34;
const BADGE_GAP = 12;

/** Most height of the pictures side by side, and of the one below. */
const TOP_HEIGHT = 620;
const LAID_HEIGHT = 980;

const COLORS = { ground: '#14171c', a: '#4aa8ff', b: '#ffb224', dark: '#14171c', text: '#c9d1d9' };
const TINTS: Readonly<Record<TileState, string>> = { agrees: '#22c55e', differs: '#ff3b3b', flat: '#a3adb8' };
const OPACITIES: Readonly<Record<TileState, number>> = { agrees: 0.26, differs: 0.48, flat: 0.4 };

/** Under a tint of red nobody could tell a red thing. */
const GRAY = '<filter id="gray"><feColorMatrix type="saturate" values="0"/></filter>';

/** See drawOverlay. @param laid null where nothing fits together */
export function overlaySvg(a: OverlaidPicture, b: OverlaidPicture, laid: AgreementTiles | null): string {
  const top = MARGIN + BADGE + BADGE_GAP;
  const left = fitted(a, { x: MARGIN, y: top, width: HALF, height: TOP_HEIGHT });
  const right = fitted(b, { x: 2 * MARGIN + HALF, y: top, width: HALF, height: TOP_HEIGHT });
  const below = Math.max(left.y + left.height, right.y + right.height) + MARGIN;
  const parts = [
    badge('A', COLORS.a, left.x, MARGIN),
    badge('B', COLORS.b, right.x, MARGIN),
    picture('a', left),
    picture('b', right),
  ];
  if (laid === null) {
    return svg(below, a, b, parts);
  }
  parts.push(
    outline('on-a', left, cornersUnder(composed(inverted(laid.map), placedIn(left))), COLORS.b),
    outline('on-b', right, cornersUnder(composed(laid.map, placedIn(right))), COLORS.a),
  );
  const laidAt = below + BADGE + BADGE_GAP;
  const frame = fitted(a, { x: MARGIN, y: laidAt, width: WIDTH - 2 * MARGIN, height: LAID_HEIGHT });
  const end = frame.y + frame.height;
  parts.push(
    badge('B', COLORS.b, frame.x, below),
    strokeWords('IN', frame.x + BADGE + 12, below + 9, 22, COLORS.text),
    badge('A', COLORS.a, frame.x + BADGE + 46, below),
    laidIn(frame, laid),
    legend(laid.tiles, frame.x, end + 24),
  );
  return svg(end + 24 + 24 + MARGIN, a, b, parts);
}

function svg(height: number, a: OverlaidPicture, b: OverlaidPicture, parts: readonly string[]): string {
  const image = (id: string, { href }: OverlaidPicture) =>
    `<image id="${id}" width="1" height="1" preserveAspectRatio="none" href="${href}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${Math.ceil(height)}">
<defs>${image('a', a)}${image('b', b)}${GRAY}</defs>
${box([0, 0], WIDTH, Math.ceil(height), COLORS.ground)}
${parts.join('\n')}
</svg>`;
}

/** As large as it goes there, in the middle of its width. */
function fitted({ width, height }: PixelSize, room: Frame): Frame {
  const scale = Math.min(room.width / width, room.height / height);
  const size = { width: width * scale, height: height * scale };
  return { x: room.x + (room.width - size.width) / 2, y: room.y, ...size };
}

/** From fractions of a picture to pixels of the drawing. */
function placedIn({ x, y, width, height }: Frame): Affine {
  return { xx: width, xy: 0, x0: x, yx: 0, yy: height, y0: y };
}

function picture(id: 'a' | 'b', frame: Frame, more = ''): string {
  return placed(id, placedIn(frame), more);
}

function placed(id: 'a' | 'b', { xx, xy, x0, yx, yy, y0 }: Affine, more = ''): string {
  const matrix = [xx, yx, xy, yy, x0, y0].map((value) => value.toFixed(3)).join(' ');
  return group(`matrix(${matrix})`, `<use href="#${id}"/>`, more);
}

/** Darkens what of a picture the other does not show, and draws the line between, along the picture's border too. */
function outline(
  id: string,
  { x, y, width, height }: Frame,
  corners: ReadonlyArray<{ readonly x: number; readonly y: number }>,
  color: string,
): string {
  const frame = `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  const other = `${corners.map((corner, i) => `${i === 0 ? 'M' : 'L'}${short(corner.x)} ${short(corner.y)}`).join('')}Z`;
  const clip = (name: string, d: string) => `<clipPath id="${id}-${name}"><path d="${d}"/></clipPath>`;
  const line = (d: string, within: string) =>
    `<path d="${d}" fill="none" stroke="${color}" stroke-width="6" stroke-linejoin="round" clip-path="url(#${id}-${within})"/>`;
  return [
    clip('frame', frame),
    clip('other', other),
    `<path d="${frame}${other}" fill="${COLORS.dark}" fill-opacity="0.6" fill-rule="evenodd" clip-path="url(#${id}-frame)"/>`,
    line(frame, 'other'),
    line(other, 'frame'),
  ].join('');
}

/** The second picture in the first one's frame, which is seen through where the second is not. */
function laidIn(frame: Frame, { map, isGroundSecond, tiles }: AgreementTiles): string {
  const onFrame = placedIn(frame);
  const second = composed(inverted(map), onFrame);
  const ofGround = isGroundSecond ? second : onFrame;
  const { x, y, width, height } = frame;
  return [
    `<clipPath id="laid">${box([x, y], width, height, '#000')}</clipPath>`,
    picture('a', frame, 'opacity="0.25"'),
    `<g clip-path="url(#laid)"><g filter="url(#gray)">${placed('b', second)}</g>${tiles.map((tile) => tinted(tile, ofGround)).join('')}</g>`,
    box([x, y], width, height, 'none', `stroke="${COLORS.a}" stroke-width="3"`),
  ].join('\n');
}

function tinted(tile: JudgedTile, toDrawing: Affine): string {
  const corners = cornersUnder(toDrawing, tile).map(({ x, y }) => [x, y] as const);
  return polygon(
    corners,
    TINTS[tile.state],
    `fill-opacity="${OPACITIES[tile.state]}" stroke="${COLORS.ground}" stroke-opacity="0.35" stroke-width="1"`,
  );
}

function badge(letter: 'A' | 'B', color: string, left: number, top: number): string {
  const width = BADGE * 0.34;
  return [
    box([left, top], BADGE, BADGE, color, 'rx="7"'),
    strokeWords(letter, left + (BADGE - width) / 2, top + (BADGE - width * 1.5) / 2, width, COLORS.dark),
  ].join('');
}

/** What the tints mean, of those that are there. */
function legend(tiles: readonly JudgedTile[], start: number, top: number): string {
  const there = (['agrees', 'differs', 'flat'] as const).filter((state) =>
    tiles.some((tile) => tile.state === state),
  );
  let left = start;
  return there
    .map((state) => {
      const words = state.toUpperCase();
      const width = words.length * 16;
      const drawn = [
        box([left, top], 24, 24, TINTS[state], 'rx="4"'),
        strokeWords(words, left + 36, top + 4, width, COLORS.text),
      ].join('');
      left += 36 + width + 44;
      return drawn;
    })
    .join('');
}
