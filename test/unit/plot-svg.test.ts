import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { barsPanel } from '../../src/cli/plot-bars.ts';
import { curvePanel } from '../../src/cli/plot-curve.ts';
import { plotSvg } from '../../src/cli/plot-svg.ts';

const BLUE = [0x3a, 0x83, 0xc5];
const ORANGE = [0xdd, 0x6b, 0x20];

/** How many pixels of a drawn plot have a color. */
async function countPixels(svg: string, color: readonly number[]): Promise<number> {
  const { data, info } = await sharp(Buffer.from(svg))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let found = 0;
  for (let i = 0; i < data.length; i += info.channels) {
    found += color.every((value, channel) => data[i + channel] === value) ? 1 : 0;
  }
  return found;
}

describe('plotSvg', () => {
  const estimate = (value: number) => ({ value, low: null, high: null });

  it('draws bars as long as their figures, with the figures beside them', async () => {
    const bars = barsPanel('recall', [
      { name: 'blurred', bars: [estimate(0.8), estimate(0.2)] },
      { name: 'turned', bars: [estimate(0), null] },
    ]);
    const svg = plotSvg({ title: 'Copies', note: 'few', series: ['one', 'two'], panels: [bars] });
    for (const words of [
      'Copies',
      'few',
      'one',
      'two',
      'recall',
      'blurred',
      'turned',
      '0.800',
      '0.200',
      '0.000',
      'none',
    ]) {
      assert.ok(svg.includes(`>${words}</text>`), words);
    }
    const [blue, orange] = [await countPixels(svg, BLUE), await countPixels(svg, ORANGE)];
    const swatch = 14 * 14;
    assert.ok(Math.abs((blue - swatch) / (orange - swatch) - 4) < 0.2, `${blue} and ${orange}`);
  });

  it('draws an interval where there is one', () => {
    const withInterval = barsPanel('', [{ name: '', bars: [{ value: 0.5, low: 0.4, high: 0.6 }] }]);
    assert.match(withInterval.elements, /<line x1="390" y1="6.5" x2="490" y2="6.5" class="whisker"\/>/);
    assert.doesNotMatch(barsPanel('', [{ name: '', bars: [estimate(0.5)] }]).elements, /whisker/);
  });

  it('draws curves, of one point too', async () => {
    const plot = (points: ReadonlyArray<{ recall: number; precision: number }>) =>
      plotSvg({ title: '', note: '', series: [], panels: [curvePanel('curve', [points])] });
    const none = await countPixels(plot([]), BLUE);
    const one = await countPixels(plot([{ recall: 0.5, precision: 0.5 }]), BLUE);
    const line = await countPixels(plot([0, 0.5, 1].map((recall) => ({ recall, precision: 0.5 }))), BLUE);
    assert.equal(none, 0);
    assert.ok(one > 0 && line > 600, `${one}, ${line}`);
  });

  it('holds any name, and another ink for who prefers dark', async () => {
    const name = '<b>&"\u0007\ufffe';
    const svg = plotSvg({
      title: name,
      note: name,
      series: [name],
      panels: [barsPanel(name, [{ name, bars: [] }])],
    });
    assert.ok((await sharp(Buffer.from(svg)).metadata()).height > 0);
    assert.doesNotMatch(svg, /<b>/);
    assert.match(svg, /@media \(prefers-color-scheme: dark\)/);
  });

  it('tells the seventh series from the first', () => {
    const bars = barsPanel('', [{ name: '', bars: Array.from({ length: 7 }, () => estimate(1)) }]).elements;
    assert.equal(bars.match(/fill="#3a83c5" fill-opacity="1"/g)?.length, 1);
    assert.equal(bars.match(/fill="#3a83c5" fill-opacity="0.55"/g)?.length, 1);
  });
});
