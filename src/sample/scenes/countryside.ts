import type { Canvas, DrawScene, Scene } from '../scene.ts';
import { drawBirches } from './birches.ts';
import { drawDunes } from './dunes.ts';
import { drawFields } from './fields.ts';
import { drawRows } from './flower-rows.ts';

/** Fields and farms, flower rows, dunes, or a birch wood. */
export function drawCountryside(canvas: Canvas): Scene {
  return canvas.choose<DrawScene>([drawFields, drawRows, drawDunes, drawBirches])(canvas);
}
