import { PALETTES } from '../palettes.ts';
import type { Canvas, Scene } from '../scene.ts';
import { group, type Point, short } from '../svg-shapes.ts';
import { body } from './clothes.ts';
import { face } from './face.ts';
import { backHair, frontHair, HAIR_STYLES } from './hair.ts';
import { wall } from './portrait-wall.ts';

const SKINS = ['#f3d3b8', '#e2ab84', '#c68858', '#9a6240', '#6d4530', '#f6dfcf', '#b5774c'] as const;

const HAIRS = [
  '#2a1c18',
  '#5a3520',
  '#a8642c',
  '#d9b25a',
  '#8f8a88',
  '#b0442a',
  '#1a1a26',
  '#ece6dc',
] as const;

/** A person in flat style before a patterned wall. Drawn 1000 high around the chin, then fitted. */
export function drawPortrait(canvas: Canvas): Scene {
  const { width, height, random } = canvas;
  const palette = canvas.choose(PALETTES);
  const skin = canvas.choose(SKINS);
  const hair = canvas.choose(HAIRS);
  const style = canvas.choose(HAIR_STYLES);
  const scale = (height / 1000) * random.between(0.9, 1.15);
  const place: Point = [width * random.between(0.42, 0.58), height * random.between(0.5, 0.56)];
  const person =
    backHair(style, hair) +
    body(canvas, palette, skin) +
    face(canvas, skin, hair) +
    frontHair(canvas, style, hair, skin, palette);
  const flip = random.pick([-1, 1]);
  const figure = group(
    `translate(${short(place[0])} ${short(place[1])}) scale(${(scale * flip).toFixed(3)} ${scale.toFixed(3)})`,
    person,
  );
  return { ground: null, drawing: wall(canvas, palette) + figure };
}
