import assert from 'node:assert/strict';
import { cpSync, linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ODD_NAME = 'line\nbreak \u001b[31mred \u202egnp\u0085.jpg';

/** What no text may send to a terminal: control characters but for the ends of lines, and turned directions. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

/** A phone's folder, a Takeout export and a NAS folder in one. */
async function messyFolder(folder: string): Promise<void> {
  const write = (name: string, content: string | Uint8Array) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  for (let n = 0; n < 3; n++) {
    const picture = await drawNumbered(n).jpeg().toBuffer();
    write(`DCIM/IMG_${n}.JPG`, picture);
    write(`DCIM/IMG_${n}.MOV`, Buffer.from(`\0\0\0\x14ftypqt  \0\0\0\0qt  ${n}`, 'latin1'));
    write(`DCIM/IMG_${n}.AAE`, '<?xml version="1.0"?><plist version="1.0"></plist>');
    write(`Takeout/IMG_${n}.jpg.json`, `{"title": "IMG_${n}.jpg"}`);
    write(`raw/IMG_${n}.cr2`, Buffer.from('II*\0\x10\0\0\0CR\x02\0', 'latin1'));
    write(`raw/IMG_${n}.xmp`, '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
  }
  write('DCIM/empty.jpg', '');
  write('Takeout/error.jpg', '<!DOCTYPE html><html><body>404</body></html>');
  write('NAS/Thumbs.db', Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'));
  write('NAS/@eaDir/IMG_0.JPG/SYNOFILE_THUMB_M.jpg', await drawNumbered(9).jpeg().toBuffer());
  write('NAS/.hidden', 'x');
  cpSync(join(folder, 'DCIM/IMG_0.JPG'), join(folder, 'NAS', ODD_NAME));
  writeFileSync(join(folder, 'NAS', `bad ${ODD_NAME}`), 'no picture');
  linkSync(join(folder, 'DCIM/IMG_1.JPG'), join(folder, 'NAS/linked.jpg'));
}

describe('a folder as people have them', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures\u001b[1m');
  const library = ['--library', join(folder, 'library')];
  const text = async (expected: number, ...args: string[]) => {
    const { exitCode, stdout, stderr } = await askEidetic([...args, ...library]);
    assert.equal(exitCode, expected, stderr);
    assert.doesNotMatch(`${stdout}${stderr}`, OBEYED, args.join(' '));
    return { stdout: stdout.toString(), stderr };
  };

  before(() => messyFolder(pictures));

  it('is told of in numbers that add up, and shows no name as a command', async () => {
    const { stdout, stderr } = await text(1, 'index', pictures);
    assert.match(
      stdout,
      /^Found 24 files: 5 indexed, 0 unchanged, 3 in formats that Eidetic does not read, 13 other files, 3 failed\.$/m,
    );
    assert.match(stdout, /does not read: 3 \.cr2; "eidetic failures" lists them\.$/m);
    assert.match(stdout, /no pictures: 3 \.aae, 3 \.json, 3 \.mov, 3 \.xmp, 1 \.db; /);
    assert.match(stdout, /Passed over: .*1 hidden/);
    assert.match(
      stderr,
      /failed: .*bad line\\nbreak \\u001b\[31mred \\u202egnp\\u0085\.jpg: The name ends in/,
    );
  });

  it('has failures with their causes, and other files apart from them', async () => {
    const { stdout } = await text(0, 'failures');
    assert.match(stdout, /empty\.jpg\n {4}IMAGE_UNREADABLE: The file is empty/);
    assert.match(stdout, /error\.jpg\n {4}IMAGE_UNREADABLE: The name ends in \.jpg, .* a web page \(HTML\)/);
    assert.match(stdout, /bad line\\nbreak/);
    assert.match(
      stdout,
      /^Found a camera raw file .*\.\n {4}.*IMG_0\.cr2\n {4}.*IMG_1\.cr2\n {4}.*IMG_2\.cr2\n\n/m,
    );
    assert.match(stdout, /^3 files failed: 3 IMAGE_UNREADABLE\.\n3 pictures in formats/m);
    assert.doesNotMatch(stdout, /xmp|\.json|MOV/);
    const others = (await text(0, 'failures', '--others')).stdout;
    assert.match(others, /IMG_0\.xmp {2}\(plain text\)/);
    assert.match(others, /^13 files, no pictures\.$/m);
  });

  it('is searched and looked over without a name being obeyed, and given as it is to programs', async () => {
    const query = join(pictures, 'NAS', ODD_NAME);
    assert.match(
      (await text(0, 'search', query)).stdout,
      /= .*line\\nbreak \\u001b\[31mred \\u202egnp\\u0085\.jpg/,
    );
    const { hits } = await askEideticJson<{ hits: Array<{ files: string[]; away: string[] }> }>([
      'search',
      query,
      '--json',
      ...library,
    ]);
    assert.ok(hits[0]?.files.includes(query));
    const duplicates = (await text(0, 'duplicates')).stdout;
    assert.match(duplicates, /^Group 1: the same bytes \(2 files, .* could be freed\)$/m);
    assert.match(duplicates, /line\\nbreak.*\(same bytes\)/);
    assert.match(duplicates, /^1 picture left out: all paths of each are names of one file/m);
    assert.match(
      (await text(0, 'stats')).stdout,
      /Not indexed: 3 files failed, 3 pictures in .*, 13 other files/,
    );
    await text(4, 'search', join(pictures, `nowhere ${ODD_NAME}`));
  });

  it('has what could not be looked at named while it is indexed, and what is gone afterwards', async () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    writeFileSync(join(own, 'a.jpg'), await drawNumbered(20).jpeg().toBuffer());
    writeFileSync(join(own, 'b.jpg'), await drawNumbered(21).jpeg().toBuffer());
    mkdirSync(Buffer.concat([Buffer.from(join(own, 'folder ')), Buffer.of(0xff)]));
    const place = ['--library', join(folder, 'own library')];
    const first = await askEidetic(['index', own, ...place]);
    assert.match(first.stderr, /^failed: .*folder \\xff: .*/m);
    rmSync(join(own, 'b.jpg'));
    const second = (await askEidetic(['index', ...place])).stdout.toString();
    assert.match(second, /^Gone from disk, and so from the library: 1 file:\n {2}.*own\/b\.jpg$/m);
    const refused = await askEidetic(['index', join(folder, 'own library'), ...place]);
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /belongs to the library itself/);
  });

  it('is followed when it is renamed, and files that are not there are marked until then', async () => {
    const renamed = join(folder, 'renamed');
    renameSync(pictures, renamed);
    const query = join(renamed, 'DCIM/IMG_0.JPG');
    assert.match((await text(0, 'search', query)).stdout, /IMG_0\.JPG {2}\(away\)/);
    const { stdout } = await text(1, 'index', renamed);
    assert.match(stdout, /^Found 24 files: 0 indexed, 0 unchanged, 5 moved, .* 13 other files, 3 failed\.$/m);
    assert.match(stdout, /^Moved from .*pictures\\u001b\[1m to .*renamed: 5 files\.$/m);
    assert.doesNotMatch(stdout, /Gone from disk|Not all could be looked at/);
    const stats = await askEideticJson<{ roots: Array<{ path: string; away: string | null }> }>([
      'stats',
      '--json',
      ...library,
    ]);
    assert.deepEqual(
      stats.roots.map(({ path, away }) => [path, away]),
      [[renamed, null]],
    );
  });
});
