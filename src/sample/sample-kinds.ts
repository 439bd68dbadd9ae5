import type { DrawScene } from './scene.ts';
import { drawAbstract } from './scenes/abstract.ts';
import { drawCity } from './scenes/city.ts';
import { drawCountryside } from './scenes/countryside.ts';
import { drawFlowers } from './scenes/flowers.ts';
import { drawMap } from './scenes/map.ts';
import { drawMountains } from './scenes/mountains.ts';
import { drawNightSky } from './scenes/night-sky.ts';
import { drawPortrait } from './scenes/portrait.ts';
import { drawSea } from './scenes/sea.ts';
import { drawStillLife } from './scenes/still-life.ts';
import { drawTexture } from './scenes/texture.ts';

export type SampleFormat = 'jpg' | 'png' | 'webp' | 'avif' | 'tiff' | 'gif' | 'svg';

/** What the sample has several pictures of. */
export interface SampleKind {
  /** Names folder and files. */
  readonly name: string;
  readonly draw: DrawScene;
  /** How many pictures. */
  readonly count: number;
  /** Formats by turn, from 0; the others are JPEG. SVG needs a scene that is all drawing. */
  readonly formats: Readonly<Record<number, SampleFormat>>;
  /** Share of pictures that are taller than wide, 0 to 1. */
  readonly upright: number;
}

export const SAMPLE_KINDS: readonly SampleKind[] = [
  { name: 'mountains', draw: drawMountains, count: 7, formats: { 3: 'webp', 6: 'png' }, upright: 0.2 },
  { name: 'sea', draw: drawSea, count: 7, formats: { 4: 'avif', 5: 'png' }, upright: 0.15 },
  { name: 'countryside', draw: drawCountryside, count: 7, formats: { 2: 'tiff' }, upright: 0.15 },
  { name: 'city', draw: drawCity, count: 7, formats: { 3: 'png' }, upright: 0.25 },
  { name: 'still-life', draw: drawStillLife, count: 6, formats: { 4: 'png' }, upright: 0.3 },
  {
    name: 'portrait',
    draw: drawPortrait,
    count: 8,
    formats: { 3: 'png', 5: 'svg', 6: 'webp' },
    upright: 0.75,
  },
  { name: 'flowers', draw: drawFlowers, count: 7, formats: { 1: 'webp', 4: 'png' }, upright: 0.4 },
  { name: 'abstract', draw: drawAbstract, count: 7, formats: { 0: 'gif', 2: 'png', 4: 'png' }, upright: 0.3 },
  { name: 'texture', draw: drawTexture, count: 9, formats: { 1: 'webp', 5: 'avif' }, upright: 0.3 },
  { name: 'map', draw: drawMap, count: 4, formats: { 1: 'png', 3: 'gif' }, upright: 0.2 },
  { name: 'night-sky', draw: drawNightSky, count: 5, formats: { 2: 'tiff' }, upright: 0.2 },
];
