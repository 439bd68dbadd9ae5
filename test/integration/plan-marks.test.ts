import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { before, describe, it } from 'node:test';
import sharp, { type OverlayOptions } from 'sharp';
import { readPlan } from '../../src/curation/read-plan.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { collect } from '../support/collect.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

/** SVG over a picture of 640 x 480 pixels. */
const drawn = (inner: string): OverlayOptions => ({
  input: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">${inner}</svg>`),
});
const words = (text: string, x: number, y: number, size: number, fill: string) =>
  drawn(`<text x="${x}" y="${y}" font-family="sans-serif" font-size="${size}" fill="${fill}">${text}</text>`);

/** What may stand in a picture without being told by tiles. */
const MARKS: Readonly<Record<string, OverlayOptions>> = {
  date: words("'98 7 14", 520, 466, 22, '#ff8c00'),
  dot: drawn('<circle cx="300" cy="200" r="9" fill="red"/>'),
  line: drawn('<path d="M20 40 L620 440" stroke="#ffffff" stroke-width="4"/>'),
  name: words('(c) ACME', 20, 466, 20, 'white'),
  bar: drawn('<rect x="240" y="230" width="120" height="16" fill="black"/>'),
};

describe('a plan for copies in which something small stands', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const library = ['--library', join(folder, 'library')];

  before(async () => {
    mkdirSync(pictures);
    const at = (name: string) => join(pictures, name);
    for (const [name, mark] of Object.entries(MARKS)) {
      const scene = await drawManyThings(name).resize(640, 480, { fit: 'fill' }).png().toBuffer();
      await sharp(scene)
        .jpeg({ quality: 92 })
        .toFile(at(`${name}.jpg`));
      // Larger in bytes, as what was saved anew may be; it is kept by that where nobody looks.
      await sharp(scene)
        .composite([mark])
        .jpeg({ quality: 97 })
        .toFile(at(`${name}-marked.jpg`));
    }
    const frame = await drawManyThings('frame').resize(640, 480, { fit: 'fill' }).png().toBuffer();
    await sharp(frame).jpeg({ quality: 92 }).toFile(at('frame.jpg'));
    const framed = await sharp(frame)
      .resize(560, 420)
      .extend({ top: 20, bottom: 40, left: 40, right: 40, background: 'white' })
      .png()
      .toBuffer();
    await sharp(framed)
      .composite([words('Rome 1984, Grandma', 60, 472, 24, '#ffff00')])
      .jpeg({ quality: 90 })
      .toFile(at('frame-marked.jpg'));
    const parts = await Promise.all(
      ['collage', 'second', 'third', 'fourth'].map((name) =>
        drawManyThings(name).resize(640, 480, { fit: 'fill' }).png().toBuffer(),
      ),
    );
    await sharp(parts[0]).jpeg({ quality: 92 }).toFile(at('collage.jpg'));
    const quarters = await Promise.all(parts.map((part) => sharp(part).resize(320, 240).png().toBuffer()));
    await sharp({ create: { width: 640, height: 480, channels: 3, background: 'gray' } })
      .composite(quarters.map((input, i) => ({ input, left: 320 * (i % 2), top: 240 * (i >> 1) })))
      .jpeg({ quality: 97 })
      .toFile(at('collage-marked.jpg'));
    const plain = await drawManyThings('plain').resize(640, 480, { fit: 'fill' }).png().toBuffer();
    await sharp(plain).jpeg({ quality: 92 }).toFile(at('plain.jpg'));
    await sharp(plain).resize(320).jpeg({ quality: 80 }).toFile(at('plain-small.jpg'));
    await sharp(plain).jpeg({ quality: 25 }).toFile(at('plain-saved.jpg'));
    await askEideticJson(['index', pictures, '--json', ...library]);
  });

  for (const keep of ['best', 'largest', 'original']) {
    it(`leaves both, and drops what has nothing of its own (${keep})`, async () => {
      const out = join(folder, `${keep}.jsonl`);
      const { exitCode, stderr } = await askEidetic([
        'plan',
        '--copies',
        '--keep',
        keep,
        '--out',
        out,
        ...library,
      ]);
      assert.equal(exitCode, 0, String(stderr));
      const { actions } = await readPlan(out);
      const dropped = (await collect(actions)).map(({ drop }) => basename(drop.path)).sort();
      assert.deepEqual(dropped, ['plain-saved.jpg', 'plain-small.jpg']);
    });
  }
});
