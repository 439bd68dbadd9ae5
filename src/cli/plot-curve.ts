import type { CurvePoint } from '../evaluation/hit-pool.ts';
import { type PlotPanel, plotLine, plotText, seriesPaint } from './plot-svg.ts';

const LEFT = 60;
const WIDTH = 630;
const HEIGHT = 300;
const AXIS = 48;

/** Precision over recall, a line for each series. @param curves in the order of the series, each by rising recall */
export function curvePanel(heading: string, curves: ReadonlyArray<readonly CurvePoint[]>): PlotPanel {
  const lines = curves.map((points, i) => drawCurve(placesOf(points), i));
  return { heading, height: HEIGHT + AXIS, elements: [grid(), ...lines].join('\n') };
}

/** To half a pixel; points that fall together are one. */
function placesOf(points: readonly CurvePoint[]): string[] {
  const half = (value: number) => Math.round(value * 2) / 2;
  const places = points.map(
    ({ recall, precision }) => `${half(LEFT + recall * WIDTH)} ${half((1 - precision) * HEIGHT)}`,
  );
  return places.filter((place, i) => place !== places[i - 1]);
}

/** A place alone is a dot: a line of no length shows nothing. */
function drawCurve(places: readonly string[], series: number): string {
  const [first = ''] = places;
  return places.length === 1
    ? `<circle r="3" transform="translate(${first})" ${seriesPaint(series, 'fill')}/>`
    : `<polyline points="${places.join(' ')}" fill="none" ${seriesPaint(series, 'stroke')} stroke-width="2" stroke-linejoin="round"/>`;
}

function grid(): string {
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return [
    ...ticks.flatMap((tick) => {
      const [x, y] = [LEFT + tick * WIDTH, (1 - tick) * HEIGHT];
      return [
        plotLine(x, 0, x, HEIGHT, 'grid'),
        plotLine(LEFT, y, LEFT + WIDTH, y, 'grid'),
        plotText(x, HEIGHT + 17, String(tick), 'middle', 'faint'),
        plotText(LEFT - 8, y + 4.5, String(tick), 'end', 'faint'),
      ];
    }),
    plotText(LEFT + WIDTH / 2, HEIGHT + 36, 'recall', 'middle'),
    `<g transform="translate(12 ${HEIGHT / 2}) rotate(-90)">${plotText(0, 0, 'precision', 'middle')}</g>`,
  ].join('\n');
}
