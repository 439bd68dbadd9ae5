import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { IndexSummary as Summary } from '../../src/indexer/index-files.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { assertSound } from '../support/assert-sound.ts';
import { BUNDLED_ID } from '../support/bundled-model.ts';
import { type FrozenAnswers, type FrozenLibrary, thawLibrary } from '../support/frozen-library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface SearchAnswer {
  readonly hits: ReadonlyArray<{ id: number; similarity: number; files: string[] }>;
}

async function search({ library, base }: FrozenLibrary, { id, model }: FrozenAnswers['searches'][number]) {
  const { hits } = await askEideticJson<SearchAnswer>(
    [
      ...['search', '--id', String(id), '--limit', '19', '--json', '--library', library],
      ...(model === null ? [] : ['--model', model]),
    ],
    0,
    { environment: { EIDETIC_MODELS: join(base, 'models') } },
  );
  return hits.map(({ id: hit, similarity, files }) => ({ id: hit, similarity, files }));
}

/** Of the frozen libraries' models; their answers are from before sizes were told. */
const INPUT_SIZES: Readonly<Record<string, unknown>> = {
  'eidetic-xs16': { width: 160, height: 160 },
  tiny: { width: 64, height: 64 },
};

for (const version of [1, 2] as const) {
  describe(`a library of version ${version}, opened by today's program`, () => {
    it('is brought over once, with a backup, and answers as before', async () => {
      const frozen = await thawLibrary(version, join(temporaryFolder(), 'frozen'));
      const { library, expected } = frozen;
      const first = await askEidetic(['stats', '--json', '--library', library]);
      assert.equal(first.exitCode, 0, first.stderr);
      const backup = join(library, `catalog-version-${version}.backup.sqlite`);
      assert.ok(first.stderr.includes(backup), first.stderr);
      assert.ok(existsSync(backup));
      const stats = JSON.parse(first.stdout.toString()) as FrozenAnswers['stats'] & {
        readonly unsupported: number;
        readonly others: number;
      };
      assert.deepEqual(
        [stats.pictures, stats.files, stats.failures + stats.unsupported + stats.others],
        [expected.stats.pictures, expected.stats.files, expected.stats.failures],
      );
      assert.deepEqual(
        stats.models,
        expected.stats.models.map((model) => ({ ...model, inputSize: INPUT_SIZES[model.id] })),
      );
      for (const question of expected.searches) {
        // The programs of then told the picture itself among its hits.
        const known = question.hits
          .filter(({ id }) => id !== question.id)
          .map(({ id, similarity, files }) => ({ id, similarity, files: [...files] }));
        assert.deepEqual(await search(frozen, question), known);
      }
      const again = await askEidetic(['stats', '--library', library]);
      assert.equal(again.stderr, '');
    });

    it('describes no picture before a reindex, then embeds only what never was, and drops the backup', async () => {
      const { library, base, expected } = await thawLibrary(version, join(temporaryFolder(), 'frozen'));
      const environment = { EIDETIC_MODELS: join(base, 'models'), EIDETIC_LIBRARY: library };
      const json = <Value>(exitCode: number, ...args: string[]) =>
        askEideticJson<Value>([...args, '--json'], exitCode, { environment });
      const beach = join(base, 'pictures', 'album', 'beach.jpg');
      for (const args of [['search', beach], ['index']]) {
        const { exitCode, stderr } = await askEidetic(args, { environment });
        assert.equal(exitCode, 5, stderr);
        assert.match(stderr, /indexed with eidetic-xs16 .* is not installed.*Run "eidetic reindex"/);
      }
      const backup = join(library, `catalog-version-${version}.backup.sqlite`);
      assert.ok(existsSync(backup));
      const { isInUse, summary } = await json<{ isInUse: boolean; summary: Summary }>(0, 'reindex');
      assert.deepEqual(
        [isInUse, summary.embedded, summary.indexed, summary.failed],
        [true, expected.stats.pictures, expected.stats.files, 0],
      );
      assert.ok(!existsSync(backup));
      const index = () => json<Summary>(1, 'index');
      const first = await index();
      // Of those that had failed, one was too large for a limit of its run, and one was named and never there: nothing
      // that the library could lose.
      assert.deepEqual([first.embedded, first.indexed, first.removed, first.awayFiles], [1, 1, 0, 0]);
      assert.equal((await index()).unchanged, first.unchanged + 1);
      const { hits } = await json<SearchAnswer>(0, 'search', beach);
      assert.ok(hits[0]?.files.includes(beach) && hits[0].similarity > 0.999);
      await assertSound(library);
    });
  });
}

it('a run over another folder leaves the backup of a migrated library whose own files it did not look at', async () => {
  const { library, base } = await thawLibrary(2, join(temporaryFolder(), 'frozen'));
  const environment = { EIDETIC_MODELS: join(base, 'models'), EIDETIC_LIBRARY: library };
  const backup = join(library, 'catalog-version-2.backup.sqlite');
  const pictures = join(base, 'pictures');
  const other = join(base, 'other');
  mkdirSync(other);
  copyFileSync(join(pictures, 'album', 'beach.jpg'), join(other, 'beach.jpg'));
  renameSync(join(pictures, 'album'), join(base, 'album'));
  assert.equal((await askEidetic(['reindex'], { environment })).exitCode, 9);
  const { exitCode, stderr } = await askEidetic(['index', other, '--model', BUNDLED_ID], { environment });
  assert.equal(exitCode, 0, stderr);
  assert.ok(existsSync(backup));
});
