import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeModulesWith } from '../node-modules.ts';

/** A GeoJSON object; nobody here looks inside. */
export type GeoShape = object;

/** A shape with what is known of it. */
export interface GeoFeature {
  readonly type: 'Feature';
  readonly properties: { readonly name?: string };
}

/** What is used of d3-geo. */
export interface Projection {
  scale(scale: number): Projection;
  center(degrees: readonly [east: number, north: number]): Projection;
  translate(pixels: readonly [x: number, y: number]): Projection;
  clipExtent(pixels: readonly [readonly [number, number], readonly [number, number]]): Projection;
  fitSize(pixels: readonly [width: number, height: number], shape: GeoShape): Projection;
  (degrees: readonly [east: number, north: number]): [x: number, y: number] | null;
}

/** Map data and what draws it, from npm in a folder of the bench's own. */
export interface MapPackages {
  mercator(): Projection;
  naturalEarth(): Projection;
  /** Coordinates as they are: of shapes that are projected already. */
  identity(): Projection;
  /** A path's `d` of a shape; null where nothing of it is seen. */
  path(projection: Projection): (shape: GeoShape) => string | null;
  graticule(): GeoShape;
  /** Of `world-atlas` or `us-atlas`: a layer's features, and the lines between them. */
  layer(file: string, name: string): { readonly features: readonly GeoFeature[]; readonly borders: GeoShape };
  /** A table of `vega-datasets`, as text. */
  table(file: string): string;
}

const PACKAGES = [
  ...['world-atlas@2.0.2', 'us-atlas@3.0.1', 'd3-geo@3.1.1', 'topojson-client@3.1.0', 'vega-datasets@3.2.1'],
];

/** Installs them, once. @throws Error with npm's words when they cannot be had */
export async function openMapPackages(): Promise<MapPackages> {
  const modules = await nodeModulesWith('copy-negatives-maps', PACKAGES);
  const load = (path: string) => import(pathToFileURL(join(modules, path)).href);
  const [geo, topojson] = await Promise.all([
    load('d3-geo/src/index.js'),
    load('topojson-client/src/index.js'),
  ]);
  return {
    mercator: geo.geoMercator,
    naturalEarth: geo.geoNaturalEarth1,
    identity: geo.geoIdentity,
    path: (projection) => geo.geoPath(projection),
    graticule: () => geo.geoGraticule10(),
    layer(file, name) {
      const atlas = JSON.parse(readFileSync(join(modules, file), 'utf8'));
      const layer = atlas.objects[name];
      return { features: topojson.feature(atlas, layer).features, borders: topojson.mesh(atlas, layer) };
    },
    table: (file) => readFileSync(join(modules, 'vega-datasets/data', file), 'utf8'),
  };
}
