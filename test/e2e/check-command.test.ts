import assert from 'node:assert/strict';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { before, describe, it } from 'node:test';
import sharp from 'sharp';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { runEidetic } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

type Counted = 'files' | 'copies' | 'unsure' | 'new' | 'failed' | 'other' | 'unknown' | 'absentCopies';

interface Checked {
  readonly files: ReadonlyArray<{
    readonly path: string;
    readonly verdict: string;
    readonly isInLibrary?: boolean;
    readonly matches?: ReadonlyArray<{
      readonly path: string;
      readonly look: string;
      readonly relation: string;
    }>;
  }>;
  readonly summary: Readonly<Record<Counted, number>>;
}

interface Expecting {
  readonly expected: {
    readonly leastScore: number;
    readonly called: number;
    readonly expectedWrong: number;
    readonly recall: unknown;
  };
}

/** A name that is hard to write in XML and on a terminal. */
const ODD = 'lake & <"cut">\u0007\u001b[2J.jpg';

describe('eidetic check', () => {
  const folder = temporaryFolder();
  const [archive, incoming] = [join(folder, 'archive'), join(folder, 'incoming')];
  const library = ['--library', join(folder, 'library')];

  before(async () => {
    mkdirSync(archive);
    mkdirSync(incoming);
    const lake = await drawManyThings('lake').png().toBuffer();
    await sharp(lake).jpeg({ quality: 95 }).toFile(join(archive, 'lake.jpg'));
    await drawManyThings('hill').png().toFile(join(archive, 'hill.png'));
    copyFileSync(join(archive, 'lake.jpg'), join(incoming, 'lake-same.jpg'));
    await sharp(lake)
      .extract({ left: 60, top: 40, width: 420, height: 320 })
      .jpeg()
      .toFile(join(incoming, ODD));
    await drawManyThings('harbor').jpeg().toFile(join(incoming, 'harbor.jpg'));
    writeFileSync(join(incoming, 'broken.jpg'), 'no picture');
    writeFileSync(join(incoming, 'notes.txt'), 'words');
    writeFileSync(join(incoming, '.hidden.jpg'), 'passed over');
    const { exitCode, stderr } = await askEidetic(['index', archive, ...library]);
    assert.equal(exitCode, 0, stderr);
  });

  it('draws the line by how many pairs may be wrong, and says what that is expected to come to', async () => {
    const verdicts = async (code: number, ...wish: readonly string[]) => {
      const { files, summary } = await askEideticJson<Checked & { readonly summary: Expecting }>(
        ['check', incoming, ...library, '--json', ...wish],
        code,
      );
      const verdictOf = (name: string) => files.find(({ path }) => basename(path) === name)?.verdict;
      return { verdicts: [ODD, 'harbor.jpg', 'lake-same.jpg'].map(verdictOf), ...summary };
    };
    const usual = await verdicts(11);
    assert.deepEqual(usual.verdicts, ['copy', 'new', 'copy']);
    assert.equal(usual.expected.leastScore, 3);
    assert.equal(usual.expected.called, 1);
    assert.ok(usual.expected.expectedWrong > 0 && usual.expected.expectedWrong < 0.2);
    assert.equal(usual.expected.recall, null);
    const precise = await verdicts(11, '--precision', '0.8');
    assert.deepEqual([precise.verdicts, precise.copies], [usual.verdicts, 2]);
    const { leastScore } = precise.expected;
    assert.ok(leastScore >= 1 && leastScore < 3, 'what would be likely enough, not what was found');
    // Nothing that was only looked at is as certain as that; equal bytes are.
    for (const wish of [
      ['--precision', '1'],
      ['--max-false-pairs', '0'],
    ]) {
      const { verdicts: strict, expected, unsure } = await verdicts(11, ...wish);
      assert.deepEqual([strict, expected.called, unsure], [['unsure', 'new', 'copy'], 0, 1]);
    }
    const { exitCode, stdout } = await askEidetic(['check', incoming, ...library, '--max-false-pairs', '1']);
    assert.equal(exitCode, 11);
    assert.match(
      stdout.toString(),
      /\n1 pair called copies, with a score of \d\.\d or above, or of .*; expected to be wrong: .* \(in nine of ten collections no more than 1\)\.\nOf edited copies of photos a share of 1\.00 .* What is missed of yours was not measured/,
    );
    const both = await askEidetic([
      'check',
      incoming,
      ...library,
      '--preset',
      'strict',
      '--precision',
      '0.9',
    ]);
    assert.equal(both.exitCode, 2);
  });

  const told = ({ files }: Checked) =>
    files.map(({ path, verdict, matches = [] }) => [
      basename(path),
      verdict,
      ...matches.map(({ relation, look, path: other }) => `${relation} ${basename(other)} ${look}`),
    ]);
  const checkJson = (paths: readonly string[], code: number) =>
    askEideticJson<Checked>(['check', ...paths, ...library, '--json'], code);

  it('tells which pictures of a folder are in the library, and adds up', async () => {
    const report = join(folder, 'report.xml');
    const { exitCode, stdout, stderr } = await runEidetic(
      ['check', 'incoming', ...library, '--junit', report],
      { cwd: folder },
    );
    assert.equal(exitCode, 11, stderr);
    const lines = stdout.toString().split('\n');
    assert.match(lines[0] ?? '', /^incoming\/broken\.jpg: failed: IMAGE_UNREADABLE: /);
    assert.equal(lines[1], 'incoming/harbor.jpg: new');
    assert.match(
      lines[2] ?? '',
      /^incoming\/lake & <"cut">\\u0007\\u001b\[2J\.jpg: copy of archive\/lake\.jpg {2}\(copy, score \d\.\d\)$/,
    );
    assert.equal(lines[3], 'incoming/lake-same.jpg: copy of archive/lake.jpg  (same bytes)');
    assert.equal(
      lines[4],
      '5 files: 2 copies, 0 may be, 1 new, 0 of the library itself, 1 failed, 1 other file.',
    );
    assert.match(stdout.toString(), /\nPassed over: 1 hidden\.\n$/);
    const xml = readFileSync(report, 'utf8');
    assertWellFormed(xml);
    assert.match(xml, /<testsuite name="eidetic check" tests="5" failures="2" errors="1" skipped="1">/);
    assert.equal(xml.match(/<testcase /g)?.length, 5);
    assert.match(
      xml,
      /name="[^"]*lake &amp; &lt;&quot;cut&quot;&gt;\\u0007\\u001b\[2J\.jpg"><failure type="copy"/,
    );
  });

  it('prints the paths of new pictures alone, and the rest beside them; or all as JSON', async () => {
    const { exitCode, stdout, stderr } = await askEidetic(['check', incoming, ...library, '--new', '-0']);
    assert.equal(exitCode, 11);
    assert.equal(stdout.toString(), `${join(incoming, 'harbor.jpg')}\0`);
    assert.match(stderr, /failed: .*broken\.jpg/);
    assert.match(stderr, /5 files: 2 copies/);
    const checked = await checkJson([join(incoming, ODD), join(incoming, 'notes.txt')], 11);
    assert.deepEqual(told(checked), [
      [ODD, 'copy', 'copy lake.jpg there'],
      ['notes.txt', 'other'],
    ]);
    const { files, copies, new: fresh, failed, other } = checked.summary;
    assert.deepEqual([files, copies, fresh, failed, other], [2, 1, 0, 0, 1]);
    const refused = await askEidetic(['check', incoming, ...library, '-0']);
    assert.equal(refused.exitCode, 2);
  });

  it('takes no file of the library for a copy of itself, by whatever name', async () => {
    const other = join(folder, 'other-names');
    mkdirSync(other);
    linkSync(join(archive, 'hill.png'), join(other, 'hard-link.png'));
    symlinkSync(archive, join(folder, 'linked'));
    const own = await checkJson([join(folder, 'linked'), join(other, 'hard-link.png')], 0);
    assert.deepEqual(told(own), [
      ['hill.png', 'own'],
      ['lake.jpg', 'own'],
      ['hard-link.png', 'own'],
    ]);
    assert.ok(own.files.every(({ isInLibrary }) => isInLibrary));
    // A copy of it elsewhere in the library is told.
    const copy = join(archive, 'hill-again.png');
    copyFileSync(join(archive, 'hill.png'), copy);
    assert.equal((await askEidetic(['index', archive, ...library])).exitCode, 0);
    const twice = await checkJson([join(archive, 'hill.png')], 11);
    assert.deepEqual(told(twice), [['hill.png', 'copy', 'identical hill-again.png there']]);
    // One that has moved since is the only one left, and no copy of what was there.
    renameSync(join(archive, 'lake.jpg'), join(other, 'lake.jpg'));
    const moved = await checkJson([join(other, 'lake.jpg')], 0);
    renameSync(join(other, 'lake.jpg'), join(archive, 'lake.jpg'));
    assert.deepEqual(told(moved), [['lake.jpg', 'own']]);
  });

  it('marks what is not there: nobody shall delete for it', async () => {
    const lake = join(archive, 'lake.jpg');
    renameSync(lake, `${lake}.away`);
    const args = ['check', join(incoming, 'lake-same.jpg'), ...library];
    const away = await askEidetic(args);
    const named = await askEidetic([...args, '--new', '-0']);
    writeFileSync(lake, 'another file');
    const changed = await askEidetic(args);
    renameSync(`${lake}.away`, lake);
    assert.equal(away.exitCode, 11);
    assert.match(away.stdout.toString(), /copy of .*lake\.jpg {2}\(same bytes; away\)\n/);
    assert.equal(named.stdout.toString(), '');
    assert.match(named.stderr, /Not listed: .*lake-same\.jpg: copy of .*away\)/);
    assert.match(away.stdout.toString(), /1 of the copies are of files alone that are not there/);
    assert.match(changed.stdout.toString(), /\(same bytes; changed since it was indexed\)\n/);
  });

  it('ends with 9 when a pair could not be looked at, with 1 when a file failed', async () => {
    const lake = join(archive, 'lake.jpg');
    const part = join(folder, 'part.jpg');
    await sharp(lake).resize(400).jpeg().toFile(part);
    renameSync(lake, `${lake}.away`);
    const { exitCode, stdout } = await askEidetic(['check', part, ...library]);
    const listed = await askEidetic(['check', part, ...library, '--new']);
    renameSync(`${lake}.away`, lake);
    const failed = await askEidetic(['check', join(incoming, 'broken.jpg'), ...library]);
    assert.equal(exitCode, 9, stdout.toString());
    assert.match(stdout.toString(), /part\.jpg: new, as far as could be looked at: 1 pair could not\n/);
    assert.equal(failed.exitCode, 1);
    assert.deepEqual([listed.exitCode, listed.stdout.toString()], [9, '']);
    assert.match(listed.stderr, /Not listed: .*part\.jpg: new, as far as could be looked at/);
  });

  it('says that a library is empty, in which nothing will be found', async () => {
    const [bare, other] = [join(folder, 'bare'), ['--library', join(folder, 'other-library')]];
    mkdirSync(bare);
    assert.equal((await askEidetic(['index', bare, ...other])).exitCode, 0);
    const { exitCode, stdout, stderr } = await askEidetic(['check', join(incoming, 'harbor.jpg'), ...other]);
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout.toString(), /harbor\.jpg: new\n/);
    assert.match(stderr, /The library has no pictures/);
  });

  it('refuses a path that is not there, and a report that cannot be written, before anything else', async () => {
    const gone = await askEidetic(['check', join(folder, 'gone'), ...library]);
    assert.equal(gone.exitCode, 4);
    assert.match(gone.stderr, /Cannot check .*gone/);
    const report = await askEidetic(['check', incoming, ...library, '--junit', join(folder, 'no', 'x.xml')]);
    assert.equal(report.exitCode, 2);
    assert.equal(report.stdout.length, 0);
  });

  it('writes a report over an older one, and over nothing else', async () => {
    const photo = join(folder, 'not-a-report.jpg');
    copyFileSync(join(incoming, 'harbor.jpg'), photo);
    const before = readFileSync(photo);
    for (const path of [photo, incoming]) {
      const refused = await askEidetic(['check', incoming, ...library, '--junit', path]);
      assert.equal(refused.exitCode, 2, path);
      assert.match(refused.stderr, /expected a JUnit report of before/);
    }
    assert.deepEqual(readFileSync(photo), before);
    const report = join(folder, 'twice.xml');
    for (const checked of [incoming, join(incoming, 'harbor.jpg')]) {
      await askEidetic(['check', checked, ...library, '--junit', report]);
    }
    assert.match(readFileSync(report, 'utf8'), /tests="1"/);
    const failed = await askEidetic(['check', join(folder, 'gone'), ...library, '--junit', report]);
    assert.equal(failed.exitCode, 4);
    assert.match(readFileSync(report, 'utf8'), /tests="1"/, 'a run that fails leaves the older one');
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith('twice')),
      ['twice.xml'],
    );
  });
});

/** Every element is closed in its order, and nothing stands in the text that may not. */
function assertWellFormed(xml: string): void {
  assert.doesNotMatch(xml, /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/u);
  const open: string[] = [];
  const rest = xml.replace(
    /<\?xml [^<>]*\?>|<(\/?)([a-z-]+)((?: [a-z]+="[^"<>]*")*)(\/?)>/g,
    (tag, closes, name, _, empty) => {
      if (tag.startsWith('<?')) {
        return '';
      }
      if (closes === '/') {
        assert.equal(open.pop(), name);
      } else if (empty !== '/') {
        open.push(name);
      }
      return '';
    },
  );
  assert.deepEqual(open, []);
  assert.doesNotMatch(rest, /[<>]/);
  assert.doesNotMatch(xml, /&(?!(?:amp|lt|gt|quot|apos);)/);
}
