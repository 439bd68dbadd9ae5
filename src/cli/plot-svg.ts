import { inXml } from './in-xml.ts';

/** One of several drawings below each other. */
export interface PlotPanel {
  /** What it shows, above it. */
  readonly heading: string;
  /** Pixels, without the heading. */
  readonly height: number;
  /** Its elements, with the top left corner at 0, 0. */
  readonly elements: string;
}

/** A whole plot. */
export interface Plot {
  readonly title: string;
  /** A line below the title. */
  readonly note: string;
  /** Names of what is compared, in the order of their paints; see seriesPaint. */
  readonly series: readonly string[];
  readonly panels: readonly PlotPanel[];
}

/** Of every plot, pixels. */
const PLOT_WIDTH = 820;

const MARGIN = 28;
const LINE = 20;
const HEADING = 38;

/** Can be told apart by those who see red and green alike, and on white as on black (after M. Okabe and K. Ito, 2002). */
const COLORS = ['#3a83c5', '#dd6b20', '#2a9d74', '#b866a8', '#b98a10', '#50a7d6'];

/** How clear colors are when they begin anew, each time. */
const OPACITIES = [1, 0.55, 0.3];

/** How a series is painted, by its position: as a filling, or as the stroke of a line. */
export function seriesPaint(position: number, kind: 'fill' | 'stroke'): string {
  const round = Math.floor(position / COLORS.length) % OPACITIES.length;
  return `${kind}="${COLORS[position % COLORS.length]}" ${kind}-opacity="${OPACITIES[round]}"`;
}

/** Ink follows what the reader's system prefers; where nothing does, it is dark on white. */
const STYLE = `<style>
text { font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; font-size: 13px; fill: #1f2328; }
.title { font-size: 17px; font-weight: 600; }
.heading { font-size: 14px; font-weight: 600; }
.faint { fill: #59636e; }
.figure { paint-order: stroke; stroke: #ffffff; stroke-width: 4; stroke-linejoin: round; }
.ground { fill: #ffffff; }
.grid { stroke: #d8dee4; stroke-width: 1; }
.whisker { stroke: #1f2328; stroke-width: 1.5; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e9ed; }
  .faint { fill: #9aa4af; }
  .figure { stroke: #14171c; }
  .ground { fill: #14171c; }
  .grid { stroke: #343b44; }
  .whisker { stroke: #e6e9ed; }
}
</style>`;

/** A text that ends, begins or has its middle at a point. @param kind class: `title`, `heading`, `faint` or `figure` */
export function plotText(
  x: number,
  y: number,
  words: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
  kind = '',
): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}"${kind === '' ? '' : ` class="${kind}"`}>${inXml(words)}</text>`;
}

/** A straight line. @param kind class: `grid` or `whisker` */
export function plotLine(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${kind}"/>`;
}

/** A whole SVG file: title, note, what the colors mean, and the panels. */
export function plotSvg({ title, note, series, panels }: Plot): string {
  const parts = [
    plotText(MARGIN, MARGIN + 14, title, 'start', 'title'),
    plotText(MARGIN, MARGIN + 14 + LINE, note, 'start', 'faint'),
  ];
  let top = MARGIN + LINE + 26;
  for (const [i, name] of series.entries()) {
    const swatch = `<rect x="${MARGIN}" y="${top}" width="14" height="14" rx="3" ${seriesPaint(i, 'fill')}/>`;
    parts.push(swatch, plotText(MARGIN + 22, top + 12, name));
    top += LINE;
  }
  for (const { heading, height, elements } of panels) {
    parts.push(plotText(MARGIN, top + 26, heading, 'start', 'heading'));
    parts.push(`<g transform="translate(${MARGIN} ${top + HEADING})">\n${elements}\n</g>`);
    top += HEADING + height;
  }
  const height = Math.ceil(top + MARGIN);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${PLOT_WIDTH}" height="${height}" viewBox="0 0 ${PLOT_WIDTH} ${height}" role="img">
<title>${inXml(title)}</title>
${STYLE}
<rect width="${PLOT_WIDTH}" height="${height}" class="ground"/>
${parts.join('\n')}
</svg>
`;
}

/** A tenth of a pixel is enough. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
