import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { SQUASH } from '../support/input-recipe.ts';
import { prepareOne } from '../support/prepare-one.ts';
import { refuses } from '../support/refuses.ts';

function prepare(text: string, limits = DEFAULT_PICTURE_LIMITS) {
  return prepareOne(Buffer.from(text), SQUASH, limits);
}

function drawing(content: string): string {
  const names = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xi="http://www.w3.org/2001/XInclude"';
  return `<svg xmlns="http://www.w3.org/2000/svg" ${names} width="40" height="30">${content}</svg>`;
}

it('draws an SVG at its own size', async () => {
  const { facts, input } = await prepare(drawing('<rect width="20" height="30" fill="red"/>'));
  assert.deepEqual([facts.format, facts.width, facts.height], ['svg', 40, 30]);
  assert.notDeepEqual(input, (await prepare(drawing(''))).input);
});

it('draws an SVG behind a license longer than what is looked at', async () => {
  const rect = drawing('<rect width="20" height="30" fill="red"/>');
  const prolog = `<?xml version="1.0" encoding="UTF-8"?>\n<!-- ${'all rights reserved '.repeat(200)} -->\n`;
  assert.deepEqual((await prepare(prolog + rect)).input, (await prepare(rect)).input);
});

it('draws pictures that the SVG holds itself', async () => {
  const png = await drawPicture(1).png().toBuffer();
  const url = `data:image/png;base64,${png.toString('base64')}`;
  const { input } = await prepare(drawing(`<image xlink:href="${url}" width="40" height="30"/>`));
  assert.notDeepEqual(input, (await prepare(drawing(''))).input);
});

it('reads no other file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'eidetic-svg-'));
  try {
    const picture = join(folder, 'picture.png');
    writeFileSync(picture, await drawPicture(1).png().toBuffer());
    const part = join(folder, 'part.svg');
    writeFileSync(part, drawing('<rect id="part" width="40" height="30"/>'));
    const empty = (await prepare(drawing(''))).input;
    for (const content of [
      `<image xlink:href="${pathToFileURL(picture)}" width="40" height="30"/>`,
      `<image href="${picture}" width="40" height="30"/>`,
      `<image href="picture.png" width="40" height="30"/>`,
      `<use href="${pathToFileURL(part)}#part"/>`,
      `<text y="20"><xi:include href="${pathToFileURL(part)}" parse="text"/></text>`,
    ]) {
      assert.deepEqual((await prepare(drawing(content))).input, empty, content);
    }
    const entity = `<!DOCTYPE svg [<!ENTITY part SYSTEM "${pathToFileURL(part)}">]>`;
    await refuses(prepare(entity + drawing('<text y="20">&part;</text>')), 'IMAGE_UNREADABLE', /SVG file/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('asks no address', async () => {
  let visits = 0;
  const server = createServer((_, response) => {
    visits++;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await prepare(
    drawing(
      `<style>@import url("${url}/a.css");</style><image xlink:href="${url}/a.png" width="9" height="9"/>`,
    ),
  );
  server.close();
  assert.equal(visits, 0);
});

it('refuses an SVG that multiplies itself, within the time it has', async () => {
  const limits = { ...DEFAULT_PICTURE_LIMITS, timeoutMs: 1500 };
  const levels = Array.from({ length: 12 }, (_, i) => {
    return `<g id="g${i + 1}">${`<use href="#g${i}"/>`.repeat(10)}</g>`;
  });
  const uses = drawing(
    `<defs><g id="g0"><rect width="9" height="9"/></g>${levels.join('')}</defs><use href="#g12"/>`,
  );
  await refuses(prepare(uses, limits), 'IMAGE_UNREADABLE', /SVG file/);
  const entities = Array.from({ length: 9 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`);
  const laughs = `<!DOCTYPE svg [<!ENTITY e0 "ha">${entities.join('')}]>${drawing('<text>&e9;</text>')}`;
  await refuses(prepare(laughs, limits), 'IMAGE_UNREADABLE', /SVG file/);
});
