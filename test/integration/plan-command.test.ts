import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { before, describe, it } from 'node:test';
import sharp from 'sharp';
import type { PlannedAction } from '../../src/curation/plan.ts';
import { readPlan } from '../../src/curation/read-plan.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { collect } from '../support/collect.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

describe('eidetic plan', () => {
  const folder = temporaryFolder();
  const photos = join(folder, 'photos');
  const library = ['--library', join(folder, 'library')];
  const at = (name: string) => join(photos, name);
  let made = 0;

  before(async () => {
    for (const name of ['a', 'b', 'safe', 'links']) mkdirSync(at(name), { recursive: true });
    const draw = (n: number, name: string) => drawNumbered(n, 200).jpeg().toFile(at(name));
    const copy = (from: string, to: string) => cpSync(at(from), at(to), { preserveTimestamps: true });
    await draw(1, 'a/holiday.jpg');
    copy('a/holiday.jpg', 'a/holiday (1).jpg');
    copy('a/holiday.jpg', 'b/holiday.jpg');
    await draw(2, 'a/IMG_2.jpg');
    copy('a/IMG_2.jpg', 'b/deeper IMG_2.jpg');
    for (const name of ['a/IMG_2.CR2', 'b/deeper IMG_2.CR2'])
      writeFileSync(at(name), 'II*\0\x10\0\0\0CR\x02\0, a raw file');
    for (const name of ['b/deeper IMG_2.xmp', 'b/deeper IMG_2.jpg.json', 'b/deeper IMG_2.CR2.xmp']) {
      writeFileSync(at(name), name);
    }
    await draw(3, 'a/IMG_3.jpg');
    copy('a/IMG_3.jpg', 'b/another IMG_3.jpg');
    writeFileSync(at('a/IMG_3.mov'), 'movie');
    writeFileSync(at('b/another IMG_3.mov'), 'another movie');
    await draw(4, 'a/safe.jpg');
    copy('a/safe.jpg', 'safe/longer name.jpg');
    await draw(5, 'links/one.jpg');
    linkSync(at('links/one.jpg'), at('links/one again.jpg'));
    copy('links/one.jpg', 'links/other one.jpg');
    linkSync(at('links/other one.jpg'), at('links/other one, again.jpg'));
    const scene = await drawManyThings('scene').png().toBuffer();
    await sharp(scene).jpeg().toFile(at('a/scene.jpg'));
    await sharp(at('a/scene.jpg')).png().toFile(at('safe/scene.png'));
    await sharp(scene).resize(300).jpeg({ quality: 60 }).toFile(at('b/scene small.jpg'));
    const tiny = await sharp(scene).resize(70).toBuffer();
    await sharp(tiny).resize(900).jpeg({ quality: 90 }).toFile(at('b/scene enlarged.jpg'));
    const { width = 0, height = 0 } = await sharp(scene).metadata();
    const [across, down] = [Math.round(0.7 * width), Math.round(0.75 * height)];
    await sharp(scene)
      .extract({ left: 20, top: 15, width: across, height: down })
      .jpeg()
      .toFile(at('b/scene part.jpg'));
    await sharp(scene)
      .extend({ top: 40, bottom: 40, left: 40, right: 40, background: 'white' })
      .jpeg()
      .toFile(at('b/scene framed.jpg'));
    writeFileSync(at('Pictures.lrcat'), '');
    await askEideticJson(['index', photos, '--json', ...library]);
  });

  const plan = (...args: readonly string[]) => askEidetic(['plan', ...args, ...library]);

  /** Makes a plan, reads it back, and gives its actions with what was said. */
  async function planned(...args: readonly string[]) {
    const out = join(folder, `plan-${++made}.jsonl`);
    const { exitCode, stderr } = await plan(...args, '--out', out);
    assert.equal(exitCode, 0, stderr);
    const { header, actions } = await readPlan(out);
    return { header, stderr, out, actions: await collect(actions) };
  }

  const names = (actions: readonly PlannedAction[]) => actions.map(({ drop }) => relative(photos, drop.path));
  const ofName = (actions: readonly PlannedAction[], name: string) => {
    const found = actions.find(({ drop }) => drop.path === at(name));
    assert.ok(found, `${name} is not among ${names(actions).join(', ')}`);
    return found;
  };

  it('writes what "eidetic apply" reads: every file as it is, and totals that add up', async () => {
    const { header, actions, stderr, out } = await planned('--copies');
    assert.deepEqual(header.roots, [photos]);
    assert.equal(header.actions, actions.length);
    assert.equal(new Set(actions.map(({ group }) => group)).size, header.groups);
    assert.equal(
      actions.reduce((sum, { freesBytes }) => sum + freesBytes, 0),
      header.freesBytes,
    );
    for (const { drop, keep } of actions) {
      for (const { path, contentHash, sizeBytes, modifiedMs, inode } of [drop, keep]) {
        const stats = lstatSync(path);
        assert.equal(createHash('sha256').update(readFileSync(path)).digest('hex'), contentHash);
        assert.deepEqual([stats.size, stats.mtimeMs], [sizeBytes, modifiedMs]);
        assert.ok(inode === null || inode === String(stats.ino));
      }
      assert.notEqual(drop.path, keep.path);
    }
    assert.match(stderr, new RegExp(`next: eidetic apply ${out}`));
    const kept = new Set(actions.map(({ keep }) => keep.path));
    assert.deepEqual(
      actions.filter(({ drop }) => kept.has(drop.path)),
      [],
      'nothing is dropped that another relies on',
    );
  });

  it('keeps the whole, unframed, large one of copies, and says why', async () => {
    const { actions } = await planned('--copies');
    assert.ok(
      !names(actions).includes('b/scene enlarged.jpg'),
      'what 70 pixels leave of it differs all over, and might hide anything',
    );
    const reasons = ['b/scene part.jpg', 'b/scene framed.jpg', 'b/scene small.jpg'].map((name) => {
      const { reason, relation, keep } = ofName(actions, name);
      assert.equal(relation, 'copy');
      assert.equal(keep.path, at('a/scene.jpg'));
      return reason;
    });
    assert.match(
      reasons[0] ?? '',
      /^Keeps scene\.jpg: it shows all that the other does, which has only 5\d % of it\.$/,
    );
    assert.equal(reasons[1], 'Keeps scene.jpg: the other is the same with a frame or margin around it.');
    assert.match(
      reasons[2] ?? '',
      /^Keeps scene\.jpg: it has [\d,]+ x [\d,]+ pixels, the other 300 x \d+\.$/,
    );
  });

  it('takes the JPEG for the original of a PNG with the same pixels', async () => {
    const { reason, relation } = ofName((await planned('--copies')).actions, 'safe/scene.png');
    assert.equal(relation, 'same-pixels');
    assert.equal(
      reason,
      'Keeps scene.jpg: it is a JPEG with the same pixels, from which the other, a PNG, was made.',
    );
  });

  it('knows copies of a reference by what was found of its equals', async () => {
    const { actions } = await planned('--copies', '--reference', at('safe'));
    const { keep, relation } = ofName(actions, 'b/scene small.jpg');
    assert.deepEqual([keep.path, relation], [at('safe/scene.png'), 'copy']);
    assert.equal(ofName(actions, 'a/scene.jpg').relation, 'same-pixels');
  });

  it('takes no copies without being asked', async () => {
    const { actions } = await planned();
    assert.ok(actions.length > 0);
    assert.deepEqual(
      actions.filter(({ relation }) => relation === 'copy'),
      [],
    );
  });

  it('tells names of copies from that of the original', async () => {
    const { actions } = await planned();
    assert.equal(
      ofName(actions, 'a/holiday (1).jpg').reason,
      'Keeps holiday.jpg: the other is named like "* (?).*".',
    );
    assert.match(ofName(actions, 'b/holiday.jpg').reason, /^Keeps a\/holiday\.jpg: /);
  });

  it('lets sidecars and an equal raw file go along with their picture', async () => {
    const { actions } = await planned();
    const picture = ofName(actions, 'b/deeper IMG_2.jpg');
    const going = actions.filter(({ companionOf }) => companionOf === picture.number);
    assert.deepEqual(names(going).sort(), [
      'b/deeper IMG_2.CR2',
      'b/deeper IMG_2.CR2.xmp',
      'b/deeper IMG_2.jpg.json',
      'b/deeper IMG_2.xmp',
    ]);
    assert.equal(ofName(actions, 'b/deeper IMG_2.CR2').keep.path, at('a/IMG_2.CR2'));
    assert.equal(ofName(actions, 'b/deeper IMG_2.xmp').keep.path, at('a/IMG_2.jpg'));
    assert.match(picture.warnings.join(' '), /has the sidecar deeper IMG_2\.xmp, and the kept one has none/);
  });

  it('leaves a picture whose movie is another than that of the kept one', async () => {
    const { actions, stderr } = await planned();
    assert.ok(!names(actions).some((name) => name.includes('IMG_3')));
    assert.match(stderr, /Left: .*another IMG_3\.jpg: its movie has no equal beside the kept file/);
  });

  it('drops nothing in what is protected, by option, reference or rules file', async () => {
    const rules = join(photos, 'keep.yaml');
    writeFileSync(rules, 'protected: [safe]\nrules: [shortest-path]\n');
    for (const args of [
      ['--protect', at('safe')],
      ['--reference', at('safe')],
      ['--rules', rules],
    ]) {
      const { actions, header } = await planned(...args);
      assert.deepEqual(header.protected, [at('safe')]);
      const { keep, reason } = ofName(actions, 'a/safe.jpg');
      assert.equal(keep.path, at('safe/longer name.jpg'));
      assert.equal(reason, `Keeps longer name.jpg: it lies in the protected folder ${at('safe')}.`);
    }
    rmSync(rules);
  });

  it('refuses to protect what the library does not have', async () => {
    const { exitCode, stderr } = await plan('--protect', join(folder, 'saef'), '--explain');
    assert.equal(exitCode, 4);
    assert.match(stderr, /saef is no part of the library/);
  });

  it('keeps what lies in the first folder that is asked about', async () => {
    for (const [first, second] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const { actions } = await planned('--across', at(first), at(second), '--keep', 'folder');
      const { keep, reason } = ofName(actions, `${second}/holiday.jpg`);
      assert.equal(keep.path, at(`${first}/holiday.jpg`));
      assert.match(reason, new RegExp(`it lies in ${at(first)}, which comes before ${at(second)}`));
    }
    assert.equal((await plan('--keep', 'folder', '--explain')).exitCode, 2);
  });

  it('says in how many groups only the paths decided, unless that was asked for', async () => {
    const expectTies = (plan: Awaited<ReturnType<typeof planned>>, reason: RegExp) => {
      const decided = plan.actions.filter((action) => reason.test(action.reason));
      const ties = new Set(decided.map(({ group }) => group)).size;
      assert.ok(ties > 0 && ties < plan.header.groups, `${ties} of ${plan.header.groups}`);
      const line = `^In ${ties} of ${plan.header.groups} groups only the paths told .*--keep folder`;
      assert.match(plan.stderr, new RegExp(line, 'm'));
    };
    expectTies(await planned(), /its path (is shorter|comes first)/);
    const rules = join(folder, 'shortest.yaml');
    writeFileSync(rules, 'rules: [shortest-path]\n');
    expectTies(await planned('--rules', rules), /its path comes first/);
    const byFolder = await planned('--within', at('b'), at('a'), '--keep', 'folder');
    assert.doesNotMatch(byFolder.stderr, /only the paths/);
  });

  it('counts hard links once, and leaves further names of the kept file', async () => {
    const { actions } = await planned();
    const linked = actions.filter(({ drop }) => drop.path.startsWith(at('links')));
    assert.deepEqual(names(linked), ['links/other one, again.jpg', 'links/other one.jpg']);
    assert.deepEqual(
      linked.map(({ freesBytes }) => freesBytes),
      [0, statSync(at('links/one.jpg')).size],
    );
  });

  it('links only files of the same bytes, whatever lies beside them', async () => {
    const { actions, stderr, header } = await planned('--copies', '--action', 'hardlink');
    assert.ok(actions.every(({ action, relation }) => action === 'hardlink' && relation === 'identical'));
    assert.ok(names(actions).includes('b/another IMG_3.jpg'));
    assert.ok(!names(actions).some((name) => name.includes('scene')));
    assert.ok(actions.every(({ drop, keep }) => drop.contentHash === keep.contentHash));
    assert.match(
      stderr,
      /Left: .*: its bytes are others than those of the rest of its group.*, and 4 others likewise/,
    );
    assert.ok(header.freesBytes > 0);
  });

  it('moves each file below a folder as it lay below its root, companions too', async () => {
    const target = join(folder, 'moved');
    mkdirSync(join(target, 'photos', 'a'), { recursive: true });
    writeFileSync(join(target, 'photos', 'a', 'holiday (1).jpg'), 'something else');
    const { actions } = await planned('--action', 'move', target);
    assert.equal(ofName(actions, 'b/holiday.jpg').to, join(target, 'photos', 'b', 'holiday.jpg'));
    assert.equal(ofName(actions, 'a/holiday (1).jpg').to, join(target, 'photos', 'a', 'holiday (1) 2.jpg'));
    assert.equal(ofName(actions, 'b/deeper IMG_2.xmp').to, join(target, 'photos', 'b', 'deeper IMG_2.xmp'));
  });

  it('says that deleting cannot be undone', async () => {
    assert.match((await planned('--action', 'delete')).stderr, /deleted for good \(this cannot be undone\)/);
  });

  it('warns of a program that keeps a catalog of the folder', async () => {
    assert.match((await planned()).stderr, /Lightroom seems to keep a catalog of .*photos .*Pictures\.lrcat/);
  });

  it('writes over nothing', async () => {
    const out = join(folder, 'mine.jsonl');
    writeFileSync(out, 'mine');
    assert.equal((await plan('--out', out)).exitCode, 2);
    assert.equal(readFileSync(out, 'utf8'), 'mine');
  });

  for (const [words, message] of [
    [[], /Found no --out/],
    [['--explain', '--action', 'burn'], /Found --action burn, expected trash/],
    [['--explain', '--action', 'move'], /Found --action move, expected/],
    [['--explain', '--action', 'trash', '/tmp'], /Found --action trash \/tmp, expected/],
    [['--out', '-', '--explain'], /--explain, which prints to stdout too/],
    [['--out', '-', '--format', 'xmp'], /which makes many files/],
  ] as const) {
    it(`refuses ${words.join(' ') || 'to make a plan that goes nowhere'}`, async () => {
      const { exitCode, stderr } = await plan(...words);
      assert.equal(exitCode, 2);
      assert.match(stderr, message);
    });
  }

  it('explains every group on the terminal', async () => {
    const { exitCode, stdout } = await plan('--explain');
    assert.equal(exitCode, 0);
    assert.match(
      stdout.toString(),
      /Group \d+: the same bytes\n {2}keep {6}\S.*a\/holiday\.jpg .*\n {2}trash {5}\S.*a\/holiday \(1\)\.jpg .*\n {12}Keeps holiday\.jpg: /,
    );
  });

  it('explains groups of which nothing is dropped, and names all that is left', async () => {
    const { stdout, stderr } = await plan(
      '--within',
      at('b'),
      at('links'),
      '--copies',
      '--keep',
      'largest',
      '--explain',
    );
    const summed = [...stderr.matchAll(/^Left: .*?(?:, and (\d+) others? likewise)?\.$/gm)];
    const left = summed.reduce((sum, [, others = '0']) => sum + 1 + Number(others), 0);
    const text = stdout.toString();
    const named = text
      .split('\n')
      .filter((line) => /^ {2}left {6}/.test(line) && !line.includes('another shot'));
    assert.ok(left > 1, stderr);
    assert.equal(named.length, left, `${text}\n${stderr}`);
    assert.match(text, /^Left as it is: copies of one picture\n {2}beside {4}.*\n {2}left /m);
  });

  it('lists what is dropped for other programs', async () => {
    const { actions } = await planned();
    const paths = actions.map(({ drop }) => drop.path);
    const list = await plan('--format', 'list', '--out', '-');
    assert.equal(list.stdout.toString(), paths.map((path) => `${path}\n`).join(''));
    const ended = await plan('--format', 'list0', '--out', '-');
    assert.equal(ended.stdout.toString(), paths.map((path) => `${path}\0`).join(''));
    const rows = (await plan('--format', 'csv', '--out', '-')).stdout.toString().split('\r\n');
    assert.equal(rows[0], 'SourceFile,Subject,what,group,relation,kept_file,reason,warnings');
    assert.ok(rows.some((row) => row.startsWith(`${at('a/holiday.jpg')},"eidetic:kept, eidetic:group-`)));
    assert.ok(
      rows.some((row) => row.startsWith(`${at('b/holiday.jpg')},"eidetic:duplicate, eidetic:group-`)),
    );
  });

  it('writes sidecars into a folder of their own', async () => {
    const out = join(folder, 'sidecars');
    const { exitCode, stderr } = await plan('--format', 'xmp', '--out', out);
    assert.equal(exitCode, 0, stderr);
    const read = (name: string) => readFileSync(join(out, 'photos', `${name}.xmp`), 'utf8');
    assert.match(read('b/holiday.jpg'), /<dc:subject><rdf:Bag><rdf:li>eidetic:duplicate<\/rdf:li>/);
    assert.match(read('a/holiday.jpg'), /<rdf:li>eidetic:kept<\/rdf:li>/);
    assert.ok(!existsSync(at('b/holiday.jpg.xmp')));
  });

  it('prints the schema of rules without a library', async () => {
    const { stdout, exitCode } = await askEidetic([
      'plan',
      '--rules-schema',
      '--library',
      join(folder, 'none'),
    ]);
    assert.equal(exitCode, 0);
    assert.equal(JSON.parse(stdout.toString()).title, 'Keep rules of Eidetic');
  });

  it('never drops what has changed since, and says that something is missing', async () => {
    const path = at('b/holiday.jpg');
    const { mtimeMs } = statSync(path);
    utimesSync(path, new Date(), new Date(Date.now() + 5_000));
    const out = join(folder, 'changed.jsonl');
    const { stderr } = await plan('--out', out);
    const { actions } = await readPlan(out);
    assert.ok(!names(await collect(actions)).includes('b/holiday.jpg'));
    assert.match(stderr, /Left: .*b\/holiday\.jpg: not there as it was indexed/);
    utimesSync(path, new Date(), new Date(mtimeMs));
  });
});

describe('eidetic plan behind symbolic links', () => {
  const folder = temporaryFolder();
  const photos = join(folder, 'photos');
  const library = ['--library', join(folder, 'library')];

  it('names files where they really lie, and drops no link and nothing outside', async () => {
    for (const name of ['photos/real', 'outside']) mkdirSync(join(folder, name), { recursive: true });
    const original = join(photos, 'real', 'a longer name.jpg');
    await drawNumbered(1, 200).jpeg().toFile(original);
    cpSync(original, join(photos, 'b.jpg'));
    cpSync(original, join(folder, 'outside', 'far away.jpg'));
    symlinkSync(join(folder, 'outside'), join(photos, 'way out'));
    symlinkSync(join(folder, 'outside', 'far away.jpg'), join(photos, 'link.jpg'));
    await askEideticJson(['index', photos, '--follow-symlinks', '--json', ...library]);
    const out = join(folder, 'plan.jsonl');
    const { stderr } = await askEidetic(['plan', '--out', out, ...library]);
    const { actions } = await readPlan(out);
    assert.deepEqual(
      (await collect(actions)).map(({ drop, keep }) => [drop.path, keep.path]),
      [[original, join(photos, 'b.jpg')]],
    );
    assert.match(stderr, /Left: .*: (?:it lies outside of the folders that were indexed|a symbolic link)/);
  });
});
