import type { GeoFeature, GeoShape, MapPackages } from './map-packages.ts';

/** Pixels of the map, without its margin. */
const WIDTH = 900;
const HEIGHT = 640;
const MARGIN = 30;

/** Draws itself as SVG when it is wanted. */
export type MapDrawing = () => string;

function page(title: string, content: string): string {
  const [width, height] = [WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN + 40];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans">
    <rect width="100%" height="100%" fill="white"/>
    <svg x="${MARGIN}" y="${MARGIN}" width="${WIDTH}" height="${HEIGHT}">${content}</svg>
    <rect x="${MARGIN}" y="${MARGIN}" width="${WIDTH}" height="${HEIGHT}" fill="none" stroke="black" stroke-width="2"/>
    <text x="${MARGIN}" y="${height - 28}" font-size="20">${title}</text>
    <text x="${width - 210}" y="${height - 28}" font-size="16">Natural Earth</text>
  </svg>`;
}

function line(d: string | null, stroke: string, width: number): string {
  return d === null ? '' : `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}"/>`;
}

/** A sheet of a series, all of one size and style. */
export interface Sheet {
  readonly borders: GeoShape;
  /** Center of the series' first sheet, degrees. */
  readonly from: readonly [east: number, north: number];
  /** Pixels a radian. */
  readonly scale: number;
  readonly column: number;
  readonly row: number;
}

export function drawSheet(packages: MapPackages, { borders, from, scale, column, row }: Sheet): MapDrawing {
  return () => {
    const projection = packages
      .mercator()
      .scale(scale)
      .center(from)
      .translate([WIDTH / 2 - column * WIDTH, HEIGHT / 2 - row * HEIGHT])
      .clipExtent([
        [0, 0],
        [WIDTH, HEIGHT],
      ]);
    const path = packages.path(projection);
    const content = `<rect width="100%" height="100%" fill="#f4efe2"/>${line(path(packages.graticule()), '#a9c3d6', 1)}${line(path(borders), '#6b4a2b', 1.4)}`;
    return page(`Sheet ${row + 1}-${column + 1}`, content);
  };
}

const FILLS = ['#eff3ff', '#c6dbef', '#9ecae1', '#6baed6', '#4292c6', '#2171b5', '#084594'];

/** Countries filled in seven steps. */
export interface Choropleth {
  readonly world: { readonly features: readonly GeoFeature[]; readonly borders: GeoShape };
  readonly title: string;
  /** Of each country that is known, 0 to 1. */
  readonly shares: ReadonlyMap<string, number>;
}

export function drawChoropleth(packages: MapPackages, { world, title, shares }: Choropleth): MapDrawing {
  return () => {
    const all = { type: 'FeatureCollection', features: world.features };
    const path = packages.path(packages.naturalEarth().fitSize([WIDTH, HEIGHT], all));
    const fillOf = ({ properties: { name = '' } }: GeoFeature) => {
      const share = shares.get(name === 'United States of America' ? 'United States' : name);
      const step = Math.floor((share ?? 0) * FILLS.length);
      return share === undefined ? '#dddddd' : FILLS[Math.max(0, Math.min(FILLS.length - 1, step))];
    };
    const filled = world.features.map((country) => `<path d="${path(country)}" fill="${fillOf(country)}"/>`);
    return page(title, `${filled.join('')}${line(path(world.borders), 'white', 0.7)}`);
  };
}

/** @param places degrees east and north */
export function drawPointMap(
  packages: MapPackages,
  borders: GeoShape,
  places: ReadonlyArray<readonly [east: number, north: number]>,
): MapDrawing {
  return () => {
    const projection = packages
      .mercator()
      .scale(850)
      .center([-96, 38.5])
      .translate([WIDTH / 2, HEIGHT / 2]);
    const points = places.map((place) => {
      const [x, y] = projection(place) ?? [-1, -1];
      return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="5" fill="#c0392b"/>`;
    });
    const path = packages.path(projection);
    return page('Airports', `${line(path(borders), '#888888', 1)}${points.join('')}`);
  };
}
