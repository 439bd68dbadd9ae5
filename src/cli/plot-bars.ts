import type { Estimate } from '../evaluation/estimate.ts';
import { type PlotPanel, plotLine, plotText, seriesPaint } from './plot-svg.ts';

/** Figures of one kind, one of each series. */
export interface BarGroup {
  readonly name: string;
  /** 0 to 1, in the order of the series; null where there is none. */
  readonly bars: ReadonlyArray<Estimate | null>;
}

const LEFT = 190;
const LENGTH = 500;
const BAR = 13;
const BETWEEN_BARS = 3;
const BETWEEN_GROUPS = 11;
const AXIS = 26;

/** Figures from 0 to 1 as bars, with their intervals and the numbers themselves. */
export function barsPanel(heading: string, groups: readonly BarGroup[]): PlotPanel {
  const rows: string[] = [];
  let top = 0;
  for (const { name, bars } of groups) {
    const height = bars.length * (BAR + BETWEEN_BARS) - BETWEEN_BARS;
    rows.push(plotText(LEFT - 10, top + height / 2 + 4.5, name, 'end'));
    for (const [i, bar] of bars.entries()) {
      rows.push(drawBar(bar, top + i * (BAR + BETWEEN_BARS), i));
    }
    top += height + BETWEEN_GROUPS;
  }
  return { heading, height: top + AXIS, elements: [grid(top), ...rows].join('\n') };
}

function drawBar(bar: Estimate | null, top: number, series: number): string {
  const middle = top + BAR / 2;
  if (bar === null) {
    return plotText(LEFT + 6, middle + 4.5, 'none', 'start', 'faint');
  }
  const { value, low, high } = bar;
  const width = (value * LENGTH).toFixed(1);
  const hasInterval = low !== null && high !== null;
  const end = Math.max(value, high ?? 0) * LENGTH;
  return [
    `<rect x="${LEFT}" y="${top}" width="${width}" height="${BAR}" ${seriesPaint(series, 'fill')}/>`,
    hasInterval ? plotLine(LEFT + low * LENGTH, middle, LEFT + high * LENGTH, middle, 'whisker') : '',
    plotText(LEFT + end + 7, middle + 4.5, value.toFixed(3), 'start', 'figure'),
  ].join('');
}

function grid(height: number): string {
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return ticks
    .map((tick) => {
      const x = LEFT + tick * LENGTH;
      return (
        plotLine(x, -4, x, height - 2, 'grid') + plotText(x, height + 14, String(tick), 'middle', 'faint')
      );
    })
    .join('');
}
