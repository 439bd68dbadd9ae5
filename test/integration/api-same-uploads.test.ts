import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createEideticClient, type UploadAnswer } from '../../src/client/eidetic-client.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const AT_ONCE = 20;

describe('uploads of the same bytes', () => {
  const folder = temporaryFolder();
  let app: ServedApp;

  before(async () => {
    app = await serveApp(folder, 2);
  });
  after(() => app.close());

  /** Statuses, whether each was added, and the ids. */
  async function sendAtOnce(bytes: Uint8Array) {
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        const response = await fetch(`${app.address}/v1/pictures`, {
          method: 'POST',
          headers: { 'content-type': 'image/png' },
          body: new Uint8Array(bytes),
        });
        const { uploads } = (await response.json()) as UploadAnswer;
        return { status: response.status, added: uploads[0]?.added, id: uploads[0]?.picture?.id };
      }),
    );
    return {
      added: answers.filter(({ added }) => added).length,
      created: answers.filter(({ status }) => status === 201).length,
      ok: answers.filter(({ status }) => status === 200).length,
      ids: new Set(answers.map(({ id }) => id)),
    };
  }

  it('are added once, however many come at once', async () => {
    const { added, created, ok, ids } = await sendAtOnce(await drawNumbered(300).png().toBuffer());
    assert.deepEqual([added, created, ok, ids.size], [1, 1, AT_ONCE - 1, 1]);
  });

  it('are never added when the picture lies in an indexed folder, and are kept all the same', async () => {
    const bytes = await readFile(join(app.pictures, 'part-0', '0000.jpg'));
    const { added, created, ok, ids } = await sendAtOnce(bytes);
    assert.deepEqual([added, created, ok, ids.size], [0, 0, AT_ONCE, 1]);
    const client = createEideticClient({ address: app.address });
    const { files } = await client.picture([...ids][0] ?? 0);
    assert.deepEqual([files.length, files.filter((file) => file.includes('uploads')).length], [2, 1]);
  });

  it('are added once in one form, and again when the picture was deleted', async () => {
    const client = createEideticClient({ address: app.address });
    const bytes = await drawNumbered(301).png().toBuffer();
    const twice = await client.upload([bytes, bytes]);
    assert.deepEqual(
      twice.uploads.map(({ added }) => added),
      [true, false],
    );
    await client.remove(twice.uploads[0]?.picture?.id ?? 0);
    assert.equal((await client.upload(bytes)).uploads[0]?.added, true);
  });
});
