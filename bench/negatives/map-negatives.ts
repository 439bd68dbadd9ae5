import { join } from 'node:path';
import sharp from 'sharp';
import { createRandom } from '../../src/sample/seeded-random.ts';
import { keptFolder } from '../kept-folder.ts';
import type { FilePair } from '../verify-pairs.ts';
import { drawChoropleth, drawPointMap, drawSheet, type MapDrawing } from './draw-map.ts';
import { type MapPackages, openMapPackages } from './map-packages.ts';
import { allPairs, type NegativeKind } from './negative-kind.ts';

/** Raise it when maps change. */
const REVISION = 1;

/** Sheets of a series, columns and rows. */
const COLUMNS = 6;
const ROWS = 5;

const FIRST_YEAR = 1955;
const LAST_YEAR = 2005;
const YEARS = 5;

/** Years apart from which two maps of one thing are told apart from neighbors in time. */
const LONG = 20;

interface Series {
  readonly name: string;
  readonly about: string;
  readonly maps: readonly MapDrawing[];
  readonly pairs: readonly FilePair[];
}

/** Maps in one style: neighboring sheets, one region with other data, one place at two scales; and copies of some. */
export async function mapNegatives(say: (line: string) => void): Promise<NegativeKind[]> {
  const packages = await openMapPackages().catch((error: Error) => {
    say(`SKIPPED maps: their data cannot be had from npm: ${error.message}`);
    return null;
  });
  if (packages === null) {
    return [];
  }
  const series = [
    sheets(packages, 'Europe', 'world-atlas/countries-10m.json', 'countries', [-8, 58], 5_000),
    sheets(packages, 'the United States', 'us-atlas/counties-10m.json', 'counties', [-110, 45], 5_000),
    ...choropleths(packages),
    pointMaps(packages),
    scales(packages),
  ];
  const folder = await keptFolder(`copy-negatives-drawn-maps-${REVISION}`, async (made) => {
    for (const { name, maps } of series) {
      for (const [i, map] of maps.entries()) {
        const drawn = sharp(Buffer.from(map())).flatten({ background: 'white' });
        await drawn
          .clone()
          .png()
          .toFile(join(made, fileName(name, i)));
        await drawn
          .resize({ width: 500 })
          .jpeg({ quality: 50 })
          .toFile(join(made, `copy-of-${fileName(name, i)}.jpg`));
      }
    }
  });
  const pathsOf = ({ name, maps }: Series, prefix = '', suffix = '') =>
    maps.map((_, i) => join(folder, `${prefix}${fileName(name, i)}${suffix}`));
  const copies = series.map((one): NegativeKind => {
    const paths = [...pathsOf(one), ...pathsOf(one, 'copy-of-', '.jpg')];
    const pairs = one.maps.map((_, i) => ({ a: i, b: one.maps.length + i }));
    return {
      name: `${one.name}: a map and its JPEG 50, 500 pixels wide`,
      about: 'copies',
      paths,
      pairs,
      areCopies: true,
    };
  });
  return [
    ...series.map((one) => ({ name: one.name, about: one.about, paths: pathsOf(one), pairs: one.pairs })),
    ...copies,
  ];
}

function fileName(series: string, at: number): string {
  return `${series.replaceAll(/[^A-Za-z0-9]+/g, '-')}-${at}.png`;
}

/** Neighboring sheets, which share a cut and no ground. @param from the upper left sheet's center */
function sheets(
  packages: MapPackages,
  region: string,
  file: string,
  layer: string,
  from: readonly [east: number, north: number],
  scale: number,
): Series {
  const { borders } = packages.layer(file, layer);
  const maps = Array.from({ length: COLUMNS * ROWS }, (_, i) =>
    drawSheet(packages, { borders, from, scale, column: i % COLUMNS, row: Math.floor(i / COLUMNS) }),
  );
  const pairs = maps.flatMap((_, i) => [
    ...(i % COLUMNS < COLUMNS - 1 ? [{ a: i, b: i + 1 }] : []),
    ...(i + COLUMNS < maps.length ? [{ a: i, b: i + COLUMNS }] : []),
  ]);
  return { name: `neighboring sheets of ${region}`, about: `of ${maps.length}`, maps, pairs };
}

interface CountryYear {
  readonly year: number;
  readonly country: string;
  readonly life_expect: number;
  readonly fertility: number;
}

/** Countries of the world, filled by what Gapminder has of them in a year. */
function choropleths(packages: MapPackages): Series[] {
  const world = packages.layer('world-atlas/countries-110m.json', 'countries');
  const rows = JSON.parse(packages.table('gapminder.json')) as CountryYear[];
  const years = Array.from(
    { length: (LAST_YEAR - FIRST_YEAR) / YEARS + 1 },
    (_, i) => FIRST_YEAR + YEARS * i,
  );
  const mapsOf = (title: string, value: (row: CountryYear) => number) =>
    years.map((year) => {
      const ofYear = rows.filter((row) => row.year === year);
      return drawChoropleth(packages, {
        world,
        title: `${title}, ${year}`,
        shares: new Map(ofYear.map((row) => [row.country, value(row)])),
      });
    });
  const life = mapsOf('Life expectancy', (row) => (row.life_expect - 30) / 50);
  const children = mapsOf('Children a woman', (row) => (row.fertility - 1) / 7);
  const maps = [...life, ...children];
  const count = years.length;
  const ofOneThing = [life.map((_, i) => i), children.map((_, i) => count + i)].flatMap(allPairs);
  const apart = ({ a, b }: FilePair) => YEARS * (b - a);
  return [
    {
      name: `world maps of one thing, ${YEARS} years apart`,
      about: 'life expectancy or children, Gapminder',
      maps,
      pairs: ofOneThing.filter((pair) => apart(pair) === YEARS),
    },
    {
      name: `world maps of one thing, ${LONG} years apart or more`,
      about: 'likewise',
      maps,
      pairs: ofOneThing.filter((pair) => apart(pair) >= LONG),
    },
    {
      name: 'world maps of two things',
      about: 'life expectancy and children of one year',
      maps,
      pairs: years.map((_, i) => ({ a: i, b: count + i })),
    },
  ];
}

/** States, with airports drawn from the list. */
function pointMaps(packages: MapPackages): Series {
  const { borders } = packages.layer('us-atlas/states-10m.json', 'states');
  const places = packages
    .table('airports.csv')
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(-2).map(Number).reverse() as [number, number])
    .filter(([east, north]) => east < -66 && east > -125 && north > 24);
  const maps = Array.from({ length: 10 }, (_, i) =>
    drawPointMap(packages, borders, createRandom(`points/${i}`).shuffled(places).slice(0, 200)),
  );
  return {
    name: 'one base map with other points',
    about: 'states, each with 200 of the airports',
    maps,
    pairs: allPairs(maps.map((_, i) => i)),
  };
}

/** Places of the world at two scales, from data of two resolutions. */
function scales(packages: MapPackages): Series {
  const coarse = packages.layer('world-atlas/countries-50m.json', 'countries').borders;
  const fine = packages.layer('world-atlas/countries-10m.json', 'countries').borders;
  const places: ReadonlyArray<readonly [number, number]> = [
    ...([
      [10, 56],
      [23, 38],
      [-3, 54],
      [14, 41],
      [121, 12],
      [139, 36],
      [-75, 20],
      [-122, 48],
    ] as const),
    ...([
      [174, -40],
      [106, -6],
      [30, 60],
      [-70, -50],
      [45, 13],
      [103, 2],
      [-90, 30],
      [20, 69],
    ] as const),
  ];
  const maps = places.flatMap((from) => [
    drawSheet(packages, { borders: coarse, from, scale: 2_500, column: 0, row: 0 }),
    drawSheet(packages, { borders: fine, from, scale: 5_000, column: 0, row: 0 }),
  ]);
  return {
    name: 'one place at two scales',
    about: 'coasts and borders of 1:50 million at half the scale of those of 1:10 million',
    maps,
    pairs: places.map((_, i) => ({ a: 2 * i, b: 2 * i + 1 })),
  };
}
