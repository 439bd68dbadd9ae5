import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { compareViews, type PairEvidence } from '../../src/copies/compare-views.ts';
import { describeCopy } from '../../src/copies/describe-copy.ts';
import { describeMap, type Placement } from '../../src/copies/describe-map.ts';
import { COPY_SCORE, type CopyVerdict, judgePair } from '../../src/copies/judge-pair.ts';
import type { PictureView } from '../../src/copies/picture-view.ts';
import { drawManyThings, viewOf } from '../support/view-of.ts';

interface Compared {
  readonly evidence: PairEvidence;
  readonly verdict: CopyVerdict;
  readonly score: number;
  /** Of the edited picture on the original. */
  readonly placed: Placement | null;
}

describe('comparing two pictures', () => {
  let original: Buffer;
  let view: PictureView;
  const size = { width: 640, height: 480 };

  before(async () => {
    original = await drawManyThings('scene').png().toBuffer();
    view = await viewOf(original);
  });

  async function compare(edited: Sharp): Promise<Compared> {
    const file = await edited.png().toBuffer();
    const { width, height } = await sharp(file).metadata();
    const evidence = compareViews(await viewOf(file), view);
    const placed = evidence.map && describeMap(evidence.map, { width, height }, size);
    return { evidence, ...judgePair(evidence), placed };
  }

  const edit = () => sharp(original);
  const saved = async (picture: Sharp, quality: number) => sharp(await picture.jpeg({ quality }).toBuffer());

  it('knows a copy that was compressed, shrunk, darkened or made gray, and lays it where it was', async () => {
    const copies = [
      await saved(edit(), 10),
      await saved(edit().resize(160), 60),
      edit().modulate({ brightness: 0.6, saturation: 0.4 }),
      edit().grayscale(),
      edit().blur(2),
    ];
    for (const [i, copy] of copies.entries()) {
      const { verdict, score, evidence, placed } = await compare(copy);
      assert.equal(verdict, 'copy', `${i}: ${score} ${JSON.stringify(evidence)}`);
      assert.ok(evidence.overlap.a > 0.97 && evidence.overlap.b > 0.97, JSON.stringify(evidence.overlap));
      assert.ok(Math.abs((placed as Placement).turnedDegrees) < 0.5);
    }
  });

  it('knows a copy of a picture that is dark all over', async () => {
    const night = await edit().linear(0.05, 4).png().toBuffer();
    const dark = await viewOf(night);
    const mirrored = await viewOf(await sharp(night).flop().jpeg({ quality: 80 }).toBuffer());
    const { verdict } = judgePair(compareViews(mirrored, dark));
    assert.equal(verdict, 'copy');
  });

  it('finds which part of a picture another is', async () => {
    const { verdict, placed, evidence } = await compare(
      await saved(edit().extract({ left: 96, top: 120, width: 320, height: 240 }), 60),
    );
    assert.equal(verdict, 'copy');
    const { x, y, width, height } = (placed as Placement).region;
    for (const [found, expected] of [
      [x, 0.15],
      [y, 0.25],
      [width, 0.5],
      [height, 0.5],
    ] as const) {
      assert.ok(Math.abs(found - expected) < 0.01, `${found}, not ${expected}`);
    }
    assert.ok(Math.abs(evidence.overlap.b - 0.25) < 0.02);
  });

  it('tells a mirror and turns', async () => {
    const mirrored = await compare(edit().flop());
    assert.deepEqual([mirrored.verdict, mirrored.placed?.isMirrored], ['copy', true]);
    for (const degrees of [90, 180, 270, 17]) {
      const { verdict, placed } = await compare(sharp(await edit().rotate(degrees).png().toBuffer()));
      const off = (((placed as Placement).turnedDegrees + degrees + 540) % 360) - 180;
      assert.deepEqual([verdict, placed?.isMirrored], ['copy', false], `${degrees}`);
      assert.ok(Math.abs(off) < 1, `${degrees}: ${placed?.turnedDegrees}`);
    }
  });

  it('knows a part that was mirrored and turned', async () => {
    const part = await edit()
      .extract({ left: 300, top: 40, width: 256, height: 240 })
      .flop()
      .png()
      .toBuffer();
    const { verdict, placed } = await compare(sharp(part));
    assert.deepEqual([verdict, placed?.isMirrored], ['copy', true]);
    const { x, y } = (placed as Placement).region;
    assert.ok(Math.abs(x - 300 / 640) < 0.01 && Math.abs(y - 40 / 480) < 0.01, `${x} ${y}`);
    const turned = await compare(sharp(await sharp(part).rotate(30).png().toBuffer()));
    assert.equal(turned.placed?.isMirrored, true);
    assert.notEqual(turned.verdict, 'different');
  });

  it('lays a soft picture where it belongs, in which there are next to no points', async () => {
    const blob = (x: number, y: number, radius: number, color: string) =>
      `<circle cx="${x}" cy="${y}" r="${radius}" fill="${color}"/>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">${blob(160, 130, 90, '#fff')}${blob(430, 300, 130, '#222')}${blob(560, 90, 60, '#ddd')}</svg>`;
    const drawn = await sharp(Buffer.from(svg)).flatten({ background: '#777' }).png().toBuffer();
    const soft = await sharp(drawn).blur(30).png().toBuffer();
    const turned = await sharp(soft).rotate(180).png().toBuffer();
    const { map } = compareViews(await viewOf(turned), await viewOf(soft));
    const { turnedDegrees } = describeMap(map as NonNullable<typeof map>, size, size);
    assert.ok(Math.abs(Math.abs(turnedDegrees) - 180) < 1, `${turnedDegrees}`);
  });

  it('finds a picture inside another', async () => {
    const inset = await edit().resize(260).png().toBuffer();
    const { verdict, evidence, placed } = await compare(
      drawManyThings('something else').composite([{ input: inset, left: 300, top: 200 }]),
    );
    assert.notEqual(verdict, 'different', JSON.stringify(evidence));
    assert.ok(evidence.overlap.b > 0.9 && evidence.overlap.a < 0.25, JSON.stringify(evidence.overlap));
    assert.ok(Math.abs((placed as Placement).scale.x - 640 / 260) < 0.05);
  });

  it('is not sure of what agrees but for places where something else stands', async () => {
    const shape = (x: number, y: number) =>
      `<circle cx="${x}" cy="${y}" r="26" fill="#123"/><circle cx="${x}" cy="${y - 8}" r="11" fill="#edc"/>`;
    const withThings = (things: string) =>
      edit().composite([{ input: Buffer.from(`<svg width="640" height="480">${things}</svg>`) }]);
    const still = await withThings(shape(200, 300)).png().toBuffer();
    const others = {
      'moved between two shots': withThings(shape(430, 210)),
      'pasted over': sharp(still).composite([
        {
          input: Buffer.from(
            '<svg width="640" height="480"><rect y="300" width="640" height="130" fill="#fff"/></svg>',
          ),
        },
      ]),
    };
    const first = await viewOf(still);
    for (const [name, other] of Object.entries(others)) {
      const evidence = compareViews(await viewOf(await other.png().toBuffer()), first);
      const { verdict, score } = judgePair(evidence);
      assert.ok(score >= COPY_SCORE, `${name}: ${score}`);
      assert.equal(verdict, 'unsure', `${name}: ${JSON.stringify(evidence)}`);
      assert.match(describeCopy(verdict, evidence, size, size)[0] ?? '', /in places something else stands/);
    }
  });

  it('counts what one picture shows and the other hides', async () => {
    const box = '<svg width="640" height="480"><rect width="640" height="200" fill="#888"/></svg>';
    const { evidence } = await compare(edit().composite([{ input: Buffer.from(box) }]));
    const share = evidence.hiddenTiles / (evidence.tellingTiles + evidence.hiddenTiles);
    assert.ok(share > 0.25 && share < 0.45, JSON.stringify(evidence));
    for (const whole of [edit().blur(4), edit().modulate({ brightness: 0.5 }), await saved(edit(), 20)]) {
      const { hiddenTiles, tellingTiles } = (await compare(whole)).evidence;
      assert.ok(hiddenTiles <= 0.02 * tellingTiles, `${hiddenTiles} of ${tellingTiles}`);
    }
  });

  it('calls another shot of the scene no copy', async () => {
    const { verdict, evidence } = await compare(drawManyThings('scene', { parallax: 9 }));
    assert.notEqual(verdict, 'copy', JSON.stringify(evidence));
    assert.ok(evidence.inliers > 12, JSON.stringify(evidence));
  });

  it('finds nothing in common of other pictures, of blank ones, and of one pixel', async () => {
    const blank = sharp({ create: { width: 90, height: 400, channels: 3, background: '#ccd' } });
    const pixel = sharp({ create: { width: 1, height: 1, channels: 3, background: '#123' } });
    for (const other of [drawManyThings('something else'), blank, pixel]) {
      const { verdict } = await compare(other);
      assert.equal(verdict, 'different');
    }
    const ofBlank = await viewOf(await blank.png().toBuffer());
    assert.equal(judgePair(compareViews(ofBlank, ofBlank)).verdict, 'plain');
  });

  it('tells the same of both orders', async () => {
    const crop = await viewOf(
      await edit().extract({ left: 30, top: 60, width: 400, height: 300 }).toBuffer(),
    );
    const [there, back] = [compareViews(crop, view), compareViews(view, crop)];
    assert.deepEqual([judgePair(there).verdict, judgePair(back).verdict], ['copy', 'copy']);
    assert.ok(Math.abs(there.overlap.a - back.overlap.b) < 0.02);
    assert.ok(Math.abs(there.overlap.b - back.overlap.a) < 0.02);
  });
});
