import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readPlan } from '../../src/curation/read-plan.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { collect } from '../support/collect.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a plan for pictures that somebody has rated', () => {
  const folder = temporaryFolder();
  const photos = join(folder, 'photos');
  const library = ['--library', join(folder, 'library')];
  const at = (name: string) => join(photos, name);

  async function planned(name: string, ...words: readonly string[]) {
    const out = join(folder, `${name}.jsonl`);
    const { exitCode, stderr } = await askEidetic(['plan', ...words, '--out', out, ...library]);
    assert.equal(exitCode, 0, stderr);
    return (await collect((await readPlan(out)).actions)).filter(({ companionOf }) => companionOf === null);
  }

  it('keeps the rated one of the same bytes, and warns where another rule takes it', async () => {
    mkdirSync(at('a'), { recursive: true });
    mkdirSync(at('deeper folder'));
    await drawNumbered(1, 200).jpeg().toFile(at('a/1.jpg'));
    cpSync(at('a/1.jpg'), at('deeper folder/1.jpg'), { preserveTimestamps: true });
    writeFileSync(at('deeper folder/1.xmp'), '<rdf:Description xmp:Rating="5"/>');
    await askEideticJson(['index', photos, '--json', ...library]);
    const [best] = await planned('best');
    assert.deepEqual([best?.drop.path, best?.warnings], [at('a/1.jpg'), []]);
    assert.equal(
      best?.reason,
      'Keeps deeper folder/1.jpg: it tells how it was rated, the other nothing of it.',
    );
    const rules = join(folder, 'rules.yaml');
    writeFileSync(rules, 'rules: [shortest-path]\n');
    const [shortest] = await planned('shortest', '--rules', rules);
    assert.equal(shortest?.drop.path, at('deeper folder/1.jpg'));
    assert.match(
      shortest?.warnings.join(' ') ?? '',
      /The dropped file is rated 5 of 5, and the kept one is not\./,
    );
  });
});
