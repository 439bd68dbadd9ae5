import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import type { KnownPairs } from '../../src/curation/pair-facts.ts';
import { readPlan } from '../../src/curation/read-plan.ts';
import { knownPairFacts } from '../../src/engine/known-pair-facts.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { collect } from '../support/collect.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { texture } from '../support/texture.ts';
import { drawManyThings } from '../support/view-of.ts';

type Row = [number, number, number];

/** Indexes a folder's `photos` into its `library`, and plans which copies are dropped. */
async function planCopies(folder: string) {
  const library = ['--library', join(folder, 'library')];
  await askEideticJson(['index', join(folder, 'photos'), '--json', ...library]);
  const out = join(folder, 'plan.jsonl');
  const { exitCode, stderr } = await askEidetic(['plan', '--copies', '--out', out, ...library]);
  assert.equal(exitCode, 0, stderr);
  return { actions: await collect((await readPlan(out)).actions), stderr };
}

it('a plan keeps the original of what was enlarged, however many more pixels that has, and the larger of two otherwise', async () => {
  const folder = temporaryFolder();
  const photos = join(folder, 'photos');
  mkdirSync(photos);
  const save = (picture: Sharp, name: string) => picture.jpeg({ quality: 90 }).toFile(join(photos, name));
  for (const [seed, growth] of [1.4, 1.6, 2, 3].entries()) {
    const original = await texture(360, seed);
    await save(sharp(original), `original of ${growth}.jpg`);
    await save(
      sharp(join(photos, `original of ${growth}.jpg`)).resize(Math.round(360 * growth)),
      `enlarged to ${growth}.jpg`,
    );
  }
  for (const [seed, share] of [0.4, 0.6].entries()) {
    const original = await texture(700, 10 + seed);
    await save(sharp(original), `whole of ${share}.jpg`);
    await save(sharp(original).resize(700 * share), `reduced to ${share}.jpg`);
  }
  const { actions, stderr } = await planCopies(folder);
  assert.deepEqual(
    actions.map(({ drop, keep }) => `${basename(drop.path)} for ${basename(keep.path)}`).sort(),
    [
      ...[1.4, 1.6, 2, 3].map((growth) => `enlarged to ${growth}.jpg for original of ${growth}.jpg`),
      ...[0.4, 0.6].map((share) => `reduced to ${share}.jpg for whole of ${share}.jpg`),
    ],
    stderr,
  );
  assert.match(
    actions.find(({ drop }) => drop.path.includes('enlarged'))?.reason ?? '',
    /enlarged from a smaller/,
  );
});

it('a plan leaves the original of a larger copy in other or fewer colors, and of pages of which only the first is alike', async () => {
  const folder = temporaryFolder();
  const photos = join(folder, 'photos');
  mkdirSync(photos);
  const sepia = [
    [0.393, 0.769, 0.189],
    [0.349, 0.686, 0.168],
    [0.272, 0.534, 0.131],
  ] as const;
  const made = {
    sepia: (picture: Sharp) => picture.recomb(sepia.map((row) => [...row]) as [Row, Row, Row]),
    hue: (picture: Sharp) => picture.modulate({ hue: 90 }),
    plain: (picture: Sharp) => picture,
  };
  for (const [at, [name, make]] of Object.entries(made).entries()) {
    const original = await drawManyThings(`scene ${at}`).png().toBuffer();
    await sharp(original)
      .resize(400)
      .jpeg({ quality: 95 })
      .toFile(join(photos, `${name}.jpg`));
    await make(sharp(original))
      .jpeg({ quality: 95 })
      .toFile(join(photos, `${name} larger.jpg`));
  }
  const gray = await sharp(await texture(800, 60))
    .toColourspace('srgb')
    .png()
    .toBuffer();
  const pale = await sharp(gray).linear([1, 0.97, 0.92], [0, 0, 0]).png().toBuffer();
  await sharp(pale).resize(400).jpeg({ quality: 95 }).toFile(join(photos, 'pale.jpg'));
  await sharp(pale).grayscale().jpeg({ quality: 95 }).toFile(join(photos, 'pale larger.jpg'));
  const many = await drawManyThings('many colors').blur(2).jpeg({ quality: 95 }).toBuffer();
  await sharp(many).toFile(join(photos, 'many.jpg'));
  await sharp(many).png({ palette: true }).toFile(join(photos, 'few.png'));
  const first = await drawManyThings('first page').png().toBuffer();
  for (const [name, quality] of [
    ['one', 90],
    ['two', 60],
  ] as const) {
    const second = await drawManyThings(`second page of ${name}`).png().toBuffer();
    await sharp([first, second], { join: { animated: true } })
      .tiff({ compression: 'jpeg', quality })
      .toFile(join(photos, `${name}.tif`));
  }
  const { actions, stderr } = await planCopies(folder);
  assert.deepEqual(
    actions.map(({ drop }) => basename(drop.path)),
    ['plain.jpg'],
    stderr,
  );
  assert.match(stderr, /many\.jpg: the kept file has 256 colors at most/);
  assert.match(stderr, /pale\.jpg: it has color, and the kept file has none/);
  assert.match(stderr, /hue\.jpg: .*recolored.*, and 1 other likewise/);
  assert.match(stderr, /(?:one|two)\.tif: it has several pages/);
});

it('a plan leaves both of a photo and what was sharpened, made brighter or written into, with more bytes or pixels', async () => {
  const folder = temporaryFolder();
  const photos = join(folder, 'photos');
  mkdirSync(photos);
  const faintWord = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><text x="40" y="200" font-size="40" fill="black" fill-opacity="0.3">sample</text></svg>',
  );
  const strongly = { sigma: 1.5, m1: 1.5, m2: 4 };
  const edits: Readonly<Record<string, (photo: Sharp) => Sharp>> = {
    sharpened: (photo) => photo.sharpen(strongly),
    brighter: (photo) => photo.linear(1.15, 0),
    written: (photo) => photo.composite([{ input: faintWord }]),
    enlarged: (photo) => photo.resize(600, 600).sharpen(strongly),
    // Nothing was done to it, and it goes.
    saved: (photo) => photo,
  };
  for (const [seed, [name, edit]] of Object.entries(edits).entries()) {
    const photo = await sharp(await texture(400, 40 + seed))
      .jpeg({ quality: 80 })
      .toBuffer();
    await sharp(photo).toFile(join(photos, `${name}-photo.jpg`));
    await edit(sharp(photo))
      .jpeg({ quality: name === 'saved' ? 50 : 97 })
      .toFile(join(photos, `${name}-edited.jpg`));
  }
  const { actions, stderr } = await planCopies(folder);
  assert.deepEqual(
    actions.map(({ drop }) => basename(drop.path)),
    ['saved-edited.jpg'],
    stderr,
  );
  assert.match(stderr, /one of them was edited, or saved several times/);
  assert.match(stderr, /was sharpened or blurred/);
});

it('a plan keeps the photo that larger files of its size were saved from, and drops none that was not saved from the kept one', async () => {
  const folder = temporaryFolder();
  const photos = join(folder, 'photos');
  mkdirSync(photos);
  const write = (name: string, bytes: Buffer) => writeFile(join(photos, name), bytes);
  const asJpeg = (bytes: Buffer, quality: number) => sharp(bytes).jpeg({ quality }).toBuffer();
  const asPng = (bytes: Buffer) => sharp(bytes).png().toBuffer();
  const made: Readonly<Record<string, (photo: Buffer) => Promise<Buffer>>> = {
    'again.jpg': (photo) => asJpeg(photo, 96),
    'spoiled.jpg': async (photo) => asJpeg(await asJpeg(photo, 30), 97),
    'spoiled.png': async (photo) => asPng(await asJpeg(photo, 30)),
  };
  for (const [seed, [name, make]] of Object.entries(made).entries()) {
    const photo = await asJpeg(await texture(400, 80 + seed), 75);
    await write(`${name} photo.jpg`, photo);
    await write(name, await make(photo));
  }
  const master = await texture(400, 90);
  await write('master.png', master);
  const grainy = await sharp(master).linear(1, 2).jpeg({ quality: 75 }).toBuffer();
  await sharp(grainy).png({ compressionLevel: 0 }).toFile(join(photos, 'master saved.png'));
  const { actions, stderr } = await planCopies(folder);
  assert.deepEqual(
    actions.map(({ drop, reason }) => `${basename(drop.path)}: ${reason}`),
    ['again.jpg: Keeps again.jpg photo.jpg: the other was saved from it.'],
    stderr,
  );
});

it('what nobody can look at more closely may have been enlarged or blurred, unless it is the smaller, and nobody says that it was', async () => {
  const folder = temporaryFolder();
  const photos = join(folder, 'photos');
  mkdirSync(photos);
  const original = await texture(700, 20);
  await sharp(original).jpeg({ quality: 90 }).toFile(join(photos, 'whole.jpg'));
  await sharp(original).resize(350).jpeg({ quality: 90 }).toFile(join(photos, 'reduced.jpg'));
  await sharp(original).jpeg({ quality: 70 }).toFile(join(photos, 'saved.jpg'));
  const config = resolveConfig({ library: join(folder, 'library') }, {});
  await askEideticJson(['index', photos, '--json', '--library', config.library]);
  await askEideticJson(['duplicates', '--copies', '--json', '--library', config.library]);
  const library = await openLibrary(config, keptLogger());
  try {
    const pictures = await library.catalog.pictures.pictures([1, 2, 3]);
    const [small, large, alike] = pictures.toSorted((a, b) => a.width - b.width).map(({ id }) => id) as [
      number,
      number,
      number,
    ];
    const verifier = library.verifier();
    const seen = await knownPairFacts(library, pictures, (id) => id);
    const blind = Object.create(verifier, {
      compareDetail: { value: () => Promise.reject(new Error('it took too long')) },
    }) as typeof verifier;
    const unseen = await knownPairFacts({ ...library, verifier: () => blind }, pictures, (id) => id);
    const fadingIn = (known: KnownPairs, other = small) => {
      const facts = known.between(large, other);
      return [facts?.first, facts?.second].map((side) => [side?.isFaded, side?.mayBeFaded]);
    };
    assert.deepEqual(fadingIn(seen), [
      [false, false],
      [false, false],
    ]);
    assert.deepEqual(fadingIn(unseen), [
      [false, true],
      [false, false],
    ]);
    assert.deepEqual(fadingIn(seen, alike), fadingIn(seen));
    assert.deepEqual(fadingIn(unseen, alike), [
      [false, true],
      [false, true],
    ]);
  } finally {
    await library.close();
  }
});
